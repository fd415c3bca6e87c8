package io.requartz.admin.rest;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.requartz.problem.Problem;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Map;

/** Reads a request's body strictly as JSON. */
@Consumes(MediaType.APPLICATION_JSON)
final class JsonReader implements MessageBodyReader<JsonBody> {

    private final BodyBytes body;

    JsonReader(BodyBytes body) {
        this.body = body;
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
        return parse(body.read(headers.getFirst(HttpHeaders.CONTENT_LENGTH), in));
    }

    static JsonBody parse(byte[] body) {
        return new JsonBody(body.length == 0 ? Json.MAPPER.createObjectNode() : object("the body", body));
    }

    /** @param what it is, for messages: "the body" */
    static ObjectNode object(String what, byte[] text) {
        JsonNode root;
        try {
            root = Json.MAPPER.readTree(text);
        } catch (StreamConstraintsException e) {
            throw malformed(
                    what,
                    "it is nested deeper than " + Json.DEEPEST + " levels, or has a name or number that is too long",
                    e);
        } catch (JsonProcessingException e) {
            throw malformed(what, reason(e), e);
        } catch (IOException e) {
            throw new UncheckedIOException("read from memory", e);
        }
        if (!(root instanceof ObjectNode object)) {
            throw Problem.invalid(what + " is JSON, but no object", "Send a JSON object, as in {\"payload\": {}}.");
        }
        requireCharacters(object, "");
        return object;
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

    private static Problem malformed(String what, String reason, JsonProcessingException e) {
        JsonLocation at = e.getLocation();
        String where = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
        return Problem.invalid(
                what + " is not JSON" + where + ": " + Wire.cleaned(reason, 300), "Send one JSON object in UTF-8.");
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
}
