-- Venues, contacts, their tasks, plan proposals and hand-overs. Instants are Unix milliseconds in UTC, days are yyyy-MM-dd.

CREATE TABLE venue (
  owner    text     NOT NULL,
  id       uuid     NOT NULL,
  name     text     NOT NULL,
  name_key text     NOT NULL,         -- normalised, for near-duplicates
  category text     NOT NULL,
  place    text     NOT NULL,         -- place code
  uscc     text,                      -- unified social credit code 统一社会信用代码
  capacity bigint,
  state    smallint NOT NULL,
  PRIMARY KEY (owner, id)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX venue_id ON venue (id);
CREATE INDEX venue_name ON venue (owner, name_key);
CREATE INDEX venue_place ON venue (owner, place);

CREATE TABLE contact (                -- one row for each person and index
  owner         text     NOT NULL,    -- county that has custody
  id            uuid     NOT NULL,
  person        uuid     NOT NULL,
  person_owner  text     NOT NULL,
  index_case    uuid     NOT NULL,
  index_owner   text     NOT NULL,
  index_contact uuid,                 -- of a secondary contact: the close contact it goes through
  kind          smallint NOT NULL,    -- 1 close 2 secondary 3 general
  situation     text     NOT NULL,
  first_exposure bigint,
  last_exposure bigint,
  sources       text     NOT NULL,    -- JSON
  evidence      text     NOT NULL,    -- JSON
  seconds       bigint   NOT NULL,    -- of overlap
  rating        double precision NOT NULL,
  state         smallint NOT NULL,
  protocol      text     NOT NULL,
  plan          text     NOT NULL,    -- JSON
  release_at    bigint,
  proposed_at   bigint   NOT NULL,
  determined_at bigint,
  determined_by text,
  reason        text,
  ended_at      bigint,
  version       bigint   NOT NULL,
  PRIMARY KEY (owner, id)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX contact_id ON contact (id);
CREATE INDEX contact_person ON contact (person);
CREATE INDEX contact_index ON contact (index_case);
CREATE INDEX contact_state ON contact (owner, state, release_at);

CREATE TABLE contact_task (
  owner    text     NOT NULL,
  id       uuid     NOT NULL,
  contact  uuid     NOT NULL,
  person   uuid     NOT NULL,
  kind     smallint NOT NULL,         -- 1 visit 2 test 3 self_check
  day      smallint NOT NULL,
  slot     smallint NOT NULL,
  from_at  bigint   NOT NULL,
  until_at bigint   NOT NULL,
  team     uuid,
  area     text     NOT NULL,
  state    smallint NOT NULL,         -- 0 open 1 done 2 missed 3 withdrawn
  finding  smallint,                  -- 1 seen_ok 2 seen_not_ok 3 not_found 4 not_attempted
  done_at  bigint,
  done_by  text,
  evidence_kind text,
  evidence_id   text,
  note     text,
  PRIMARY KEY (owner, id)
) /*sqlite WITHOUT ROWID*/;
CREATE UNIQUE INDEX contact_task_slot ON contact_task (owner, contact, kind, day, slot);
CREATE INDEX contact_task_open ON contact_task (owner, until_at) WHERE state = 0;

CREATE TABLE plan_proposal (          -- INV-33: a new protocol never changes a stay by itself
  owner        text     NOT NULL,
  id           uuid     NOT NULL,
  contact      uuid     NOT NULL,
  old_protocol text     NOT NULL,
  new_protocol text     NOT NULL,
  old_end      bigint,
  new_end      bigint,
  state        smallint NOT NULL,
  decided_by   text,
  decided_at   bigint,
  reason       text,
  PRIMARY KEY (owner, id)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX plan_proposal_contact ON plan_proposal (owner, contact);

CREATE TABLE handover (
  owner        text     NOT NULL,     -- the sender: keeps the duty until acceptance (INV-38)
  id           uuid     NOT NULL,
  subject_kind text     NOT NULL,     -- case | contact
  subject_id   uuid     NOT NULL,
  to_owner     text     NOT NULL,
  state        smallint NOT NULL,     -- 1 requested 2 accepted 3 refused 4 cancelled
  requested_at bigint   NOT NULL,
  accepted_at  bigint,
  level        smallint NOT NULL,
  reason       text,
  PRIMARY KEY (owner, id)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX handover_subject ON handover (subject_id);
CREATE INDEX handover_to ON handover (to_owner, state);
