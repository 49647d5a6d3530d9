-- Persons that turned out to be one: on what ground, every row that was changed by it as it was before and after, and what somebody has to look at.

CREATE TABLE person_merge (
  owner          text     NOT NULL,   -- county of the row that follows
  id             uuid     NOT NULL,
  loser          uuid     NOT NULL,   -- the row that follows
  survivor       uuid     NOT NULL,
  survivor_owner text     NOT NULL,
  nth            bigint   NOT NULL,   -- among the merges of these persons: they come apart in the opposite order
  state          smallint NOT NULL,   -- MergeState
  score          double precision NOT NULL,
  reasons        text     NOT NULL,   -- as of the pair
  reason         text     NOT NULL,   -- as said by who decided
  changes        bigint   NOT NULL,   -- rows in person_merge_row
  at             bigint   NOT NULL,
  actor          text     NOT NULL,
  undone_at      bigint,
  undone_by      text,
  undone_reason  text,
  PRIMARY KEY (owner, id)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX person_merge_loser ON person_merge (loser, nth);
CREATE INDEX person_merge_survivor ON person_merge (survivor, nth);

CREATE TABLE person_merge_row (       -- what a merge changed, so that it can be undone exactly; written once
  owner      text     NOT NULL,
  merge      uuid     NOT NULL,
  seq        bigint   NOT NULL,
  table_name text     NOT NULL,
  sealed     bytea    NOT NULL,       -- RowChange
  PRIMARY KEY (owner, merge, seq)
) /*sqlite WITHOUT ROWID*/;

CREATE TABLE person_merge_issue (     -- what does not go together, or could not be given back: never dropped, a person settles it
  owner        text     NOT NULL,
  merge        uuid     NOT NULL,
  seq          bigint   NOT NULL,
  kind         text     NOT NULL,     -- MergeIssues
  subject_kind text     NOT NULL,
  subject_id   text     NOT NULL,
  state        smallint NOT NULL,     -- 0 open, 1 settled
  settled_at   bigint,
  settled_by   text,
  note         text,
  PRIMARY KEY (owner, merge, seq)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX person_merge_issue_open ON person_merge_issue (owner, merge) WHERE state = 0;

-- What names a person without being found by it so far.
CREATE INDEX person_merged ON person (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX person_guardian ON person (guardian) WHERE guardian IS NOT NULL;
CREATE INDEX household_head ON household (head) WHERE head IS NOT NULL;
