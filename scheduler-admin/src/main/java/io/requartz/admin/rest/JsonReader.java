package io.requartz.admin.rest;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.requartz.problem.Problem;
import io.requartz.time.Ticker;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a request's body: no more of it than is allowed, for no longer than is allowed, and strictly as JSON. */
@Consumes(MediaType.APPLICATION_JSON)
final class JsonReader implements MessageBodyReader<JsonBody> {

    private final long most;
    private final long patience;
    private final Ticker ticker;

    /**
     * @param most bytes that a body may have
     * @param patience how long all of a body may take to arrive
     */
    JsonReader(long most, Duration patience, Ticker ticker) {
        this.most = most;
        this.patience = patience.toNanos();
        this.ticker = ticker;
    }

    @Override
    public boolean isReadable(Class<?> type, Type generic, Annotation[] annotations, MediaType mediaType) {
        return type == JsonBody.class;
    }

    @Override
    public JsonBody readFrom(
            Class<JsonBody> type,
            Type generic,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, String> headers,
            InputStream in)
            throws IOException {
        return parse(bytes(headers.getFirst(HttpHeaders.CONTENT_LENGTH), in));
    }

    private byte[] bytes(@Nullable String announced, InputStream in) throws IOException {
        if (announced != null
                && announced.matches("[0-9]+")
                && (announced.length() > 18 || Long.parseLong(announced) > most)) {
            throw tooLarge();
        }
        long since = ticker.nanoTime();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] part = new byte[8 * 1024];
        for (int n = in.read(part); n >= 0; n = in.read(part)) {
            all.write(part, 0, n);
            if (all.size() > most) {
                throw tooLarge();
            }
            if (ticker.nanoTime() - since > patience) {
                throw new SlowRequestException();
            }
        }
        return all.toByteArray();
    }

    static JsonBody parse(byte[] body) throws IOException {
        if (body.length == 0) {
            return new JsonBody(Json.MAPPER.createObjectNode());
        }
        JsonNode root;
        try {
            root = Json.MAPPER.readTree(body);
        } catch (StreamConstraintsException e) {
            throw malformed(
                    "it is nested deeper than " + Json.DEEPEST + " levels, or has a name or number that is too long",
                    e);
        } catch (JsonProcessingException e) {
            throw malformed(reason(e), e);
        }
        if (!(root instanceof ObjectNode object)) {
            throw Problem.invalid("the body is JSON, but no object", "Send a JSON object, as in {\"payload\": {}}.");
        }
        requireCharacters(object, "");
        return new JsonBody(object);
    }

    /** "\ud800" alone is valid JSON and no text: no database and no UTF-8 could give it back as it came. */
    private static void requireCharacters(JsonNode node, String path) {
        if (node.isTextual()) {
            requireCharacters(node.textValue(), path);
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            requireCharacters(field.getKey(), path);
            requireCharacters(field.getValue(), path + "/" + field.getKey());
        }
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                requireCharacters(node.get(i), path + "/" + i);
            }
        }
    }

    private static void requireCharacters(String text, String path) {
        for (int i = 0; i < text.length(); i++) {
            if (Wire.loneSurrogate(text, i)) {
                throw Problem.invalid(
                        "the text at " + Wire.quoted(path) + " has half of a surrogate pair, which is no character",
                        "Send whole characters; an emoji is written as \\ud83d\\ude00 or as itself.");
            }
        }
    }

    private static Problem malformed(String reason, JsonProcessingException e) {
        JsonLocation at = e.getLocation();
        String where = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
        return Problem.invalid(
                "the body is not JSON" + where + ": " + Wire.cleaned(reason, 300), "Send one JSON object in UTF-8.");
    }

    /** The parser's own words, without the places where it names itself. */
    private static String reason(JsonProcessingException e) {
        String message = e.getOriginalMessage();
        int cut = message.length();
        for (String own :
                new String[] {" (start marker at", "\n", " at [Source", " (for input of type", " (of type", "(`"}) {
            int at = message.indexOf(own);
            cut = at >= 0 ? Math.min(cut, at) : cut;
        }
        return message.substring(0, cut);
    }

    private Problem tooLarge() {
        return Problem.tooLarge(
                "the body has more than " + most + " bytes",
                "Keep large data elsewhere and put a reference to it into the payload, or raise limits.payload.");
    }
}
