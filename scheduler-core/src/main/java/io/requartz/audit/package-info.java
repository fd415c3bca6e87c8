/** Who changed what: an entry for every accepted change, written in the transaction of the change. */
package io.requartz.audit;
