package io.requartz.plugin;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

/**
 * The classes of one plugin. The JDK's come from the JDK; {@code io.requartz.api} and {@code org.slf4j} always from the platform;
 * {@code org.quartz} from the platform if it has the class, else from the jar, because Quartz's optional jobs
 * ({@code org.quartz.jobs}) live in a plugin; everything else only from the jar. So a plugin may bring any version of any library,
 * and cannot reach the platform's own.
 */
final class PluginClassLoader extends URLClassLoader {

    static {
        ClassLoader.registerAsParallelCapable();
    }

    private final ClassLoader platform;

    /** @param platform loader of Quartz, SLF4J and our api */
    PluginClassLoader(String name, URL jar, ClassLoader platform) {
        super("plugin " + name, new URL[] {jar}, ClassLoader.getPlatformClassLoader());
        this.platform = platform;
    }

    /** Whether the class comes from the platform and from nowhere else. */
    static boolean fromPlatformOnly(String className) {
        return className.startsWith("io.requartz.api.") || className.startsWith("org.slf4j.");
    }

    static boolean fromPlatformFirst(String className) {
        return className.startsWith("org.quartz.");
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> found = findLoadedClass(name);
            if (found == null) {
                found = find(name);
            }
            if (resolve) {
                resolveClass(found);
            }
            return found;
        }
    }

    private Class<?> find(String name) throws ClassNotFoundException {
        if (fromPlatformOnly(name)) {
            return platform.loadClass(name);
        }
        Class<?> shared = fromPlatformFirst(name) ? tryLoad(platform, name) : tryLoad(getParent(), name);
        return shared != null ? shared : findClass(name);
    }

    private static Class<?> tryLoad(ClassLoader loader, String name) {
        try {
            return loader.loadClass(name);
        } catch (ClassNotFoundException elsewhere) {
            return null;
        }
    }

    @Override
    public URL getResource(String name) {
        URL own = findResource(name);
        return own != null ? own : super.getResource(name);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        List<URL> all = new ArrayList<>(Collections.list(findResources(name)));
        all.addAll(Collections.list(getParent().getResources(name)));
        return Collections.enumeration(all);
    }
}
