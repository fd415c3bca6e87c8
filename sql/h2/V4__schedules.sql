-- When each schedule is due next. TIMING is what the time was computed from: a changed definition begins anew from its change.
-- NEXT_FIRE_AT is null while it is paused, retired or over.
CREATE TABLE RQ_SCHEDULES (
    NAME VARCHAR(100) NOT NULL,
    TIMING VARCHAR(1048576) NOT NULL,
    NEXT_FIRE_AT BIGINT,
    LAST_FIRE_AT BIGINT,
    PRIMARY KEY (NAME)
);

CREATE INDEX IDX_RQ_SCHEDULES_DUE ON RQ_SCHEDULES (NEXT_FIRE_AT);

-- What became of each time and matrix cell: a run, or why not. CELL is empty without a matrix, and for all cells of a missed time.
-- TIMES counts what is not kept one by one. MAY_BE_OPEN until somebody has seen that the run is settled.
CREATE TABLE RQ_SCHEDULE_FIRES (
    SCHEDULE VARCHAR(100) NOT NULL,
    FIRE_TIME BIGINT NOT NULL,
    CELL VARCHAR(200) NOT NULL,
    HANDLED_AT BIGINT NOT NULL,
    MANUAL BOOLEAN NOT NULL,
    RUN_ID VARCHAR(36),
    SKIPPED VARCHAR(20),
    WHY VARCHAR(500),
    TIMES BIGINT NOT NULL,
    MAY_BE_OPEN BOOLEAN NOT NULL,
    PRIMARY KEY (SCHEDULE, FIRE_TIME, CELL)
);

CREATE INDEX IDX_RQ_FIRES_OPEN ON RQ_SCHEDULE_FIRES (SCHEDULE, MAY_BE_OPEN);

UPDATE RQ_CONTROL SET SCHEMA_LEVEL = 4, OLDEST_CODE = 4 WHERE ID = 1;
