/** {@code requartz demo}: a node, six shops that fail in their own ways, and a narrator who tells what Requartz makes of it. */
package io.requartz.admin.demo;
