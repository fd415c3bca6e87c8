/** One node as a process: opened, listening, and stopped in order. */
package io.requartz.admin.node;
