-- A run that a bulk action met and could not deal with, and why; at most the first 1,000 of an action.
CREATE TABLE RQ_BULK_REFUSALS (
    ACTION_ID VARCHAR(36) NOT NULL,
    RUN_ID VARCHAR(36) NOT NULL,
    REFUSED_AT BIGINT NOT NULL,
    REASON VARCHAR(2000) NOT NULL,
    PRIMARY KEY (ACTION_ID, RUN_ID)
);

UPDATE RQ_CONTROL SET SCHEMA_LEVEL = 6 WHERE ID = 1;
