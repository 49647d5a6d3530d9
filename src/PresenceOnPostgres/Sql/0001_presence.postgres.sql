-- Presence for several nodes: who was where and when. An instant is Unix seconds; a stay that goes on ends at 2^63 - 1. Every row has
-- the county, or the deployment, that is responsible for it.

CREATE TABLE presence_floor (
  owner text   NOT NULL,
  floor bigint NOT NULL,            -- visits that began before are not kept
  PRIMARY KEY (owner)
);

CREATE TABLE presence_id (
  owner   text     NOT NULL,
  kind    smallint NOT NULL,        -- 1 visitor, 2 place
  id      bigint   NOT NULL,        -- dense, from 0 on, never given twice
  outside text,                     -- null where it was erased
  PRIMARY KEY (owner, kind, id),
  UNIQUE (owner, kind, outside)
);

CREATE TABLE presence_visit (
  owner    text     NOT NULL,
  visitor  bigint   NOT NULL,
  place    bigint   NOT NULL,
  enter_at bigint   NOT NULL,
  leave_at bigint   NOT NULL,
  area     integer  NOT NULL,       -- 0: not known
  kind     smallint NOT NULL,       -- of the leave: 0 explicit, 1 inferred, 2 open
  PRIMARY KEY (owner, visitor, enter_at, place, area, leave_at, kind)
);

-- A short stay that overlaps a span began at most 65,535 s before it, so the index is entered by enter; long ones are few.
CREATE INDEX presence_visit_short ON presence_visit (owner, place, enter_at) INCLUDE (leave_at, visitor, area, kind)
  WHERE leave_at - enter_at <= 65535;
CREATE INDEX presence_visit_long ON presence_visit (owner, place) WHERE leave_at - enter_at > 65535;
