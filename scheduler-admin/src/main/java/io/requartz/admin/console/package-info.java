/**
 * Pages for people, below {@code /}. A route reads what it needs from core's services into a record, a {@code Page}; a template of
 * the same name under {@code src/main/jte} shows it. Nothing here touches the database, and nothing needs a script to work.
 *
 * <p>Read {@code Console} first (what stands around every route), then {@code AccessFilter}, then {@code RunPages} as an example.
 */
@NullMarked
package io.requartz.admin.console;

import org.jspecify.annotations.NullMarked;
