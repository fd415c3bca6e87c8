package io.requartz.failure;

import io.requartz.api.ErrorCategory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What an exception's class tells. Classes are known by name, so that nothing needs to be on the class path, and a subclass that is
 * not listed counts as what it extends.
 */
final class ExceptionTypes {

    private static final Map<String, ErrorCategory> TELLING = new HashMap<>();

    /** Tell something only if no other exception of the chain tells more: their cause is often a timeout. */
    private static final Map<String, ErrorCategory> VAGUE = new HashMap<>();

    static {
        put(
                TELLING,
                ErrorCategory.TIMEOUT,
                "java.io.InterruptedIOException",
                "java.net.SocketTimeoutException",
                "java.net.http.HttpTimeoutException",
                "java.nio.channels.InterruptedByTimeoutException",
                "java.sql.SQLTimeoutException",
                "java.util.concurrent.TimeoutException",
                "io.netty.channel.ConnectTimeoutException",
                "io.netty.handler.timeout.TimeoutException");
        put(
                TELLING,
                ErrorCategory.NETWORK,
                "java.net.ConnectException",
                "java.net.NoRouteToHostException",
                "java.net.PortUnreachableException",
                "java.net.UnknownHostException",
                "java.nio.channels.UnresolvedAddressException",
                "java.sql.SQLNonTransientConnectionException",
                "java.sql.SQLRecoverableException",
                "java.sql.SQLTransientConnectionException",
                "org.apache.http.NoHttpResponseException",
                "org.apache.hc.core5.http.NoHttpResponseException",
                "org.apache.hc.core5.http.ConnectionClosedException");
        put(
                TELLING,
                ErrorCategory.TEMPORARY,
                "java.sql.SQLTransactionRollbackException",
                "java.sql.SQLTransientException");
        put(
                TELLING,
                ErrorCategory.MALFORMED_RESPONSE,
                "com.fasterxml.jackson.core.JsonProcessingException",
                "tools.jackson.core.JacksonException",
                "com.google.gson.JsonParseException",
                "com.google.gson.stream.MalformedJsonException",
                "com.squareup.moshi.JsonDataException",
                "com.squareup.moshi.JsonEncodingException",
                "jakarta.json.stream.JsonParsingException",
                "javax.json.stream.JsonParsingException",
                "jakarta.json.bind.JsonbException",
                "org.json.JSONException",
                "org.json.simple.parser.ParseException",
                "net.minidev.json.parser.ParseException",
                "org.yaml.snakeyaml.error.YAMLException",
                "org.xml.sax.SAXException",
                "javax.xml.stream.XMLStreamException",
                "jakarta.xml.bind.UnmarshalException",
                "javax.xml.bind.UnmarshalException",
                "java.nio.charset.CharacterCodingException",
                "java.text.ParseException",
                "java.util.zip.DataFormatException",
                "java.util.zip.ZipException");
        put(
                TELLING,
                ErrorCategory.AUTHENTICATION,
                "java.sql.SQLInvalidAuthorizationSpecException",
                "javax.security.auth.login.LoginException",
                "jakarta.mail.AuthenticationFailedException",
                "javax.mail.AuthenticationFailedException",
                "jakarta.ws.rs.NotAuthorizedException",
                "javax.ws.rs.NotAuthorizedException");
        put(
                TELLING,
                ErrorCategory.PERMISSION,
                "java.nio.file.AccessDeniedException",
                "jakarta.ws.rs.ForbiddenException",
                "javax.ws.rs.ForbiddenException");
        put(TELLING, ErrorCategory.NOT_FOUND, "jakarta.ws.rs.NotFoundException", "javax.ws.rs.NotFoundException");
        put(
                TELLING,
                ErrorCategory.VALIDATION,
                "java.net.MalformedURLException",
                "java.net.URISyntaxException",
                "jakarta.validation.ValidationException",
                "javax.validation.ValidationException",
                "jakarta.ws.rs.BadRequestException",
                "javax.ws.rs.BadRequestException");
        put(
                TELLING,
                ErrorCategory.SERVER_ERROR,
                "jakarta.ws.rs.ServerErrorException",
                "javax.ws.rs.ServerErrorException");
        put(TELLING, ErrorCategory.OUT_OF_MEMORY, "java.lang.OutOfMemoryError");
        put(
                VAGUE,
                ErrorCategory.NETWORK,
                "java.io.EOFException",
                "java.net.SocketException",
                "java.nio.channels.ClosedChannelException",
                "java.rmi.RemoteException",
                "javax.net.ssl.SSLException");
    }

    private ExceptionTypes() {}

    /** The classes that tell this category, the vague ones too, by name. */
    static List<String> names(ErrorCategory category) {
        return Stream.of(TELLING, VAGUE)
                .flatMap(known -> known.entrySet().stream())
                .filter(known -> known.getValue().equals(category))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /** Null if the class is not known. */
    static ErrorCategory telling(Link link) {
        // the kernel gave up connecting, which Java reports as if it had been refused
        boolean connectTimedOut =
                link.isA("java.net.ConnectException") && link.messageOrEmpty().contains("timed out");
        if (connectTimedOut) {
            return ErrorCategory.TIMEOUT;
        }
        // HttpURLConnection's way to say 404
        boolean urlNotFound = link.isA("java.io.FileNotFoundException")
                && (link.messageOrEmpty().startsWith("http://")
                        || link.messageOrEmpty().startsWith("https://"));
        return urlNotFound ? ErrorCategory.NOT_FOUND : nearest(TELLING, link);
    }

    /** Null if the class is not known. */
    static ErrorCategory vague(Link link) {
        return nearest(VAGUE, link);
    }

    private static ErrorCategory nearest(Map<String, ErrorCategory> known, Link link) {
        for (String name : link.classNames()) {
            ErrorCategory category = known.get(name);
            if (category != null) {
                return category;
            }
        }
        return null;
    }

    private static void put(Map<String, ErrorCategory> known, ErrorCategory category, String... classNames) {
        for (String name : classNames) {
            known.put(name, category);
        }
    }
}
