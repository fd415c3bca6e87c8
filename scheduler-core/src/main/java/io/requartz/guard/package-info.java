/** What may hold a run back without using an attempt. */
package io.requartz.guard;
