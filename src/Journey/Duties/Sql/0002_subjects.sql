-- What was noted about a person follows when the person turns out to be another.
CREATE INDEX duty_evidence_subject ON duty_evidence (subject_id);
