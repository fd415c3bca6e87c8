package io.requartz.node;

import java.util.List;

/** placeholder */
public record Finding(String invariant, Severity severity, String what, String hint, List<String> examples) {}
