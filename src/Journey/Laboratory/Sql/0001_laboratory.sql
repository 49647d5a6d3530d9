-- Laboratories, assays, plates, runs, results and pool alerts. Instants are Unix milliseconds in UTC.

CREATE TABLE laboratory (
  owner          text     NOT NULL,   -- county in which it works
  id             uuid     NOT NULL,
  unit           uuid     NOT NULL,   -- org_unit whose staff works in it
  name           text     NOT NULL,
  uscc           text     NOT NULL,   -- unified social credit code 统一社会信用代码
  licence        text     NOT NULL,
  rated_capacity text     NOT NULL,   -- JSON: tubes per day for each tube kind: {"1":2000,"10":20000,"99":500}
  state          smallint NOT NULL,   -- 1 working 2 suspended
  PRIMARY KEY (owner, id)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX laboratory_id ON laboratory (id);

CREATE TABLE laboratory_operator (
  owner    text   NOT NULL,
  lab      uuid   NOT NULL,
  from_at  bigint NOT NULL,
  to_at    bigint,                    -- null: runs it now
  operator text   NOT NULL,           -- the firm or hospital that runs it
  note     text   NOT NULL,
  PRIMARY KEY (owner, lab, from_at)
) /*sqlite WITHOUT ROWID*/;

CREATE TABLE assay (
  owner      text   NOT NULL,
  id         text   NOT NULL,
  version    bigint NOT NULL,
  name       text   NOT NULL,
  kit        text   NOT NULL,
  definition text   NOT NULL,         -- JSON: genes, cut-off, grey zone, internal control, controls
  least_minutes bigint NOT NULL,      -- the shortest time in which it can run; 0 = not stated (INV-06)
  created_at bigint NOT NULL,
  PRIMARY KEY (owner, id, version)
) /*sqlite WITHOUT ROWID*/;

CREATE TABLE plate_layout (
  owner       text   NOT NULL,
  id          uuid   NOT NULL,
  lab         uuid   NOT NULL,
  name        text   NOT NULL,
  wells       text   NOT NULL,        -- JSON: {"A1":{"tube":"…"},"H12":{"role":"negative"}}
  imported_at bigint NOT NULL,
  PRIMARY KEY (owner, id)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX plate_layout_name ON plate_layout (owner, lab, name);

CREATE TABLE run (
  owner         text     NOT NULL,
  id            uuid     NOT NULL,
  lab           uuid     NOT NULL,
  assay         text     NOT NULL,
  assay_version bigint   NOT NULL,
  assay_owner   text     NOT NULL,
  round         uuid,                 -- null: tubes of any round
  file_name     text     NOT NULL,
  file_hash     text     NOT NULL,    -- SHA-256 of the file, lower hex; with the plate it says "already had"
  instrument    text,
  serial        text,
  plate         text     NOT NULL,
  layout        uuid,
  state         smallint NOT NULL,
  loaded_at     bigint   NOT NULL,
  loaded_by     text     NOT NULL,
  started_at    bigint,               -- as the instrument says
  amplified_at  bigint   NOT NULL,    -- end of the amplification; without one, when the file came
  control_note  text,
  reviewed1_by  text,
  reviewed1_at  bigint,
  reviewed2_by  text,
  reviewed2_at  bigint,
  released_at   bigint,
  released_by   text,
  integrity     text,                 -- JSON: alarms of INV-06 with their wells; null when there is none
  kinds         text     NOT NULL,    -- JSON: tube kind → tubes
  tubes         bigint   NOT NULL,    -- wells that became results
  refused       bigint   NOT NULL,    -- wells that did not, each in run_refusal
  PRIMARY KEY (owner, id)
) /*sqlite WITHOUT ROWID*/;
-- The same file again is "already had"; after its run was invalidated it may be loaded again, with another layout.
CREATE UNIQUE INDEX run_file ON run (owner, lab, file_hash, plate) WHERE state <> 4;
CREATE INDEX run_lab ON run (owner, lab, amplified_at);

CREATE TABLE run_well (
  owner  text     NOT NULL,
  run    uuid     NOT NULL,
  well   text     NOT NULL,
  target text     NOT NULL,
  sample text     NOT NULL,           -- as printed in the file
  task   text     NOT NULL,
  role   smallint NOT NULL,           -- WellRole
  ct     double precision,            -- null where the instrument determined none
  reading smallint NOT NULL,          -- CtReading: a blank is not "none found"
  tube   uuid,
  raw    text,                        -- the instrument's own remark
  PRIMARY KEY (owner, run, well, target)
) /*sqlite WITHOUT ROWID*/;

CREATE TABLE run_refusal (
  owner    text   NOT NULL,
  run      uuid   NOT NULL,
  seq      bigint NOT NULL,
  well     text   NOT NULL,
  place    text   NOT NULL,           -- line of the file, or the well again
  code     text   NOT NULL,
  sentence text   NOT NULL,
  chinese  text   NOT NULL,
  PRIMARY KEY (owner, run, seq)
) /*sqlite WITHOUT ROWID*/;

CREATE TABLE result (
  owner       text     NOT NULL,      -- as the tube's: the county whose round it belongs to
  id          uuid     NOT NULL,
  tube        uuid     NOT NULL,
  run         uuid     NOT NULL,
  version     bigint   NOT NULL,
  call        smallint NOT NULL,      -- Call
  ct          text     NOT NULL,      -- JSON gene → Ct; null where none was determined
  state       smallint NOT NULL,      -- 1 preliminary 2 released 3 amended 4 withdrawn
  reported_at bigint   NOT NULL,
  released_at bigint,
  supersedes  uuid,
  reason      text,
  verified    smallint NOT NULL,      -- 0: an integrity alarm stands, not released (INV-06)
  alarm       text,                   -- why it is not verified
  PRIMARY KEY (owner, id)
) /*sqlite WITHOUT ROWID*/;
CREATE UNIQUE INDEX result_version ON result (owner, tube, run, version);
CREATE INDEX result_run ON result (run, version);

CREATE TABLE result_action (          -- INV-12: what was done under a version that no longer holds
  owner        text   NOT NULL,
  result       uuid   NOT NULL,
  subject_kind text   NOT NULL,
  subject_id   text   NOT NULL,
  action       text   NOT NULL,
  listed_at    bigint NOT NULL,
  undo         text   NOT NULL,       -- what follows: reopened | review
  PRIMARY KEY (owner, result, subject_kind, subject_id, action)
) /*sqlite WITHOUT ROWID*/;

CREATE TABLE pool_alert (
  owner        text     NOT NULL,     -- as the tube's
  id           uuid     NOT NULL,
  tube         uuid     NOT NULL,
  round        uuid,                  -- null: a tube of no round, as of a contact's test day
  disease      text     NOT NULL,
  result       uuid,                  -- null: raised before any result was loaded
  state        smallint NOT NULL,
  raised_at    bigint   NOT NULL,
  raised_by    text     NOT NULL,
  ack_at       bigint,
  ack_by       text,
  held_at      bigint,
  resampled_at bigint,
  decided_at   bigint,
  closed_at    bigint,
  closed_by    text,
  team         uuid     NOT NULL,
  reason       text,
  protocol     text     NOT NULL,
  ack_due      bigint   NOT NULL,     -- a deadline on every arrow
  hold_due     bigint   NOT NULL,
  resample_due bigint   NOT NULL,
  decide_due   bigint   NOT NULL,
  PRIMARY KEY (owner, id)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX pool_alert_tube ON pool_alert (tube, owner);
CREATE INDEX pool_alert_open ON pool_alert (owner, id) WHERE state < 8;

CREATE TABLE pool_alert_member (
  owner           text     NOT NULL,
  alert           uuid     NOT NULL,
  person          uuid     NOT NULL,
  person_owner    text     NOT NULL,
  present_owner   text     NOT NULL,  -- county that holds the member: where they are, not where they were sampled
  present_place   text     NOT NULL,
  present_kind    smallint NOT NULL,
  registration    uuid,               -- null: of the household, and in no tube of it (INV-17)
  held_at         bigint,
  held_by         text,
  resample_tube   uuid,
  resample_at     bigint,
  resample2_tube  uuid,
  resample2_at    bigint,
  outcome         smallint NOT NULL,  -- 0 open 1 cleared 2 confirmed 3 dead 4 left 5 unresolved
  outcome_at      bigint,
  outcome_by      text,
  note            text,
  PRIMARY KEY (owner, alert, person)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX pool_alert_member_person ON pool_alert_member (person);
CREATE INDEX pool_alert_member_resample ON pool_alert_member (resample_tube) WHERE resample_tube IS NOT NULL;
CREATE INDEX pool_alert_member_resample2 ON pool_alert_member (resample2_tube) WHERE resample2_tube IS NOT NULL;
