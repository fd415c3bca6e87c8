package io.requartz.plugin;

import java.util.Locale;
import java.util.regex.Pattern;

/** How a class without a name of its own is called as a job type. */
final class TypeNames {

    private static final Pattern WORD_END = Pattern.compile("([a-z0-9])([A-Z])");
    private static final Pattern ACRONYM_END = Pattern.compile("([A-Z])([A-Z][a-z])");

    /** A number with its dots, and the qualifiers that builds add: {@code -1.2.0-SNAPSHOT}, {@code -v3-rc1}. */
    private static final Pattern VERSION = Pattern.compile(
            "-v?[0-9]+(\\.[0-9A-Za-z]+)*([-+]((?i:snapshot|rc|alpha|beta|final|release|ga|m[0-9])|[0-9])[0-9A-Za-z.]*)*$");

    private TypeNames() {}

    /** {@code SyncShops} is {@code sync_shops}, {@code HTTPFetch} is {@code http_fetch}. */
    static String ofClass(String simpleName) {
        String words = WORD_END.matcher(simpleName).replaceAll("$1_$2");
        return ACRONYM_END.matcher(words).replaceAll("$1_$2").toLowerCase(Locale.ROOT);
    }

    /** {@code hello-plugin-1.2.0-SNAPSHOT.jar} is {@code hello-plugin}. */
    static String ofJar(String fileName) {
        String bare = fileName.substring(0, fileName.length() - ".jar".length());
        String name = VERSION.matcher(bare).replaceFirst("");
        return name.isEmpty() ? bare : name;
    }
}
