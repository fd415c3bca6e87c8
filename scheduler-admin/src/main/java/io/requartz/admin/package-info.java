/** The process around a node: its main, the REST interface, the console and the command line. It reaches the database only through core's services. */
package io.requartz.admin;
