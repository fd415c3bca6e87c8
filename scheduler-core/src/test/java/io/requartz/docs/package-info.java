/** Keeps documents and code the same. */
package io.requartz.docs;
