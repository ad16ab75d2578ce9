CREATE VIRTUAL TABLE by_stem USING fts5 (stems, content = 'wording', content_rowid = 'id', tokenize = 'ascii');
CREATE VIRTUAL TABLE by_part USING fts5 (
  words, content = 'wording', content_rowid = 'id', tokenize = 'trigram', detail = none
);
CREATE TRIGGER wording_added AFTER INSERT ON wording BEGIN
  INSERT INTO by_stem (rowid, stems) VALUES (new.id, new.stems);
  INSERT INTO by_part (rowid, words) VALUES (new.id, new.words);
END;
CREATE TRIGGER wording_removed AFTER DELETE ON wording BEGIN
  INSERT INTO by_stem (by_stem, rowid, stems) VALUES ('delete', old.id, old.stems);
  INSERT INTO by_part (by_part, rowid, words) VALUES ('delete', old.id, old.words);
END;
