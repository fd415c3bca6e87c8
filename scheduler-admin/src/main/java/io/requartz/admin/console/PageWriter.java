package io.requartz.admin.console;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;

/** Shows pages by templates that were compiled with the code: a page whose data do not fit its template does not build. */
@Produces(MediaType.TEXT_HTML)
final class PageWriter implements MessageBodyWriter<Page> {

    private final TemplateEngine templates = TemplateEngine.createPrecompiled(
            null, ContentType.Html, PageWriter.class.getClassLoader(), PageWriter.class.getPackageName());

    @Override
    public boolean isWriteable(Class<?> type, Type generic, Annotation[] annotations, MediaType mediaType) {
        return Page.class.isAssignableFrom(type);
    }

    /** All of it before the first byte goes out: half a page with status 200 is worse than an error. */
    @Override
    public void writeTo(
            Page page,
            Class<?> type,
            Type generic,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, Object> headers,
            OutputStream out)
            throws IOException {
        Utf8ByteOutput html = new Utf8ByteOutput();
        templates.render(page.template(), page, html);
        html.writeTo(out);
    }
}
