/** One database transaction, as the rest of the code sees it. */
package io.requartz.tx;
