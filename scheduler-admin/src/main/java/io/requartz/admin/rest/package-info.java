/**
 * The REST interface, {@code /api/v1}, and the process's two probes. Start reading at {@link io.requartz.admin.rest.HttpServer};
 * {@link io.requartz.admin.rest.Api} lists the routes, docs/rest.md describes them.
 */
@NullMarked
package io.requartz.admin.rest;

import org.jspecify.annotations.NullMarked;
