-- The ledger of duties 应: what must be done, to whom or to what, because of what, until when, by whom, and how it ended.
-- SQLite keeps it by row number: its rows are wide, and as the leaves of its own key each of its indexes would carry the whole key.
-- A row is never deleted. Codes are compared byte by byte on both stores, so that a place's subtree is one range.

CREATE TABLE duty (
  owner         text     NOT NULL /*postgres COLLATE "C"*/,   -- county that is responsible
  kind          smallint NOT NULL,   -- DutyKind
  basis_id      text     NOT NULL /*postgres COLLATE "C"*/,   -- the fact that opened it: round, tube, alert ...
  subject_id    uuid     NOT NULL,   -- whom or what it is about
  subject_kind  text     NOT NULL,
  basis_kind    text     NOT NULL,
  protocol      text,                -- id@version under which it was opened
  area          text     NOT NULL /*postgres COLLATE "C"*/,   -- place code, community or finer where it is known
  age_band      smallint NOT NULL,   -- 0 where the subject is no person
  owner_unit    uuid     NOT NULL,   -- who has to do it now; moves up when it is overdue
  opened_at     bigint   NOT NULL,
  due_at        bigint   NOT NULL,
  state         smallint NOT NULL,   -- 0 open, 1 done, 2 waived, 3 withdrawn
  ended_at      bigint,              -- done: when the evidence says that it was done
  ended_by      text,                -- actor, never a name
  evidence_kind text,                -- done: the fact that ended it
  evidence_id   text /*postgres COLLATE "C"*/,
  reason        text,                -- waived, withdrawn
  priority      smallint NOT NULL,   -- 0 ordinary, higher first
  escalation    smallint NOT NULL,   -- how many levels up it has been moved
  note          text,                -- why it was opened, for an addition to a frozen roster
  PRIMARY KEY (owner, kind, basis_id, subject_id)
);
-- Who is missing in a round, and every other list of open duties by place.
CREATE INDEX duty_missing ON duty (owner, kind, basis_id, area, subject_id) WHERE state = 0;
-- Duties with a deadline of their own, and those of a round (kind 1) that moved up. The million of a round are listed by place:
-- two more entries for each of them would make opening and ending a round half as fast.
CREATE INDEX duty_of_unit ON duty (owner, owner_unit, due_at, kind, basis_id, subject_id) WHERE state = 0 AND (kind <> 1 OR escalation > 0);
CREATE INDEX duty_due ON duty (owner, due_at, kind, basis_id, subject_id) WHERE state = 0 AND (kind <> 1 OR escalation > 0);
CREATE INDEX duty_excused ON duty (owner, kind, basis_id, subject_id) WHERE state >= 2;
CREATE INDEX duty_subject ON duty (subject_id);
CREATE INDEX duty_evidence_of ON duty (owner, evidence_kind, evidence_id) WHERE state = 1;

-- Kept by every change of a duty, in the same transaction. `done` counts the late ones too.
CREATE TABLE duty_count (
  owner     text     NOT NULL /*postgres COLLATE "C"*/,
  kind      smallint NOT NULL,
  basis_id  text     NOT NULL /*postgres COLLATE "C"*/,
  area      text     NOT NULL /*postgres COLLATE "C"*/,   -- the community, or the place itself where it stands above one
  age_band  smallint NOT NULL,
  due_at    bigint   NOT NULL,
  open      bigint   NOT NULL,
  done      bigint   NOT NULL,
  done_late bigint   NOT NULL,
  waived    bigint   NOT NULL,
  withdrawn bigint   NOT NULL,
  PRIMARY KEY (owner, kind, basis_id, area, age_band, due_at)
) /*sqlite WITHOUT ROWID*/;

-- Evidence beside the one that ended a duty: more of it (standing 1, takes over when the first falls), or fallen (0).
CREATE TABLE duty_evidence (
  owner         text     NOT NULL /*postgres COLLATE "C"*/,
  kind          smallint NOT NULL,
  basis_id      text     NOT NULL /*postgres COLLATE "C"*/,
  subject_id    uuid     NOT NULL,
  evidence_kind text     NOT NULL,
  evidence_id   text     NOT NULL /*postgres COLLATE "C"*/,
  at            bigint   NOT NULL,   -- when the evidence says that it was done
  standing      smallint NOT NULL,
  PRIMARY KEY (owner, kind, basis_id, subject_id, evidence_kind, evidence_id)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX duty_evidence_by ON duty_evidence (owner, evidence_kind, evidence_id);

-- Facts that do not hold any more. What fell stays fallen: sent again, it opens nothing and ends nothing.
CREATE TABLE duty_fallen (
  owner     text     NOT NULL /*postgres COLLATE "C"*/,
  role      smallint NOT NULL,   -- 1 as a basis, 2 as evidence
  fact_kind text     NOT NULL,
  fact_id   text     NOT NULL /*postgres COLLATE "C"*/,
  at        bigint   NOT NULL,
  actor     text     NOT NULL,
  reason    text,
  PRIMARY KEY (owner, role, fact_kind, fact_id)
) /*sqlite WITHOUT ROWID*/;
