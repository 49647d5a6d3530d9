-- Rounds, points and sessions, tubes and boxes, who is in which tube, who holds what, and what does not agree.

CREATE TABLE round (
  owner         text     NOT NULL,
  id            uuid     NOT NULL,
  no            bigint   NOT NULL,
  name          text     NOT NULL,
  disease       text     NOT NULL,
  protocol      text     NOT NULL,     -- id@version in force when it was planned
  scope         text     NOT NULL,     -- JSON array of place prefixes, the latest version
  scope_version smallint NOT NULL,
  window_start  bigint   NOT NULL,
  window_end    bigint   NOT NULL,
  due_at        bigint   NOT NULL,     -- everybody resulted by
  strategy      smallint NOT NULL,     -- 1 A, 2 B
  pool_policy   text     NOT NULL,     -- JSON: risk class to 1, 5, 10, 20 or HOUSEHOLD
  pooled_due_hours   bigint NOT NULL,  -- a sealed tube of several persons is resulted within
  single_due_hours   bigint NOT NULL,  -- a sealed tube of one person is resulted within
  resample_due_hours bigint NOT NULL,  -- a member who must be sampled again is sampled within
  state         smallint NOT NULL,
  created_at    bigint   NOT NULL,
  published_at  bigint,
  closed_at     bigint,
  PRIMARY KEY (owner, id)
);

CREATE TABLE round_scope (
  owner   text     NOT NULL,
  round   uuid     NOT NULL,
  version smallint NOT NULL,
  scope   text     NOT NULL,
  at      bigint   NOT NULL,
  actor   text     NOT NULL,
  reason  text     NOT NULL,
  PRIMARY KEY (owner, round, version)
);

CREATE TABLE round_area_risk (
  owner text     NOT NULL,
  round uuid     NOT NULL,
  area  text     NOT NULL /*postgres COLLATE "C"*/,             -- place prefix
  risk  smallint NOT NULL,
  PRIMARY KEY (owner, round, area)
);

-- What is to be done to the rosters of rounds, in this order. A step of some thousand persons and the mark of how far it
-- got are one transaction, so a server that was killed goes on where it stopped and does nothing twice.
CREATE TABLE roster_work (
  owner     text     NOT NULL,
  seq       bigint   NOT NULL,
  round     uuid     NOT NULL,
  task      smallint NOT NULL,         -- RosterTask
  version   smallint NOT NULL,         -- the version of the scope that it carries out
  exemption uuid,                      -- of an exemption by rule
  actor     text     NOT NULL,         -- who ordered it
  reason    text     NOT NULL,
  due_at    bigint   NOT NULL,         -- of the duties that it opens
  since     bigint   NOT NULL,         -- exempts only who came onto the roster at or after this; 0 for all
  after_id  uuid     NOT NULL,         -- the last person that was looked at
  changed   bigint   NOT NULL,         -- duties opened, waived, withdrawn or reinstated so far
  done      smallint NOT NULL,
  PRIMARY KEY (owner, seq)
);
CREATE INDEX roster_work_open ON roster_work (owner, seq) WHERE done = 0;
CREATE INDEX roster_work_round ON roster_work (owner, round);

-- Who need not come, by rule: a special group or an area, each with its reason.
CREATE TABLE round_exemption (
  owner  text     NOT NULL,
  id     uuid     NOT NULL,
  round  uuid     NOT NULL,
  prefix text     NOT NULL /*postgres COLLATE "C"*/,            -- place prefix that it covers
  groups bigint   NOT NULL,            -- bit mask of special groups; 0 for everybody there
  under_age bigint NOT NULL,           -- younger than this at the window's start; 0 for no limit
  reason text     NOT NULL,
  at     bigint   NOT NULL,
  actor  text     NOT NULL,
  PRIMARY KEY (owner, id)
);

CREATE TABLE sampling_point (
  owner    text     NOT NULL,
  id       uuid     NOT NULL,
  name     text     NOT NULL,
  place    text     NOT NULL,
  desks    bigint   NOT NULL,
  capacity bigint   NOT NULL,          -- persons an hour
  lat      double precision,
  lon      double precision,
  state    smallint NOT NULL,          -- 1 open, 2 closed
  PRIMARY KEY (owner, id)
);

