/** The smallest plugin: what a job author writes, and nothing else. */
package com.example.hello;
