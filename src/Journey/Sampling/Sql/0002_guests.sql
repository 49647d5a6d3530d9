-- Who is on a round's roster in a county that is not the one of their register: added by name where they work or stay. The duty to be tested
-- stands in that county, and in no other.
CREATE TABLE round_guest (
  round  uuid NOT NULL,
  person uuid NOT NULL,
  owner  text NOT NULL,                -- the county whose roster it is
  PRIMARY KEY (round, person)
) /*sqlite WITHOUT ROWID*/;
