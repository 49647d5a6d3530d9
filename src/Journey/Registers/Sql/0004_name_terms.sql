-- Under which words a name is found: the name from each of its characters on, its pinyin from each syllable on, its initials; of a Latin name each
-- word on. By name and not by person: there are far fewer.
CREATE TABLE name_term (
  owner    text NOT NULL /*postgres COLLATE "C"*/,
  term     text NOT NULL /*postgres COLLATE "C"*/,
  name_key text NOT NULL /*postgres COLLATE "C"*/,
  PRIMARY KEY (owner, term, name_key)
) /*sqlite WITHOUT ROWID*/;
