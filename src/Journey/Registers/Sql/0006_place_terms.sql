-- Under which words a place is found: its name from each of its characters on, its pinyin from each syllable on, its initials, each word of its English
-- name. Down to compounds; buildings and rooms are found within them. Places that were there before are found by their names as they stand, until they are
-- imported again.
CREATE TABLE place_term (
  owner text     NOT NULL /*postgres COLLATE "C"*/,
  term  text     NOT NULL /*postgres COLLATE "C"*/,
  code  text     NOT NULL /*postgres COLLATE "C"*/,
  level smallint NOT NULL,   -- PlaceLevel
  PRIMARY KEY (owner, term, code)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX place_term_level ON place_term (level, term, code);
INSERT INTO place_term (owner, term, code, level) SELECT owner, lower(replace(name, ' ', '')), code, level FROM place WHERE level <= 6;
