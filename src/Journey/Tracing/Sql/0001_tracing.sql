-- Venues, rosters, contacts, their tasks, decisions, plan proposals and hand-overs. Instants are Unix milliseconds in UTC, days are yyyy-MM-dd.

CREATE TABLE venue (
  owner    text     NOT NULL,
  id       uuid     NOT NULL,         -- a function of name and place, so that every file names the same one
  name     text     NOT NULL,
  name_key text     NOT NULL,         -- normalised, for near-duplicates
  outside_no text,                    -- its id in the files that name it
  category text     NOT NULL,
  place    text     NOT NULL,         -- place code
  uscc     text,                      -- unified social credit code 统一社会信用代码
  capacity bigint,
  state    smallint NOT NULL,         -- VenueState
  created_at bigint NOT NULL,
  PRIMARY KEY (owner, id)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX venue_id ON venue (id);
CREATE INDEX venue_name ON venue (name_key, place);
CREATE INDEX venue_outside ON venue (outside_no) WHERE outside_no IS NOT NULL;
CREATE INDEX venue_place ON venue (owner, place);

CREATE TABLE roster (                 -- who was together by a list 名册: a class, a ward, a shift, a tour, a vehicle
  owner    text     NOT NULL,
  id       uuid     NOT NULL,         -- a function of kind, name and begin
  kind     smallint NOT NULL,         -- RosterKind
  name     text     NOT NULL,
  name_key text     NOT NULL,
  place    text,
  vehicle  smallint NOT NULL,         -- VehicleKind; 0: no vehicle
  from_at  bigint   NOT NULL,
  to_at    bigint   NOT NULL,
  PRIMARY KEY (owner, id)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX roster_id ON roster (id);
CREATE INDEX roster_name ON roster (name_key, from_at);

CREATE TABLE roster_member (
  owner    text     NOT NULL,
  roster   uuid     NOT NULL,
  person   uuid     NOT NULL,
  coach    text,
  seat_row bigint,
  seat     text,
  crew     smallint NOT NULL,
  PRIMARY KEY (owner, roster, person)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX roster_member_person ON roster_member (person, roster);

CREATE TABLE contact (                -- one row for each person, index and ring
  owner         text     NOT NULL,    -- county of the index: it keeps the duty until another accepts (INV-38)
  id            uuid     NOT NULL,    -- a function of index, person and ring: proposing again finds the same
  person        uuid     NOT NULL,
  person_owner  text     NOT NULL,
  area          text     NOT NULL /*postgres COLLATE "C"*/,    -- where the person is followed: in the county that has custody
  index_case    uuid     NOT NULL,
  index_owner   text     NOT NULL,
  index_contact uuid,                 -- of a secondary contact: the close contact it goes through
  ring          smallint NOT NULL,    -- 1 met the case, 2 met a contact
  kind          smallint NOT NULL,    -- ContactKind
  situation     text     NOT NULL,
  first_exposure bigint  NOT NULL,
  last_exposure bigint   NOT NULL,
  sources       text     NOT NULL,    -- comma-separated words: visit, household, room, queue, roster, vehicle, itinerary, statement
  evidence      text     NOT NULL,    -- JSON: ContactEvidence
  seconds       bigint   NOT NULL,    -- together, by scans
  rating        double precision NOT NULL,
  state         smallint NOT NULL,    -- ContactState
  before_state  smallint,             -- what it was before a fact ended it
  ended_by      text,                 -- that fact: case/…
  flag          text,                 -- why somebody has to look at it again: outside_window, longer_exposure
  protocol      text     NOT NULL,    -- id@version that proposed it; from the decision on, that of its plan
  plan          text,                 -- JSON: ContactPlan; null until it is decided
  release_at    bigint,               -- the end of its plan
  team          uuid,
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
CREATE INDEX contact_case ON contact (index_case, state, rating, id);
CREATE INDEX contact_via ON contact (index_contact) WHERE index_contact IS NOT NULL;
CREATE INDEX contact_state ON contact (substr(area, 1, 6), state, id);
CREATE INDEX contact_area ON contact (area, id) WHERE state IN (2, 3, 4, 5, 6, 13, 15);
CREATE INDEX contact_flag ON contact (substr(area, 1, 6), id) WHERE flag IS NOT NULL;

CREATE TABLE contact_change (         -- every move of a contact, with who, when and why
  owner   text     NOT NULL,
  contact uuid     NOT NULL,
  version bigint   NOT NULL,
  at      bigint   NOT NULL,
  actor   text     NOT NULL,
  from_state smallint NOT NULL,
  to_state   smallint NOT NULL,
  last_exposure bigint NOT NULL,
  release_at bigint,
  protocol text    NOT NULL,
  basis   text,                       -- the fact that moved it: case/…, plan_proposal/…
  reason  text,
  PRIMARY KEY (owner, contact, version)
) /*sqlite WITHOUT ROWID*/;

CREATE TABLE contact_task (
  owner    text     NOT NULL,         -- as the contact's
  id       uuid     NOT NULL,         -- a function of contact, kind, day and slot
  contact  uuid     NOT NULL,
  person   uuid     NOT NULL,
  kind     smallint NOT NULL,         -- TaskKind
  day      smallint NOT NULL,
  slot     smallint NOT NULL,
  from_at  bigint   NOT NULL,
  until_at bigint   NOT NULL,
  team     uuid     NOT NULL,
  area     text     NOT NULL /*postgres COLLATE "C"*/,
  state    smallint NOT NULL,         -- TaskState
  finding  smallint NOT NULL,         -- Finding; 0 none yet
  late     smallint NOT NULL,         -- 1: done after its time
  done_at  bigint,
  done_by  text,
  evidence_kind text,
  evidence_id   text,
  note     text,
  PRIMARY KEY (owner, id)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX contact_task_id ON contact_task (id);
CREATE INDEX contact_task_contact ON contact_task (contact, day, slot);
CREATE INDEX contact_task_open ON contact_task (team, from_at, id) WHERE state = 0;
CREATE INDEX contact_task_person ON contact_task (person) WHERE state = 0;

CREATE TABLE release_decision (       -- 解除决定: never changed
  owner     text   NOT NULL,
  id        uuid   NOT NULL,
  contact   uuid   NOT NULL,
  person    uuid   NOT NULL,
  at        bigint NOT NULL,
  actor     text   NOT NULL,
  protocol  text   NOT NULL,
  checklist text   NOT NULL,          -- JSON: every line with its evidence
  PRIMARY KEY (owner, id)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX release_decision_contact ON release_decision (contact);

CREATE TABLE plan_proposal (          -- INV-33: a new protocol never changes a stay by itself
  owner        text     NOT NULL,
  id           uuid     NOT NULL,
  contact      uuid     NOT NULL,
  old_protocol text     NOT NULL,
  new_protocol text     NOT NULL,
  old_plan     text     NOT NULL,     -- JSON: so that it can be taken back
  new_plan     text     NOT NULL,
  old_end      bigint   NOT NULL,
  new_end      bigint   NOT NULL,
  state        smallint NOT NULL,     -- PlanProposalState
  proposed_at  bigint   NOT NULL,
  decided_by   text,
  decided_at   bigint,
  reason       text,
  PRIMARY KEY (owner, id)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX plan_proposal_contact ON plan_proposal (contact);
CREATE INDEX plan_proposal_open ON plan_proposal (owner, id) WHERE state = 1;

CREATE TABLE trace_work (             -- a case whose contacts are to be looked at again, and why
  owner     text   NOT NULL,
  id        uuid   NOT NULL,
  case_id   uuid   NOT NULL,
  why       text   NOT NULL,          -- case_opened | case_isolated | onset_corrected | case_reclassified:FROM:TO | itinerary
  wanted_at bigint NOT NULL,
  done_at   bigint,
  note      text,                     -- what came of it: the code of a refusal, or nothing
  PRIMARY KEY (owner, id)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX trace_work_open ON trace_work (wanted_at, id) WHERE done_at IS NULL;

CREATE TABLE handover (                -- of a person from county to county 移交; the sender keeps the duty until acceptance (INV-38)
  owner        text     NOT NULL,     -- the sender
  id           uuid     NOT NULL,
  subject_kind smallint NOT NULL,     -- HandoverSubject
  subject_id   uuid     NOT NULL,
  person       uuid     NOT NULL,
  disease      text     NOT NULL,
  to_owner     text     NOT NULL,     -- the receiver
  place        text     NOT NULL,     -- where the person is there
  outside      smallint NOT NULL,     -- 1: no unit of this deployment answers for that county
  state        smallint NOT NULL,     -- HandoverState
  level        smallint NOT NULL,     -- how many of the time-outs have passed
  late_at      bigint,                -- when the next one passes; null: none is left
  requested_at bigint   NOT NULL,
  requested_by text     NOT NULL,
  reason       text,
  decided_at   bigint,
  decided_by   text,
  answer       text,                  -- why it was refused or cancelled, or under which number another system accepted it
  version      bigint   NOT NULL,
  PRIMARY KEY (owner, id)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX handover_id ON handover (id);
CREATE INDEX handover_subject ON handover (subject_id);
CREATE INDEX handover_person ON handover (person);
CREATE INDEX handover_to ON handover (to_owner, state, id);
CREATE INDEX handover_late ON handover (late_at) WHERE state = 1 AND late_at IS NOT NULL;
