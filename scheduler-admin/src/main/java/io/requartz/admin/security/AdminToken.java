package io.requartz.admin.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The token that opens the API. It comes from the environment ({@value #VARIABLE}), else from the file {@value #FILE} in the data
 * directory; where there is neither, one is made and written there, readable by its owner only, so that the command line on the
 * same machine finds it. The process itself remembers only a hash. Immutable, thread-safe.
 */
public final class AdminToken {

    public static final String VARIABLE = "REQUARTZ_ADMIN_TOKEN";
    public static final String FILE = "admin-token";

    /** What a bearer token may be made of (RFC 6750), and long enough not to be guessed. */
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._~+/-]{20,200}=*");

    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final byte[] hash;
    private final @Nullable String made;

    private AdminToken(String token, boolean isNew) {
        this.hash = sha256(token);
        this.made = isNew ? token : null;
    }

    /**
     * @param environment of the process
     * @throws IllegalStateException if the token at hand cannot be used: too short, empty, or a file that others can read
     */
    public static AdminToken open(Path dataDirectory, Map<String, String> environment) {
        Objects.requireNonNull(dataDirectory, "dataDirectory");
        String given = environment.get(VARIABLE);
        if (given != null && !given.isEmpty()) {
            return new AdminToken(requireForm(given, "the environment variable " + VARIABLE), false);
        }
        Path file = dataDirectory.resolve(FILE);
        try {
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                return new AdminToken(read(file), false);
            }
            Files.createDirectories(dataDirectory);
            String token = generate();
            write(file, token);
            return new AdminToken(token, true);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read or write the admin token " + file, e);
        }
    }

    /** The token, if this start has made it: to be shown once to the person who starts the node. */
    public Optional<String> made() {
        return Optional.ofNullable(made);
    }

    /** In a time that does not tell how much of it was right. */
    public boolean matches(String candidate) {
        return MessageDigest.isEqual(hash, sha256(candidate));
    }

    private static String read(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new IllegalStateException("the admin token " + file
                    + " is a link or no file; put the token itself there, or remove it and a new one is made");
        }
        if (posix(file)) {
            Set<PosixFilePermission> granted = Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS);
            if (!OWNER_ONLY.containsAll(granted)) {
                throw new IllegalStateException("the admin token " + file + " can be used by others ("
                        + PosixFilePermissions.toString(granted)
                        + "), so it is no secret any more; remove it, and a new"
                        + " one is made at the next start, or run: chmod 600 " + file);
            }
        }
        if (Files.size(file) > 1_000) {
            throw new IllegalStateException(
                    "the admin token " + file + " is longer than a token can be; remove it, and a new one is made");
        }
        return requireForm(Files.readString(file, UTF_8).strip(), "the file " + file);
    }

    /** Written aside and moved, so that a crash leaves no half token behind; never readable by others, not even for a moment. */
    private static void write(Path file, String token) throws IOException {
        Path directory = Objects.requireNonNull(file.toAbsolutePath().getParent());
        FileAttribute<?>[] attributes = posix(directory)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
        Path aside = Files.createTempFile(directory, FILE, ".new", attributes);
        try {
            try (FileChannel out = FileChannel.open(aside, StandardOpenOption.WRITE)) {
                ByteBuffer text = ByteBuffer.wrap((token + "\n").getBytes(UTF_8));
                while (text.hasRemaining()) {
                    out.write(text);
                }
                out.force(true);
            }
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(aside);
        }
    }

    private static String generate() {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        return "rq_" + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    private static String requireForm(String token, String where) {
        if (!FORM.matcher(token).matches()) {
            throw new IllegalStateException("the admin token in " + where + " has " + token.length()
                    + " characters; a token has 20 to 200 letters, digits and -._~+/ and no spaces");
        }
        return token;
    }

    private static boolean posix(Path path) throws IOException {
        FileStore store = Files.getFileStore(path);
        return store.supportsFileAttributeView(PosixFileAttributeView.class);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
