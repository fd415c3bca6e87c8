/** A network between a client and its database that fails as a test wants it to. */
package io.requartz.wire;
