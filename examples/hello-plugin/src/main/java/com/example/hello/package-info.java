/** The smallest plugin, and one that uses what the platform offers. */
package com.example.hello;
