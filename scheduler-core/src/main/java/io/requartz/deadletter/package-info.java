/** Runs that will not be tried again by themselves, and what people make of them. */
package io.requartz.deadletter;
