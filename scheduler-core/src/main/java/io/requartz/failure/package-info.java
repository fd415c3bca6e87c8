/**
 * What went wrong, in a form that can be stored and decided about: exceptions become a {@link io.requartz.failure.Failure} with a
 * category, and failures that are alike share a fingerprint. Pure: no input or output, and the clock is given.
 */
package io.requartz.failure;
