package io.requartz.admin.console;

import java.util.List;

/** @param lastRun path of its latest run; empty if there is none any more */
record ScopePage(Frame frame, ScopeRow scope, List<Fact> facts, String lastRun) implements Page {}
