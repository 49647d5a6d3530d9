-- The ground of every module: what happened (trail), what others must hear (outbox), who looked (access_log).
-- Runs on both stores: type names are PostgreSQL's, and SQLite takes them. Instants are Unix milliseconds in UTC.

CREATE TABLE trail (
  owner        text     NOT NULL,   -- county that is responsible, 6 digits (GB/T 2260 or reporting unit)
  id           uuid     NOT NULL,   -- UUID v7
  at           bigint   NOT NULL,
  actor        text     NOT NULL,   -- system | staff:… | device:…
  action       text     NOT NULL,   -- the use case: seal_tube
  subject_kind text     NOT NULL,
  subject_id   text     NOT NULL,
  basis_kind   text,                -- the fact that it was done on
  basis_id     text,
  protocol     text,                -- id@version under which it was decided
  code         text     NOT NULL,   -- version of the program
  detail       text,                -- JSON, never personal data
  PRIMARY KEY (owner, id)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX trail_subject ON trail (subject_id, subject_kind);

CREATE TABLE outbox (
  owner   text     NOT NULL,
  id      uuid     NOT NULL,
  at      bigint   NOT NULL,
  kind    text     NOT NULL,
  body    text     NOT NULL,
  pending smallint NOT NULL,        -- 1 until every subscriber has handled it
  PRIMARY KEY (owner, id)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX outbox_pending ON outbox (id) WHERE pending = 1;

CREATE TABLE outbox_delivery (
  owner      text   NOT NULL,
  event_id   uuid   NOT NULL,
  subscriber text   NOT NULL,
  at         bigint NOT NULL,
  PRIMARY KEY (owner, event_id, subscriber)
) /*sqlite WITHOUT ROWID*/;

CREATE TABLE access_log (
  owner        text     NOT NULL,
  seq          bigint   NOT NULL,   -- 1, 2, 3 … without a gap within an owner
  at           bigint   NOT NULL,
  actor        text     NOT NULL,
  purpose      smallint NOT NULL,
  action       text     NOT NULL,   -- view | search | export
  subject_kind text     NOT NULL,
  subject_id   text     NOT NULL,
  fields       text     NOT NULL,   -- which fields were shown
  hash         text     NOT NULL,   -- SHA-256 over the row and the hash before it: a changed or missing row shows
  PRIMARY KEY (owner, seq)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX access_log_subject ON access_log (subject_id, subject_kind);
