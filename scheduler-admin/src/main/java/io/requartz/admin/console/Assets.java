package io.requartz.admin.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.requartz.admin.security.Open;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** Stylesheet, script and icon. Their address changes with their content, so that browsers may keep them. */
@Path("assets")
@Singleton
public final class Assets {

    private record Asset(String type, String content, String version) {}

    private static final Map<String, Asset> ALL = Map.of(
            "console.css", read("console.css", "text/css; charset=utf-8"),
            "console.js", read("console.js", "text/javascript; charset=utf-8"),
            "icon.svg", read("icon.svg", "image/svg+xml"));

    /** @throws IllegalArgumentException if there is none of this name */
    static String path(String name) {
        Asset asset = ALL.get(name);
        if (asset == null) {
            throw new IllegalArgumentException("no asset " + name);
        }
        return "/assets/" + asset.version() + "/" + name;
    }

    @GET
    @Path("{version}/{name}")
    @Open
    public Response get(@PathParam("version") String version, @PathParam("name") String name) {
        Asset asset = ALL.get(name);
        if (asset == null || !asset.version().equals(version)) {
            throw new NotFoundException();
        }
        return Response.ok(asset.content())
                .header(HttpHeaders.CONTENT_TYPE, asset.type())
                .header(HttpHeaders.CACHE_CONTROL, "public, max-age=31536000, immutable")
                .build();
    }

    private static Asset read(String name, String type) {
        try (InputStream in = Assets.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + name);
            }
            byte[] content = in.readAllBytes();
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
            return new Asset(type, new String(content, UTF_8), HexFormat.of().formatHex(hash, 0, 6));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
