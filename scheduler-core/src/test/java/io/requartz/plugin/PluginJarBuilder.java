package io.requartz.plugin;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Builds plugin jars from source text, with whatever a test wants to be wrong about them. */
final class PluginJarBuilder {

    private static final int MAJOR_VERSION_AT = 6;

    private final Map<String, String> sources = new LinkedHashMap<>();
    private final Map<String, byte[]> entries = new LinkedHashMap<>();
    private final List<String> leftOut = new ArrayList<>();
    private final Map<String, Integer> majors = new LinkedHashMap<>();

    static PluginJarBuilder aJar() {
        return new PluginJarBuilder();
    }

    /** A jar with one job {@code com.acme.<simpleName>} that does nothing. */
    static PluginJarBuilder aJarWithJob(String simpleName) {
        return aJar().withJob(simpleName, "");
    }

    /** @param annotations before the class, fully qualified */
    PluginJarBuilder withJob(String simpleName, String annotations) {
        return with("com.acme." + simpleName, """
                package com.acme;
                %s
                public class %s implements org.quartz.Job {
                    public void execute(org.quartz.JobExecutionContext context) {}
                }
                """.formatted(annotations, simpleName));
    }

    PluginJarBuilder with(String className, String source) {
        sources.put(className, source);
        return this;
    }

    PluginJarBuilder withEntry(String name, String text) {
        return withEntry(name, text.getBytes(StandardCharsets.UTF_8));
    }

    PluginJarBuilder withEntry(String name, byte[] bytes) {
        entries.put(name, bytes);
        return this;
    }

    /** Compiled against, but not packed. */
    PluginJarBuilder without(String className) {
        leftOut.add(className);
        return this;
    }

    /** Pretends that the class was compiled for this Java. */
    PluginJarBuilder needingJava(int version, String className) {
        majors.put(className, version + 44);
        return this;
    }

    Path writeTo(Path jar) throws IOException {
        try (OutputStream out = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> compiled : compile().entrySet()) {
                byte[] bytes = compiled.getValue();
                if (majors.containsKey(compiled.getKey())) {
                    bytes[MAJOR_VERSION_AT + 1] = (byte) (int) majors.get(compiled.getKey());
                }
                if (!leftOut.contains(compiled.getKey())) {
                    put(zip, compiled.getKey().replace('.', '/') + ".class", bytes);
                }
            }
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                put(zip, entry.getKey(), entry.getValue());
            }
        }
        return jar;
    }

    private static void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(bytes);
        zip.closeEntry();
    }

    private Map<String, byte[]> compile() throws IOException {
        if (sources.isEmpty()) {
            return Map.of();
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        try (StandardJavaFileManager standard = compiler.getStandardFileManager(problems, null, null);
                Compiled compiled = new Compiled(standard)) {
            List<Source> units = sources.entrySet().stream()
                    .map(each -> new Source(each.getKey(), each.getValue()))
                    .toList();
            List<String> options =
                    List.of("-proc:none", "--release", "17", "-classpath", System.getProperty("java.class.path"));
            if (!compiler.getTask(null, compiled, problems, options, null, units)
                    .call()) {
                throw new IllegalArgumentException(problems.getDiagnostics().toString());
            }
            Map<String, byte[]> classes = new LinkedHashMap<>();
            compiled.classes.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
            return classes;
        }
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String className, String text) {
            super(URI.create("source:///" + className.replace('.', '/') + ".java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private static final class Compiled extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, ByteArrayOutputStream> classes = new LinkedHashMap<>();

        Compiled(JavaFileManager manager) {
            super(manager);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("class:///" + className.replace('.', '/')), kind) {
                @Override
                public OutputStream openOutputStream() {
                    return classes.computeIfAbsent(className, name -> new ByteArrayOutputStream());
                }
            };
        }
    }
}