CREATE TABLE sampling_session (
  owner     text     NOT NULL,
  id        uuid     NOT NULL,         -- id of the fact session_opened
  point     uuid,
  round     uuid,
  desk      text     NOT NULL,
  collector text     NOT NULL,         -- staff ids
  registrar text     NOT NULL,
  device    uuid     NOT NULL,
  open_at   bigint,
  close_at  bigint,
  PRIMARY KEY (owner, id)
);
CREATE INDEX sampling_session_point ON sampling_session (owner, point, id);

CREATE TABLE tube (
  owner         text     NOT NULL,
  id            uuid     NOT NULL,     -- id of the fact tube_opened: the same printed code opened twice is two tubes (INV-02)
  code          text     NOT NULL,     -- empty while its opening has not arrived
  round         uuid,
  kind          smallint NOT NULL,     -- 1, 5, 10, 20, 99 household; 0 while its opening has not arrived
  capacity      smallint NOT NULL,
  state         smallint NOT NULL,
  opened_at     bigint,
  opened_by     uuid,                  -- device
  session       uuid,
  sealed_at     bigint,
  seal          text,
  box           uuid,
  boxed_at      bigint,
  count         bigint   NOT NULL,     -- persons in it, voided ones not counted
  conflict      smallint NOT NULL,     -- 1: another tube has the same code; results are held (INV-02)
  priority      smallint NOT NULL,
  lab           uuid,
  received_at   bigint,
  reject_reason smallint NOT NULL,     -- RejectReason; 0 none
  holder        text     NOT NULL,     -- in whose hand: device:…, staff:…, unit:…
  result        uuid,
  alert         uuid,                  -- the alert whose member it re-samples
  updated_at    bigint   NOT NULL,     -- since when it is in its state, corrected time
  PRIMARY KEY (owner, id)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX tube_code ON tube (code);
CREATE INDEX tube_box ON tube (box) WHERE box IS NOT NULL;
CREATE INDEX tube_opener ON tube (opened_by, opened_at);
CREATE INDEX tube_waiting ON tube (owner, round, state, updated_at, count) WHERE state < 9;
CREATE INDEX tube_ended ON tube (owner, round, state, count) WHERE state >= 9;

CREATE TABLE registration (
  owner         text     NOT NULL,
  id            uuid     NOT NULL,     -- id of the fact
  round         uuid,
  person        uuid     NOT NULL,
  person_owner  text     NOT NULL,
  tube          uuid     NOT NULL,
  position      smallint NOT NULL,
  occurred_at   bigint   NOT NULL,
  corrected_at  bigint   NOT NULL,
  specimen      smallint NOT NULL,
  session       uuid,
  device        uuid     NOT NULL,
  id_method     smallint NOT NULL,
  scope_version smallint NOT NULL,     -- the round's scope when the sample was taken (INV-16)
  supplement    smallint NOT NULL,     -- taken outside the window, or reported after the round's end (INV-14)
  duplicate     smallint NOT NULL,     -- the person is in another tube of the round too (INV-01)
  state         smallint NOT NULL,
  void_reason   text,
  result_state  smallint NOT NULL DEFAULT 0,     -- 0 pending, 1 negative, 2 held
  area          text     NOT NULL /*postgres COLLATE "C"*/,     -- community of residence when the sample was taken
  PRIMARY KEY (owner, tube, id)        -- a tube's people lie together; whose id alone is known asks the fact for its tube
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX registration_person ON registration (person, round);

-- What was done to a tube, in its own order; a claim that its state does not allow stands here with a note and moves nothing.
CREATE TABLE tube_event (
  owner      text     NOT NULL,
  tube       uuid     NOT NULL,
  at         bigint   NOT NULL,        -- corrected time
  id         uuid     NOT NULL,        -- the fact's id, or a new one for what the server did
  from_state smallint NOT NULL,
  to_state   smallint NOT NULL,
  fact       uuid,
  actor      text     NOT NULL,
  note       text,                     -- JSON: what the claim said besides
  PRIMARY KEY (owner, tube, at, id)
) /*sqlite WITHOUT ROWID*/;

CREATE TABLE antigen (
  owner       text     NOT NULL,
  id          uuid     NOT NULL,       -- id of the fact
  round       uuid,
  person      uuid     NOT NULL,
  person_owner text    NOT NULL,
  occurred_at bigint   NOT NULL,
  corrected_at bigint  NOT NULL,
  result      smallint NOT NULL,       -- 1 negative, 2 positive, 3 invalid
  kit_lot     text     NOT NULL,
  self        smallint NOT NULL,
  device      uuid     NOT NULL,
  PRIMARY KEY (owner, id)
);
CREATE INDEX antigen_person ON antigen (person);

CREATE TABLE box (
  owner       text     NOT NULL,
  id          uuid     NOT NULL,       -- id of the fact box_opened
  code        text     NOT NULL,
  state       smallint NOT NULL,
  capacity    bigint   NOT NULL,       -- tubes
  opened_at   bigint,
  closed_at   bigint,
  seal        text,
  sent_at     bigint,
  received_at bigint,
  lab         uuid,
  courier     text,
  holder      text     NOT NULL,
  opened_by   uuid,
  sent_by     uuid,                    -- the fact that completed its first hand-over
  conflict    smallint NOT NULL,       -- 1: another box had the same code at the same time
  closed_twice smallint NOT NULL,
  PRIMARY KEY (owner, id)
);
CREATE INDEX box_code ON box (code);

-- A hand-over is complete when both sides have signed; until then the giver holds the thing.
CREATE TABLE custody (
  owner          text   NOT NULL,
  subject_kind   text   NOT NULL,      -- box
  subject_id     uuid   NOT NULL,
  seq            bigint NOT NULL,
  from_holder    text   NOT NULL,
  to_holder      text   NOT NULL,
  at             bigint NOT NULL,
  from_signature text,                 -- actor:proof
  to_signature   text,
  fact           uuid,
  PRIMARY KEY (owner, subject_kind, subject_id, seq)
);

CREATE TABLE discrepancy (
  owner        text     NOT NULL,
  id           uuid     NOT NULL,      -- derived from kind, subject and cause: the same disagreement is one row
  kind         text     NOT NULL,
  subject_kind text     NOT NULL,
  subject_id   uuid     NOT NULL,
  round        uuid,
  found_at     bigint   NOT NULL,
  detail       text     NOT NULL,      -- JSON, never personal data
  state        smallint NOT NULL,      -- 0 open, 1 closed
  closed_at    bigint,
  closed_by    text,
  resolution   text,
  note         text,
  PRIMARY KEY (owner, id)
);
CREATE INDEX discrepancy_open ON discrepancy (owner, round, found_at) WHERE state = 0;
CREATE INDEX discrepancy_subject ON discrepancy (subject_id);

-- Persons sampled at least once in a round, by community; kept in the transaction of the facts, recounted by verify.
CREATE TABLE round_sampled (
  owner   text   NOT NULL,
  round   uuid   NOT NULL,
  area    text   NOT NULL /*postgres COLLATE "C"*/,
  persons bigint NOT NULL,
  PRIMARY KEY (owner, round, area)
) /*sqlite WITHOUT ROWID*/;

-- The figures of a round as they stood at its cut-off (round.closed_at); never written again.
CREATE TABLE round_final (
  owner     text     NOT NULL,
  round     uuid     NOT NULL,
  area      text     NOT NULL /*postgres COLLATE "C"*/,     -- community, or the place itself where it stands above one
  age_band  smallint NOT NULL,
  should    bigint   NOT NULL,         -- opened, less waived and withdrawn
  done      bigint   NOT NULL,
  done_late bigint   NOT NULL,
  open      bigint   NOT NULL,
  waived    bigint   NOT NULL,
  withdrawn bigint   NOT NULL,
  PRIMARY KEY (owner, round, area, age_band)
) /*sqlite WITHOUT ROWID*/;
