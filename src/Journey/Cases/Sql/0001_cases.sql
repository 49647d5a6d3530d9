-- Cases, their history, investigations, itineraries and transmission links. Instants are Unix milliseconds in UTC, days are yyyy-MM-dd.

CREATE TABLE case_record (
  owner           text     NOT NULL,  -- county that reports it
  id              uuid     NOT NULL,
  no              text     NOT NULL,  -- county, year, running number: 220204-2022-00017
  person          uuid     NOT NULL,
  person_owner    text     NOT NULL,
  disease         text     NOT NULL,
  protocol        text     NOT NULL,  -- id@version that set its deadlines
  class           smallint NOT NULL,  -- CaseClass
  severity        smallint NOT NULL,  -- CaseSeverity
  clinical        smallint NOT NULL,  -- ClinicalState
  onset           text,               -- null: no symptoms, or not known
  onset_about     smallint NOT NULL,  -- 1: the person is not sure of the day
  first_positive_at bigint,           -- when the sample was taken, not when it was read (INV-13)
  found_at        bigint   NOT NULL,
  report_at       bigint,             -- null: not reported yet
  isolated_at     bigint,
  outcome         smallint NOT NULL,  -- CaseOutcome
  outcome_on      text,
  death_on        text,
  discovery       smallint NOT NULL,  -- Discovery
  origin          smallint NOT NULL,  -- CaseOrigin
  report_region   text     NOT NULL,
  onset_region    text     NOT NULL,
  current_region  text     NOT NULL,
  custody         text     NOT NULL,  -- county that has the investigation now; the one that reports it until another accepts (INV-38)
  cluster         uuid,
  opened_by_kind  text     NOT NULL,  -- the fact it stands on: result, report, import_row, handover
  opened_by_id    text     NOT NULL,
  outside_no      text,               -- its number in the file it came from
  reported_by     text,
  reviewed_at     bigint,
  reviewed_by     text,
  contacts_asked_at bigint,           -- null: an open tail 链尾
  contacts_asked_by text,
  source_state    smallint NOT NULL,  -- SourceState
  source_reason   text,
  flags           text     NOT NULL DEFAULT '',  -- why somebody has to look at it again, words with blanks between; empty: nothing
  investigation   smallint NOT NULL DEFAULT 1,  -- InvestigationState
  opened_at       bigint   NOT NULL,
  version         bigint   NOT NULL,
  PRIMARY KEY (owner, id)
) /*sqlite WITHOUT ROWID*/;
CREATE UNIQUE INDEX case_record_no ON case_record (owner, no);
CREATE UNIQUE INDEX case_record_basis ON case_record (owner, opened_by_kind, opened_by_id, disease);
CREATE INDEX case_record_id ON case_record (id);
CREATE INDEX case_record_person ON case_record (person, disease);
CREATE INDEX case_record_custody ON case_record (custody, found_at) WHERE custody <> owner;
CREATE INDEX case_record_found ON case_record (owner, found_at, id);
CREATE INDEX case_record_outside ON case_record (owner, disease, outside_no) WHERE outside_no IS NOT NULL;

CREATE TABLE case_counter (
  owner text   NOT NULL,
  year  bigint NOT NULL,
  last  bigint NOT NULL,
  PRIMARY KEY (owner, year)
) /*sqlite WITHOUT ROWID*/;

CREATE TABLE case_change (            -- history of every field that counts
  owner     text   NOT NULL,
  case_id   uuid   NOT NULL,
  seq       bigint NOT NULL,          -- 1000 times the case's version that the change made, and the place of the field in it
  at        bigint NOT NULL,
  actor     text   NOT NULL,
  field     text   NOT NULL,
  old_value text,
  new_value text,
  reason    text,
  PRIMARY KEY (owner, case_id, seq)
) /*sqlite WITHOUT ROWID*/;

CREATE TABLE case_finding (           -- what is known for the classification: symptoms, exposures, laboratory
  owner   text     NOT NULL,
  case_id uuid     NOT NULL,
  finding text     NOT NULL,          -- as the protocol's classification names it
  holds   smallint NOT NULL,          -- 0 was looked for and is not there
  on_day  text,
  at      bigint   NOT NULL,
  actor   text     NOT NULL,
  PRIMARY KEY (owner, case_id, finding)
) /*sqlite WITHOUT ROWID*/;

