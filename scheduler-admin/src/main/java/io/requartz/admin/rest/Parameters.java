package io.requartz.admin.rest;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The query parameters that a route knows. Any other is refused: a misspelt filter must not be read as "all". */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Parameters {

    /** Any name is looked at by the route itself: what it does not know it refuses. */
    String ANY = "*";

    String[] value();
}
