/** Who may do what: deny by default, a role a route, one bearer token so far. */
@NullMarked
package io.requartz.admin.security;

import org.jspecify.annotations.NullMarked;
