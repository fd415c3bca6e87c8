package io.requartz.admin.console;

import java.util.List;

record JobTypeListPage(Frame frame, List<JobTypeRow> types) implements Page {}
