/** Time as the platform reads it: durations as people write them, and a ticker to measure with. */
package io.requartz.time;
