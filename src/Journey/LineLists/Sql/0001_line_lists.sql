-- Line lists: which row of which list became what, links that wait for their cases, and the imports themselves.

CREATE TABLE list_row (
  owner       text     NOT NULL,   -- county of the case or contact
  list        text     NOT NULL,   -- the list's name; all files of one list share it
  kind        smallint NOT NULL,   -- ListKind: 1 case 2 contact
  row_id      text     NOT NULL,   -- the row's own id in the list
  id          uuid     NOT NULL,   -- made from list, kind and row id: the fact a case stands on
  subject     uuid     NOT NULL,   -- the case or the contact
  person      uuid     NOT NULL,
  said        text     NOT NULL,   -- what the row said of the case, field by field: the next import changes only what the list changed
  person_key  uuid     NOT NULL,   -- keyed hash of what the row said of the person
  exposure_on text,                -- the day of exposure, if the row tells one
  job         uuid     NOT NULL,   -- the import that wrote it last
  row_no      bigint   NOT NULL,   -- its number in that file, the head being row 1
  at          bigint   NOT NULL,
  PRIMARY KEY (owner, list, kind, row_id)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX list_row_named ON list_row (list, kind, row_id);
CREATE INDEX list_row_id ON list_row (id);
CREATE INDEX list_row_subject ON list_row (subject);

CREATE TABLE list_link (
  owner       text     NOT NULL,   -- county of the case that got it; 000000 while nobody knows that case
  list        text     NOT NULL,
  from_id     text     NOT NULL,   -- ids in the list
  to_id       text     NOT NULL,
  source      smallint NOT NULL,   -- LinkSource: 1 a column of the case list 2 a list of links
  state       smallint NOT NULL,   -- ListLinkState
  reason      text,                -- the code of the refusal
  confidence  smallint NOT NULL,   -- LinkConfidence
  situation   text     NOT NULL,
  exposure_on text,
  link        uuid,                -- transmission_link, once it is drawn
  job         uuid     NOT NULL,
  row_no      bigint   NOT NULL,
  at          bigint   NOT NULL,
  PRIMARY KEY (owner, list, from_id, to_id)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX list_link_from ON list_link (list, from_id);
CREATE INDEX list_link_to ON list_link (list, to_id);
CREATE INDEX list_link_waits ON list_link (list, owner) WHERE state = 1;

CREATE TABLE list_import (
  owner       text     NOT NULL,   -- '000000': a file may hold several counties
  id          uuid     NOT NULL,   -- the same as of its import_job
  mapping     text     NOT NULL,
  list        text     NOT NULL,
  kind        smallint NOT NULL,   -- ListKind
  file_name   text     NOT NULL,
  file_hash   text     NOT NULL,   -- of file, mapping and options: the same again goes on
  place       text     NOT NULL,
  dry_run     smallint NOT NULL,
  state       smallint NOT NULL,   -- ImportState
  share       double precision NOT NULL,
  rows        bigint   NOT NULL,   -- judged and committed so far
  accepted    bigint   NOT NULL,
  updated     bigint   NOT NULL,
  had         bigint   NOT NULL,
  refused     bigint   NOT NULL,
  noticed     bigint   NOT NULL,
  parked      bigint   NOT NULL,
  drawn       bigint   NOT NULL,   -- links
  waiting     bigint   NOT NULL,
  refused_links bigint NOT NULL,
  refused_bytes bigint NOT NULL,
  summary     text     NOT NULL,   -- JSON: how often each reason and each notice was given, and the first rows of them
  started_at  bigint   NOT NULL,
  finished_at bigint,
  actor       text     NOT NULL,
  PRIMARY KEY (owner, id)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX list_import_file ON list_import (file_hash);
