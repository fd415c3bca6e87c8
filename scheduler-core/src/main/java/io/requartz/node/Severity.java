package io.requartz.node;

/** How bad a finding is. */
public enum Severity {
    INFO,
    WARNING,
    ERROR
}
