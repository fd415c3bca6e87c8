/** One act on many runs: all that match, worked off in parts, with progress, pause and cancel. */
package io.requartz.bulk;
