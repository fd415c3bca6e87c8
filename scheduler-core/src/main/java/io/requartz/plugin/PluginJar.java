package io.requartz.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * A plugin's file, read through once before any of its code is loaded: each entry is unpacked (into nothing) within bounds and its
 * checksum compared, so that a damaged jar or a zip bomb is refused here and not met in the middle of a run.
 */
final class PluginJar implements AutoCloseable {

    private static final String CLASS = ".class";
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final String COPY_AGAIN =
            "Build or copy the jar again; put it beside the others under a name that does not end in .jar, then rename it.";

    private final ZipFile zip;
    private final PluginLimits limits;
    private final Map<String, ClassFile> classes = new HashMap<>();
    private final List<String> damagedClasses = new ArrayList<>();
    private Manifest manifest = new Manifest();

    private PluginJar(ZipFile zip, PluginLimits limits) {
        this.zip = zip;
        this.limits = limits;
    }

    static PluginJar open(Path file, PluginLimits limits) throws PluginRefused, IOException {
        requireZip(file);
        ZipFile zip;
        try {
            zip = new ZipFile(file.toFile());
        } catch (ZipException | IllegalArgumentException e) {
            throw new PluginRefused("it is truncated or damaged: " + e.getMessage(), COPY_AGAIN, e);
        }
        PluginJar jar = new PluginJar(zip, limits);
        try {
            jar.examine();
            return jar;
        } catch (PluginRefused | IOException | RuntimeException e) {
            zip.close();
            throw e;
        }
    }

    /** The heads of its classes by name, without those that only newer Javas see (META-INF/versions). */
    Map<String, ClassFile> classes() {
        return Map.copyOf(classes);
    }

    /** Entries that are named like a class and are none, with what is wrong. */
    List<String> damagedClasses() {
        return List.copyOf(damagedClasses);
    }

    /** With its references; it must be one of {@link #classes()}. */
    ClassFile classFile(String className) throws IOException, PluginRefused {
        ZipEntry entry = zip.getEntry(className.replace('.', '/') + CLASS);
        return ClassFile.read(bytes(entry, PluginLimits.CLASS_BYTES));
    }

    /** @throws PluginRefused if it is longer than 1 MiB */
    Optional<byte[]> text(String entryName) throws IOException, PluginRefused {
        ZipEntry entry = zip.getEntry(entryName);
        return entry == null ? Optional.empty() : Optional.of(bytes(entry, PluginLimits.TEXT_BYTES));
    }

    String implementationVersion() {
        String version = manifest.getMainAttributes().getValue(Attributes.Name.IMPLEMENTATION_VERSION);
        return version == null ? "" : version.strip();
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    private static void requireZip(Path file) throws IOException, PluginRefused {
        byte[] head;
        try (InputStream in = Files.newInputStream(file)) {
            head = in.readNBytes(4);
        }
        if (head.length == 0) {
            throw new PluginRefused("the file is empty", COPY_AGAIN);
        }
        if (head.length < 4 || head[0] != 'P' || head[1] != 'K') {
            throw new PluginRefused("it is not a jar: it does not begin as a zip file does", COPY_AGAIN);
        }
    }

    private void examine() throws PluginRefused, IOException {
        if (zip.size() > limits.entries()) {
            throw new PluginRefused(
                    "it has " + zip.size() + " entries; at most " + limits.entries() + " are allowed",
                    "Leave out of the jar what the job does not need.");
        }
        long unpacked = 0;
        byte[] buffer = new byte[64 << 10];
        for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
            ZipEntry entry = all.nextElement();
            unpacked += verify(entry, limits.unpackedBytes() - unpacked, buffer);
            if (isClass(entry)) {
                readHead(entry);
            }
        }
        ZipEntry manifestEntry = zip.getEntry("META-INF/MANIFEST.MF");
        if (manifestEntry != null) {
            readManifest(manifestEntry);
        }
    }

    private long verify(ZipEntry entry, long allowed, byte[] buffer) throws PluginRefused {
        CRC32 sum = new CRC32();
        long size = 0;
        try (InputStream in = zip.getInputStream(entry)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                size += n;
                if (size > allowed) {
                    throw new PluginRefused(
                            "unpacked it is larger than " + (limits.unpackedBytes() >> 20) + " MiB",
                            "Leave out of the jar what the job does not need, or keep large data outside of it.");
                }
                sum.update(buffer, 0, n);
            }
        } catch (IOException | RuntimeException e) {
            throw new PluginRefused("its entry " + entry.getName() + " is damaged: " + e.getMessage(), COPY_AGAIN, e);
        }
        if (entry.getCrc() != -1 && entry.getCrc() != sum.getValue()) {
            throw new PluginRefused("its entry " + entry.getName() + " is damaged: the checksum differs", COPY_AGAIN);
        }
        return size;
    }

    private static boolean isClass(ZipEntry entry) {
        String name = entry.getName();
        return name.endsWith(CLASS)
                && !name.startsWith("META-INF/")
                && !name.endsWith("module-info.class")
                && !name.endsWith("package-info.class");
    }

    private void readHead(ZipEntry entry) throws PluginRefused {
        try {
            ClassFile head =
                    ClassFile.read(bytes(entry, PluginLimits.CLASS_BYTES)).head();
            if (!entry.getName().equals(head.name().replace('.', '/') + CLASS)) {
                damagedClasses.add(entry.getName() + " is in the wrong place: it holds the class " + head.name());
                return;
            }
            classes.put(head.name(), head);
        } catch (IOException e) {
            String why = e.getMessage() == null ? "it ends too early" : e.getMessage();
            damagedClasses.add(entry.getName() + " is not a class file: " + why);
        }
    }

    private void readManifest(ZipEntry entry) throws PluginRefused, IOException {
        try (InputStream in = zip.getInputStream(entry)) {
            manifest = new Manifest(in);
        } catch (IOException | IllegalArgumentException e) {
            throw new PluginRefused("its manifest cannot be read: " + e.getMessage(), "Build the jar again.", e);
        }
        String classPath = manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
        if (classPath == null) {
            return;
        }
        for (String element : BLANKS.split(classPath.strip(), -1)) {
            // Relative names find nothing beside our copy; these would reach files or hosts outside the plugin
            // directory.
            if (element.contains(":") || element.startsWith("/") || element.contains("..") || element.contains("\\")) {
                throw new PluginRefused(
                        "the Class-Path of its manifest reaches outside the jar: " + element,
                        "Pack what the plugin needs into its jar (maven-shade-plugin, Gradle's shadow).");
            }
        }
    }

    private byte[] bytes(ZipEntry entry, int limit) throws IOException, PluginRefused {
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] bytes = in.readNBytes(limit + 1);
            if (bytes.length > limit) {
                throw new PluginRefused(
                        entry.getName() + " is larger than " + (limit >> 20) + " MiB", "Make it smaller, or split it.");
            }
            return bytes;
        }
    }
}
