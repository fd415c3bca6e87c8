package io.requartz.admin.console;

/** What the navigation leads to. */
enum Section {
    OVERVIEW("/", "Overview", ""),
    RUNS("/runs", "Runs", ""),
    DEAD_LETTERS("/dead-letters", "Dead letters", ""),
    JOB_TYPES("/job-types", "Job types", "What runs"),
    SCHEDULES("/schedules", "Schedules", "What runs"),
    SCOPES("/scopes", "Scopes", "What holds"),
    BULK_ACTIONS("/bulk-actions", "Bulk actions", "What happened");

    private final String href;
    private final String label;
    private final String group;

    Section(String href, String label, String group) {
        this.href = href;
        this.label = label;
        this.group = group;
    }

    String href() {
        return href;
    }

    String label() {
        return label;
    }

    /** The heading that it stands under; empty for the first ones. */
    String group() {
        return group;
    }
}
