-- What a run that simply succeeds writes is kept small. LISTED is what lists look for by state: OPEN while a run waits or is running, null
-- once it has succeeded, else its state. So the way from SCHEDULED through RUNNING to SUCCEEDED changes one entry of one index, at the end.
-- Keys that most runs do not have cost nothing where they are null, and there is room in a page for the updates that its rows will get.
-- Ids, names and states are compared by their bytes, as on the other databases and whatever the language of this one: it is cheaper, and
-- one order everywhere.
DO $$
DECLARE
    one RECORD;
BEGIN
    FOR one IN
        SELECT table_name, string_agg(format('ALTER COLUMN %I TYPE VARCHAR(%s) COLLATE "C"', column_name, character_maximum_length), ', ') AS changes
        FROM information_schema.columns
        WHERE table_schema = current_schema() AND data_type = 'character varying' AND collation_name IS NULL
            AND (table_name LIKE 'qrtz\_%' OR table_name LIKE 'rq\_%') AND table_name <> 'rq_schema_history'
        GROUP BY table_name
    LOOP
        EXECUTE format('ALTER TABLE %I %s', one.table_name, one.changes);
    END LOOP;
END $$;

ALTER TABLE RQ_RUNS ADD COLUMN LISTED VARCHAR(12) COLLATE "C" GENERATED ALWAYS AS (CASE WHEN STATE IN ('SCHEDULED', 'RUNNING') THEN 'OPEN' WHEN STATE = 'SUCCEEDED' THEN NULL ELSE STATE END) STORED;

DROP INDEX IDX_RQ_RUNS_STATE;

CREATE INDEX IDX_RQ_RUNS_LISTED ON RQ_RUNS (LISTED, ID) WHERE LISTED IS NOT NULL;

ALTER TABLE RQ_RUNS DROP CONSTRAINT UQ_RQ_RUNS_KEY;

CREATE UNIQUE INDEX UQ_RQ_RUNS_KEY ON RQ_RUNS (TYPE, IDEMPOTENCY_KEY) WHERE IDEMPOTENCY_KEY IS NOT NULL;

ALTER TABLE RQ_RUNS DROP CONSTRAINT UQ_RQ_RUNS_OPEN;

CREATE UNIQUE INDEX UQ_RQ_RUNS_OPEN ON RQ_RUNS (OPEN_KEY) WHERE OPEN_KEY IS NOT NULL;

DROP INDEX IDX_RQ_RUNS_SCOPE;

CREATE INDEX IDX_RQ_RUNS_SCOPE ON RQ_RUNS (SCOPE_ID, ID) WHERE SCOPE_ID IS NOT NULL;

ALTER TABLE RQ_RUNS SET (fillfactor = 50);

ALTER TABLE RQ_ATTEMPTS SET (fillfactor = 40);

UPDATE RQ_CONTROL SET SCHEMA_LEVEL = 7 WHERE ID = 1;
