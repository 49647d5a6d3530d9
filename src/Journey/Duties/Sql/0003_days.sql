-- What is due today, by kind and place, without looking at what was due before or will be: the open ones from the ledger, the done ones from
-- the counters. The million of a round (kind 1) are counted by their round.
DROP INDEX duty_due;
CREATE INDEX duty_due ON duty (owner, due_at, kind, basis_id, subject_id, area, escalation, state) WHERE state = 0 AND (kind <> 1 OR escalation > 0);
CREATE INDEX duty_count_due ON duty_count (owner, due_at, kind, area, done) WHERE kind > 1;
