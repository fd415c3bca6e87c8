package io.requartz.admin.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.requartz.admin.rest.TestServer;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Uses the console as a browser without scripts does: keeps its cookie, and sends the forms that a page has. */
final class Reader {

    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private static final Pattern LINK = Pattern.compile("(?:href|src)=\"([^\"]*)\"");
    private static final Pattern FORM_TOKEN = Pattern.compile("name=\"form-token\" value=\"([^\"]+)\"");

    private final int port;
    private String cookie;

    private Reader(int port) {
        this.port = port;
    }

    static Reader stranger(TestServer server) {
        return new Reader(server.port());
    }

    static Reader signedIn(TestServer server) {
        Reader reader = stranger(server);
        reader.signIn(TestServer.TOKEN).sentTo("/");
        return reader;
    }

    Shown signIn(String token) {
        return post("/sign-in", Map.of("token", token));
    }

    String cookie() {
        return cookie;
    }

    void cookie(String value) {
        cookie = value;
    }

    Shown get(String path, String... headers) {
        return send("GET", path, null, headers);
    }

    Shown post(String path, Map<String, String> fields, String... headers) {
        String body = fields.entrySet().stream()
                .map(field ->
                        URLEncoder.encode(field.getKey(), UTF_8) + "=" + URLEncoder.encode(field.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
        return send("POST", path, body, headers);
    }

    /** Sends a form of the console, with this session's token, and gives the answer itself. */
    Shown submit(String path, String... fields) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("form-token", formToken());
        for (int i = 0; i < fields.length; i += 2) {
            all.put(fields[i], fields[i + 1]);
        }
        return post(path, all);
    }

    /** Sends a form as a page has it, but for these fields. */
    Shown submit(String path, Map<String, String> form, String... changed) {
        Map<String, String> all = new LinkedHashMap<>(form);
        for (int i = 0; i < changed.length; i += 2) {
            all.put(changed[i], changed[i + 1]);
        }
        return post(path, all);
    }

    String formToken() {
        Matcher token = FORM_TOKEN.matcher(get("/job-types").expecting(200).body());
        assertThat(token.find()).isTrue();
        return token.group(1);
    }

    Shown send(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(60))
                .setHeader("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null) {
            request.setHeader("Content-Type", "application/x-www-form-urlencoded");
        }
        if (cookie != null) {
            request.setHeader("Cookie", cookie);
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        try {
            Shown shown = new Shown(path, CLIENT.send(request.build(), BodyHandlers.ofString()));
            shown.response.headers().firstValue("Set-Cookie").ifPresent(set -> cookie = set.split(";", 2)[0]);
            return shown;
        } catch (IOException e) {
            throw new AssertionError(method + " " + path + " has no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** An answer with what tests ask of it. */
    record Shown(String path, HttpResponse<String> response) {

        Shown expecting(int status) {
            assertThat(response.statusCode()).as(path + "\n" + body()).isEqualTo(status);
            return this;
        }

        void sentTo(String page) {
            expecting(303);
            assertThat(header("Location")).isEqualTo(page);
        }

        String body() {
            return response.body();
        }

        /** As people see it, roughly. */
        String text() {
            return body().replaceAll("(?s)<[^>]*>", " ")
                    .replace("&lt;", "<")
                    .replace("&gt;", ">")
                    .replace("&#34;", "\"")
                    .replace("&#39;", "'")
                    .replace("&amp;", "&")
                    .replaceAll("\\s+", " ");
        }

        /** Null if there is none. */
        String header(String name) {
            return response.headers().firstValue(name).orElse(null);
        }

        /** The fields of its largest form, with what they hold; hidden ones too. */
        Map<String, String> form() {
            return FilledForm.largest(body());
        }

        List<String> links() {
            List<String> links = new ArrayList<>();
            Matcher link = LINK.matcher(body());
            while (link.find()) {
                links.add(link.group(1).replace("&amp;", "&"));
            }
            return links;
        }
    }
}
