-- Registers: the place tree, persons, households, units, staff, imports.
-- Runs on both stores. owner = the 6-digit county that is responsible; '000000' for what stands above county level.
-- ID numbers, phones and old versions of a person are sealed (AES-256-GCM, key per county) and found by a keyed hash (P-17).

CREATE TABLE place (
  owner      text     NOT NULL,
  code       text     NOT NULL,   -- 22 | 2202 | 220204 | 220204001 | 220204001001 | 220204001001.c03.b11.u1.501
  parent     text,
  level      smallint NOT NULL,   -- PlaceLevel
  name       text     NOT NULL,
  name_en    text,
  official   smallint NOT NULL,   -- 1 = GB/T 2260 or NBS code; 0 = development zone or our own unit below a community
  grid       text,                -- the community's grid 网格 that this unit belongs to
  lat        double precision,
  lon        double precision,
  population bigint,              -- census figure, counties only
  valid_from text,
  valid_to   text,
  PRIMARY KEY (owner, code)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX place_code ON place (code);
CREATE INDEX place_parent ON place (parent);

CREATE TABLE place_code_change (
  owner      text NOT NULL,
  old_code   text NOT NULL,
  changed_on text NOT NULL,       -- yyyy or yyyy-MM-dd
  new_code   text NOT NULL,
  note       text,
  PRIMARY KEY (owner, old_code, changed_on)
) /*sqlite WITHOUT ROWID*/;

CREATE TABLE reporting_unit (
  owner      text     NOT NULL,
  code       text     NOT NULL,   -- a place code, or a name of its own where there is none
  name       text     NOT NULL,
  name_en    text,
  parent     text,                -- code of the reporting unit whose total it belongs to
  of_which   smallint NOT NULL,   -- 1 = counted inside its parent and shown beside it (INV-47)
  covers     text     NOT NULL,   -- JSON array of place prefixes; the longest prefix wins among units that are not "of which"
  valid_from text,
  valid_to   text,
  PRIMARY KEY (owner, code)
) /*sqlite WITHOUT ROWID*/;

CREATE TABLE person (
  owner               text     NOT NULL,
  id                  uuid     NOT NULL,
  name                text     NOT NULL,
  name_key            text     NOT NULL,   -- normalised, for search and near-duplicates
  sex                 smallint NOT NULL,   -- GB/T 2261.1: 0 1 2 9
  birth               text,                -- yyyy-MM-dd or yyyy
  residence           text     NOT NULL,   -- the one current residence unit 现住
  household           uuid,
  registered_division text,                -- 户籍
  workplace           text,
  risk_post           text,
  special_groups      bigint   NOT NULL,   -- SpecialGroups bit mask
  guardian            uuid,
  confidence          smallint NOT NULL,   -- 1 verified 2 claimed 3 unknown
  temporary           text,                -- descriptors of a temporary identity (INV-19)
  present_kind        smallint NOT NULL,   -- PresentKind
  present_owner       text     NOT NULL,
  present_place       text,
  present_since       bigint   NOT NULL,
  merged_into         uuid,
  version             bigint   NOT NULL,
  created_at          bigint   NOT NULL,
  source              text     NOT NULL,   -- import:<job> | desk | device | sampling
  PRIMARY KEY (owner, id)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX person_id ON person (id);
CREATE INDEX person_name ON person (owner, name_key, birth);
CREATE INDEX person_residence ON person (owner, residence);
CREATE INDEX person_household ON person (owner, household) WHERE household IS NOT NULL;
CREATE INDEX person_away ON person (present_owner, owner) WHERE present_kind <> 1;

-- What a correction superseded: the whole earlier row, sealed.
CREATE TABLE person_version (
  owner   text   NOT NULL,
  person  uuid   NOT NULL,
  version bigint NOT NULL,
  at      bigint NOT NULL,   -- when it was superseded
  actor   text   NOT NULL,
  reason  text   NOT NULL,
  sealed  bytea  NOT NULL,
  PRIMARY KEY (owner, person, version)
) /*sqlite WITHOUT ROWID*/;

CREATE TABLE person_document (
  owner    text     NOT NULL,
  doc_key  uuid     NOT NULL,
  person   uuid     NOT NULL,
  doc_type smallint NOT NULL,   -- WS 364.3 CV02.01.101
  sealed   bytea    NOT NULL,
  masked   text     NOT NULL,
  PRIMARY KEY (owner, doc_key)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX person_document_key ON person_document (doc_key, person);
CREATE INDEX person_document_person ON person_document (owner, person);
-- Old ID numbers of 15 digits are few: whether there are any decides whether an import has to look for them.
CREATE INDEX person_document_short ON person_document (doc_key) WHERE doc_type = 1 AND length(masked) = 15;

CREATE TABLE person_phone (
  owner     text     NOT NULL,
  person    uuid     NOT NULL,
  phone_key uuid     NOT NULL,   -- shared by a household, never unique (INV-20)
  sealed    bytea    NOT NULL,
  masked    text     NOT NULL,
  relation  smallint NOT NULL,   -- PhoneRelation
  verified  smallint NOT NULL,
  PRIMARY KEY (owner, person, phone_key)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX person_phone_key ON person_phone (phone_key, person);

CREATE TABLE person_stay (
  owner       text     NOT NULL,
  person      uuid     NOT NULL,
  from_at     bigint   NOT NULL,
  to_at       bigint,              -- null: the one open stay
  kind        smallint NOT NULL,   -- PresentKind
  place_owner text     NOT NULL,
  place       text,
  source      text     NOT NULL,
  PRIMARY KEY (owner, person, from_at)
) /*sqlite WITHOUT ROWID*/;

CREATE TABLE household (
  owner      text   NOT NULL,
  id         uuid   NOT NULL,
  unit_code  text   NOT NULL,
  head       uuid,
  phone_key  uuid,
  created_at bigint NOT NULL,
  PRIMARY KEY (owner, id)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX household_unit ON household (owner, unit_code);

CREATE TABLE duplicate_pair (
  owner      text             NOT NULL,
  person_a   uuid             NOT NULL,   -- the one that was there first
  person_b   uuid             NOT NULL,
  score      double precision NOT NULL,
  reasons    text             NOT NULL,   -- comma-separated words: name_birth, phone_name, short_id
  state      smallint         NOT NULL,   -- 1 open 2 same 3 different
  found_at   bigint           NOT NULL,
  decided_by text,
  decided_at bigint,
  reason     text,
  PRIMARY KEY (owner, person_a, person_b)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX duplicate_pair_open ON duplicate_pair (owner, found_at) WHERE state = 1;
CREATE INDEX duplicate_pair_b ON duplicate_pair (owner, person_b);

CREATE TABLE org_unit (
  owner     text     NOT NULL,
  id        uuid     NOT NULL,
  parent    uuid,
  kind      smallint NOT NULL,   -- UnitKind
  name      text     NOT NULL,
  territory text     NOT NULL,   -- place prefix
  state     smallint NOT NULL,   -- UnitState
  PRIMARY KEY (owner, id)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX org_unit_territory ON org_unit (territory, kind);
CREATE INDEX org_unit_id ON org_unit (id);

CREATE TABLE staff (
  owner         text     NOT NULL,
  id            uuid     NOT NULL,
  login         text     NOT NULL,   -- lower case, unique in the deployment
  name          text     NOT NULL,
  password_hash text     NOT NULL,
  unit          uuid     NOT NULL,
  state         smallint NOT NULL,   -- StaffState
  wrong         bigint   NOT NULL,   -- wrong passwords in a row
  locked_until  bigint,
  created_at    bigint   NOT NULL,
  PRIMARY KEY (owner, id)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX staff_login ON staff (login);
CREATE INDEX staff_id ON staff (id);

CREATE TABLE staff_grant (
  owner      text     NOT NULL,
  staff      uuid     NOT NULL,
  role       smallint NOT NULL,
  territory  text     NOT NULL,
  granted_by text     NOT NULL,
  granted_at bigint   NOT NULL,
  PRIMARY KEY (owner, staff, role, territory)
) /*sqlite WITHOUT ROWID*/;

CREATE TABLE staff_session (
  owner      text   NOT NULL,
  token_hash uuid   NOT NULL,   -- first 16 bytes of SHA-256 of the token
  staff      uuid   NOT NULL,
  created_at bigint NOT NULL,
  expires_at bigint NOT NULL,
  ended_at   bigint,
  PRIMARY KEY (owner, token_hash)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX staff_session_token ON staff_session (token_hash);
CREATE INDEX staff_session_staff ON staff_session (owner, staff);

CREATE TABLE import_job (
  owner         text     NOT NULL,   -- '000000': a file may hold several counties
  id            uuid     NOT NULL,
  kind          text     NOT NULL,   -- persons | places
  file_name     text     NOT NULL,
  file_hash     text     NOT NULL,   -- SHA-256, lower hex
  rows          bigint   NOT NULL,   -- rows judged and committed so far; the total when finished
  accepted      bigint   NOT NULL,
  had           bigint   NOT NULL,
  refused       bigint   NOT NULL,
  parked        bigint   NOT NULL,   -- pairs of possible duplicates; their rows are accepted too
  warned        bigint   NOT NULL,   -- rows taken with a warning, such as a historic division prefix
  refused_bytes bigint   NOT NULL,   -- length of FILE.refused.csv at the last commit: a resumed import cuts it there
  started_at    bigint   NOT NULL,
  finished_at   bigint,
  state         smallint NOT NULL,   -- ImportState
  actor         text     NOT NULL,
  PRIMARY KEY (owner, id)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX import_job_file ON import_job (file_hash, kind);
