-- One row a thing, one a wording; what is searched is derived from the columns of wording, so that a change of a
-- thing can take out of the full-text tables exactly what was put in.
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE thing (
  id INTEGER PRIMARY KEY,
  iri TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  label TEXT NOT NULL,
  said INTEGER NOT NULL -- sessions that say it; 0 for what only the vocabulary knows
);
CREATE TABLE wording (
  id INTEGER PRIMARY KEY,
  thing INTEGER NOT NULL REFERENCES thing,
  kind TEXT NOT NULL, -- of the thing
  text TEXT NOT NULL,
  shown INTEGER NOT NULL, -- 0 for misspellings that are only looked for
  words TEXT NOT NULL, -- folded content words
  stems TEXT NOT NULL
);
CREATE INDEX wording_thing ON wording (thing);
CREATE TABLE vector (
  wording INTEGER PRIMARY KEY,
  kind TEXT NOT NULL, -- of the thing
  value BLOB NOT NULL -- half-precision floats
);
-- Things of the base that count no more, with how many wordings they had, and how many of these each stem.
CREATE TABLE gone (thing INTEGER PRIMARY KEY, wordings INTEGER NOT NULL);
CREATE TABLE gone_stem (stem TEXT PRIMARY KEY, wordings INTEGER NOT NULL) WITHOUT ROWID;