CREATE TABLE re_positive (            -- 复阳: never a new case (INV-34)
  owner       text   NOT NULL,
  case_id     uuid   NOT NULL,
  at          bigint NOT NULL,
  sample_kind text   NOT NULL,
  sample_id   text   NOT NULL,
  note        text,
  PRIMARY KEY (owner, case_id, at)
) /*sqlite WITHOUT ROWID*/;

CREATE TABLE cluster (
  owner text     NOT NULL,
  id    uuid     NOT NULL,
  name  text     NOT NULL,
  kind  smallint NOT NULL,            -- ClusterKind
  place text,
  note  text,
  PRIMARY KEY (owner, id)
) /*sqlite WITHOUT ROWID*/;

CREATE TABLE investigation (
  owner        text     NOT NULL,
  id           uuid     NOT NULL,
  case_id      uuid     NOT NULL,
  state        smallint NOT NULL,     -- InvestigationState
  assignee     uuid,
  assigned_at  bigint   NOT NULL,
  contacted_at bigint,
  core_at      bigint,
  full_at      bigint,
  reviewed_at  bigint,
  reviewed_by  text,
  reopened_at  bigint,
  version      bigint   NOT NULL,
  PRIMARY KEY (owner, id)
) /*sqlite WITHOUT ROWID*/;
CREATE UNIQUE INDEX investigation_case ON investigation (owner, case_id);
CREATE INDEX investigation_assignee ON investigation (owner, assignee);

CREATE TABLE itinerary_item (
  owner       text     NOT NULL,
  id          uuid     NOT NULL,
  case_id     uuid     NOT NULL,
  seq         bigint   NOT NULL,
  on_day      text     NOT NULL,
  from_at     bigint,                 -- null: only the part of the day is known
  to_at       bigint,
  about       smallint NOT NULL,      -- 1: the times are about right
  day_part    smallint NOT NULL,      -- DayPart
  place       text,                   -- place code
  venue       uuid,
  place_text  text     NOT NULL,      -- as it was said
  sub_area    text,
  activity    text,
  transport   smallint NOT NULL,      -- TransportKind
  vehicle_no  text,
  coach       text,
  seat_row    text,
  seat        text,
  protection  smallint NOT NULL,      -- Protection
  closed_loop smallint NOT NULL,      -- LoopState 闭环
  source      smallint NOT NULL,      -- ItinerarySource
  words_from  bigint,                 -- the words it stands on, counted in characters of the text
  words_to    bigint,
  text_id     uuid,
  state       smallint NOT NULL,      -- ItemState
  replaces    uuid,                   -- the item that this one corrects
  at          bigint   NOT NULL,
  actor       text     NOT NULL,
  reason      text,                   -- why it was corrected or withdrawn
  PRIMARY KEY (owner, id)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX itinerary_item_case ON itinerary_item (owner, case_id, on_day);
CREATE INDEX itinerary_item_place ON itinerary_item (place, on_day) WHERE place IS NOT NULL;
CREATE INDEX itinerary_item_venue ON itinerary_item (venue, on_day) WHERE venue IS NOT NULL;

CREATE TABLE itinerary_text (         -- the text that stays were read from
  owner   text   NOT NULL,
  id      uuid   NOT NULL,
  case_id uuid   NOT NULL,
  body    bytea  NOT NULL,            -- sealed
  at      bigint NOT NULL,
  actor   text   NOT NULL,
  PRIMARY KEY (owner, id)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX itinerary_text_case ON itinerary_text (owner, case_id);

CREATE TABLE itinerary_unread (       -- what was not understood is never dropped
  owner      text   NOT NULL,
  text_id    uuid   NOT NULL,
  seq        bigint NOT NULL,
  words_from bigint NOT NULL,
  words_to   bigint NOT NULL,
  reason     text   NOT NULL,
  PRIMARY KEY (owner, text_id, seq)
) /*sqlite WITHOUT ROWID*/;

CREATE TABLE transmission_link (
  owner       text     NOT NULL,      -- as the infected case's
  id          uuid     NOT NULL,
  from_case   uuid     NOT NULL,      -- who passed it on
  from_owner  text     NOT NULL,
  to_case     uuid     NOT NULL,      -- who got it
  to_owner    text     NOT NULL,
  confidence  smallint NOT NULL,      -- LinkConfidence
  situation   text     NOT NULL,
  exposure_on text,
  basis       text     NOT NULL,
  state       smallint NOT NULL,      -- LinkState
  reason      text,
  at          bigint   NOT NULL,
  actor       text     NOT NULL,
  PRIMARY KEY (owner, id)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX transmission_link_to ON transmission_link (to_case);
CREATE INDEX transmission_link_from ON transmission_link (from_case);
