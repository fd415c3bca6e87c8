package io.requartz.admin.rest;

import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Puts on every answer what keeps a browser from making anything of it but data: no sniffing, no content of its own, no frame, no
 * cache, no referrer. There are no CORS headers: no other site's script may read an answer.
 */
final class HeadersHandler extends Handler.Wrapper {

    private static final HttpField NO_SNIFFING = new PreEncodedHttpField("X-Content-Type-Options", "nosniff");
    private static final HttpField NO_CONTENT =
            new PreEncodedHttpField("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    private static final HttpField NO_CACHE = new PreEncodedHttpField(HttpHeader.CACHE_CONTROL, "no-store");
    private static final HttpField NO_REFERRER = new PreEncodedHttpField("Referrer-Policy", "no-referrer");

    HeadersHandler(Handler handler) {
        super(handler);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        secure(response.getHeaders());
        return super.handle(request, response, callback);
    }

    static void secure(HttpFields.Mutable fields) {
        fields.put(NO_SNIFFING);
        fields.put(NO_CONTENT);
        fields.put(NO_CACHE);
        fields.put(NO_REFERRER);
    }
}
