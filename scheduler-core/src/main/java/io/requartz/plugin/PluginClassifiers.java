package io.requartz.plugin;

import io.requartz.api.ErrorCategory;
import io.requartz.api.ErrorClassifier;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the classifiers that a jar names in {@value #ENTRY}. None of its code runs before the first failure. */
final class PluginClassifiers {

    static final String ENTRY = "META-INF/services/io.requartz.api.ErrorClassifier";

    private static final Logger log = LoggerFactory.getLogger(PluginClassifiers.class);

    private PluginClassifiers() {}

    /** Those that can be used; what is wrong with the others becomes a warning. */
    static List<ErrorClassifier> read(JobTypeReader.Resources jar, ClassLoader loader, List<String> warnings)
            throws IOException, PluginRefused {
        Optional<byte[]> text = jar.text(ENTRY);
        List<ErrorClassifier> classifiers = new ArrayList<>();
        if (text.isEmpty()) {
            return classifiers;
        }
        for (String line :
                new String(text.get(), StandardCharsets.UTF_8).lines().toList()) {
            String name = line.replaceFirst("#.*", "").strip();
            if (!name.isEmpty()) {
                try {
                    classifiers.add(new Lazy(constructor(Class.forName(name, false, loader))));
                } catch (ReflectiveOperationException | LinkageError | IllegalArgumentException e) {
                    warnings.add("the error classifier " + name + " cannot be used: " + e
                            + ". Correct the class, or the line in " + ENTRY);
                }
            }
        }
        return classifiers;
    }

    private static Constructor<? extends ErrorClassifier> constructor(Class<?> found) throws NoSuchMethodException {
        if (!ErrorClassifier.class.isAssignableFrom(found)
                || !Modifier.isPublic(found.getModifiers())
                || Modifier.isAbstract(found.getModifiers())) {
            throw new IllegalArgumentException("it is not a public, concrete " + ErrorClassifier.class.getName());
        }
        return found.asSubclass(ErrorClassifier.class).getConstructor();
    }

    /** Made by the first failure, in the thread of the job that failed; one that cannot be made says nothing. */
    private static final class Lazy implements ErrorClassifier {
        private final Constructor<? extends ErrorClassifier> constructor;
        private final AtomicBoolean told = new AtomicBoolean();
        private volatile ErrorClassifier made;

        Lazy(Constructor<? extends ErrorClassifier> constructor) {
            this.constructor = constructor;
        }

        @Override
        public Optional<ErrorCategory> classify(String jobType, Throwable failure) {
            Thread thread = Thread.currentThread();
            ClassLoader before = thread.getContextClassLoader();
            thread.setContextClassLoader(constructor.getDeclaringClass().getClassLoader());
            try {
                return made().classify(jobType, failure);
            } catch (Throwable broken) {
                if (told.compareAndSet(false, true)) {
                    log.warn(
                            "The error classifier {} failed and is passed over: {}",
                            constructor.getDeclaringClass().getName(),
                            broken.getClass().getName());
                }
                return Optional.empty();
            } finally {
                thread.setContextClassLoader(before);
            }
        }

        private ErrorClassifier made() throws Throwable {
            ErrorClassifier known = made;
            if (known == null) {
                try {
                    known = constructor.newInstance();
                } catch (InvocationTargetException e) {
                    throw e.getCause();
                }
                made = known;
            }
            return known;
        }
    }
}
