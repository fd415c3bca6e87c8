-- What a run that simply succeeds writes is kept small. LISTED is what lists look for by state: OPEN while a run waits or is running, null
-- once it has succeeded, else its state. So the way from SCHEDULED through RUNNING to SUCCEEDED changes one entry of one index, at the end.
ALTER TABLE RQ_RUNS ADD COLUMN LISTED VARCHAR(12) GENERATED ALWAYS AS (CASE WHEN STATE IN ('SCHEDULED', 'RUNNING') THEN 'OPEN' WHEN STATE = 'SUCCEEDED' THEN NULL ELSE STATE END);

DROP INDEX IDX_RQ_RUNS_STATE;

CREATE INDEX IDX_RQ_RUNS_LISTED ON RQ_RUNS (LISTED, ID);

UPDATE RQ_CONTROL SET SCHEMA_LEVEL = 7 WHERE ID = 1;
