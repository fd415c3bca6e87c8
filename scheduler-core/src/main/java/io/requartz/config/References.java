package io.requartz.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts in what values refer to: <code>${NAME}</code> and <code>${NAME:-otherwise}</code> from the environment, <code>${file:PATH}</code>
 * the content of a file without its last line end. <code>$${</code> is a plain <code>${</code>.
 */
final class References {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\$\\{|\\$\\{([^}]*)}?");
    private static final Pattern NAME = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)(?::-(.*))?", Pattern.DOTALL);

    private final Map<String, String> environment;
    private final Path home;

    /** @param home what paths are relative to */
    References(Map<String, String> environment, Path home) {
        this.environment = environment;
        this.home = home;
    }

    static boolean in(String text) {
        return text.contains("${");
    }

    /** @throws IllegalArgumentException if something that it refers to is not there; never tells a value */
    String resolve(String text) {
        if (!in(text)) {
            return text;
        }
        Matcher found = REFERENCE.matcher(text);
        StringBuilder resolved = new StringBuilder();
        while (found.find()) {
            String value = found.group(1) == null ? "${" : value(found.group(), found.group(1));
            found.appendReplacement(resolved, Matcher.quoteReplacement(value));
        }
        return found.appendTail(resolved).toString();
    }

    private String value(String written, String inside) {
        if (!written.endsWith("}")) {
            throw new IllegalArgumentException("'${' has no '}'; write $${ for a plain ${");
        }
        if (inside.startsWith("file:")) {
            return content(inside.substring("file:".length()));
        }
        Matcher name = NAME.matcher(inside);
        if (!name.matches()) {
            throw new IllegalArgumentException("'" + written
                    + "' refers to nothing; write ${NAME}, ${NAME:-otherwise} or ${file:PATH}, or $${ for a plain ${");
        }
        String value = environment.get(name.group(1));
        if (value == null) {
            value = name.group(2);
        }
        if (value == null) {
            throw new IllegalArgumentException("'" + written + "' refers to the environment variable " + name.group(1)
                    + ", which is not set; set it, or write ${" + name.group(1) + ":-otherwise}");
        }
        return value;
    }

    private String content(String path) {
        try {
            return Files.readString(home.resolve(path)).replaceFirst("\\r?\\n\\z", "");
        } catch (InvalidPathException noPath) {
            throw new IllegalArgumentException("'${file:" + path + "}' is not a path", noPath);
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(
                    "'${file:" + path + "}' cannot be read as UTF-8 text (" + home.resolve(path)
                            + "); check that it is there and who may read it",
                    unreadable);
        }
    }
}
