package io.requartz.plugin;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the head of a class file tells, read without loading the class: a jar may hold thousands of classes, and most of them, with
 * their optional dependencies, have nothing to do with jobs.
 *
 * @param name as in {@code com.acme.SyncShops}
 * @param superName null for {@code java.lang.Object}
 * @param references every class that its code, its ancestors or its nest names; no arrays
 */
record ClassFile(
        String name, int major, int access, String superName, List<String> interfaces, Set<String> references) {

    private static final int MAGIC = 0xCAFEBABE;
    private static final int FIRST_MAJOR = 45;

    /** The class files' major version is the Java version plus this. */
    private static final int MAJOR_OF_JAVA_0 = 44;

    ClassFile {
        interfaces = List.copyOf(interfaces);
        references = Set.copyOf(references);
    }

    /** @throws IOException if this is not a class file */
    static ClassFile read(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        if (in.readInt() != MAGIC) {
            throw new IOException("it does not begin like a class file");
        }
        in.readUnsignedShort();
        int major = in.readUnsignedShort();
        if (major < FIRST_MAJOR) {
            throw new IOException("its class file version " + major + " does not exist");
        }
        ConstantPool pool = ConstantPool.read(in);
        int access = in.readUnsignedShort();
        String name = pool.className(in.readUnsignedShort());
        int superIndex = in.readUnsignedShort();
        String superName = superIndex == 0 ? null : pool.className(superIndex);
        List<String> interfaces = new ArrayList<>();
        for (int left = in.readUnsignedShort(); left > 0; left--) {
            interfaces.add(pool.className(in.readUnsignedShort()));
        }
        return new ClassFile(name, major, access, superName, interfaces, pool.classNames());
    }

    /** The oldest Java that can load it. */
    int javaVersion() {
        return major - MAJOR_OF_JAVA_0;
    }

    boolean publicAndConcrete() {
        return Modifier.isPublic(access) && !Modifier.isAbstract(access) && !Modifier.isInterface(access);
    }

    /** The same without the references, to be kept for every class of a jar. */
    ClassFile head() {
        return new ClassFile(name, major, access, superName, interfaces, Set.of());
    }

    /** Constants by index; only the texts and the classes are kept. */
    private static final class ConstantPool {
        private final String[] texts;
        private final int[] classes;

        private ConstantPool(String[] texts, int[] classes) {
            this.texts = texts;
            this.classes = classes;
        }

        static ConstantPool read(DataInputStream in) throws IOException {
            int count = in.readUnsignedShort();
            String[] texts = new String[count];
            int[] classes = new int[count];
            for (int i = 1; i < count; i++) {
                int tag = in.readUnsignedByte();
                switch (tag) {
                    case 1 -> texts[i] = in.readUTF();
                    case 7 -> classes[i] = in.readUnsignedShort();
                    case 8, 16, 19, 20 -> in.skipNBytes(2);
                    case 15 -> in.skipNBytes(3);
                    case 3, 4, 9, 10, 11, 12, 17, 18 -> in.skipNBytes(4);
                    case 5, 6 -> {
                        in.skipNBytes(8);
                        i++; // long and double take two places
                    }
                    default -> throw new IOException("its constant pool holds an unknown tag " + tag);
                }
            }
            return new ConstantPool(texts, classes);
        }

        String className(int index) throws IOException {
            if (index >= classes.length || classes[index] >= texts.length || texts[classes[index]] == null) {
                throw new IOException("its constant pool is damaged");
            }
            return texts[classes[index]].replace('/', '.');
        }

        Set<String> classNames() throws IOException {
            Set<String> names = new TreeSet<>();
            for (int i = 1; i < classes.length; i++) {
                if (classes[i] == 0) {
                    continue;
                }
                String name = className(i);
                if (name.startsWith("[")) {
                    int element = name.lastIndexOf('[') + 1;
                    if (name.charAt(element) != 'L') {
                        continue; // an array of a primitive type
                    }
                    name = name.substring(element + 1, name.length() - 1);
                }
                names.add(name);
            }
            return names;
        }
    }
}
