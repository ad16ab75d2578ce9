// From the Turtle of leviers to the graph that « leviers publish » writes, through neosemantics (n10s) 5.x.
// Untested: the plugin is in no package registry. 1. leviers export --format ttl -o graphe.ttl
// 2. put the address of that file in n10s.rdf.import.fetch below  3. cypher-shell -f this file, in an empty database

// What n10s itself asks for.
CREATE CONSTRAINT n10s_unique_uri IF NOT EXISTS FOR (r:Resource) REQUIRE r.uri IS UNIQUE;
CALL n10s.graphconfig.init({handleVocabUris: 'MAP', handleRDFTypes: 'LABELS', handleMultival: 'ARRAY',
  multivalPropList: [$several]});

$prefixes

$mappings

CALL n10s.rdf.import.fetch('file:///graphe.ttl', 'Turtle', {languageFilter: 'fr'});

// The constraints of leviers.
$schema

// Names: id and iri beside the uri, and the mark that the canned queries look for.
MATCH (n:Resource) WHERE n.uri STARTS WITH '$things' AND any(label IN labels(n) WHERE label IN [$classes])
CALL (n) { SET n.iri = n.uri, n.id = substring(n.uri, $length) SET n:Leviers } IN TRANSACTIONS OF 5000 ROWS;
MATCH (n:$actors) CALL (n) { SET n:Actor } IN TRANSACTIONS OF 5000 ROWS;

// What a replaced identifier leads to.
MATCH (n:Resource)-[:IS_REPLACED_BY]->() WHERE NOT n:Leviers
CALL (n) { SET n.iri = n.uri, n.id = substring(n.uri, $length) SET n:Leviers:Concept } IN TRANSACTIONS OF 5000 ROWS;

// The kind of a mention is a word, and its words stand on it.
MATCH (m:Mention)-[r:kind]->(class) CALL (m, r, class) {
  SET m.kind = toLower(substring(class.uri, size('$ontology'))) DELETE r
} IN TRANSACTIONS OF 5000 ROWS;
MATCH (m:Mention|Participation)-[:hasTarget]->()-[:hasSelector]->(s) CALL (m, s) {
  SET m.quote = coalesce(s.quote, m.quote), m.start = coalesce(s.start, m.start), m.end = coalesce(s.end, m.end)
} IN TRANSACTIONS OF 5000 ROWS;
MATCH (:Mention|Participation)-[:hasTarget]->(t)-[:hasSelector]->(s) CALL (t, s) {
  DETACH DELETE s, t
} IN TRANSACTIONS OF 5000 ROWS;

// A node for each search key.
MATCH (n:Leviers) WHERE n.searchKeys IS NOT NULL CALL (n) {
  UNWIND n.searchKeys AS key
  MERGE (k:SearchKey:Leviers {key: key})
  ON CREATE SET k.id = 'key/' + key, k.iri = '${things}key/' + key
  MERGE (n)-[r:HAS_KEY {leviers: true}]->(k)
  SET n.searchKeys = null
} IN TRANSACTIONS OF 1000 ROWS;

// Relationships bear the mark too.
MATCH (:Leviers)-[r]->(:Leviers) CALL (r) { SET r.leviers = true } IN TRANSACTIONS OF 10000 ROWS;

// Links become what their relationships say: proof, rows, count, confidence.
MATCH (link:Link)-[:from]->(a), (link)-[:to]->(b), (link)-[:relation]->(said), (link)-[:proof]->(proof)
OPTIONAL MATCH (link)-[:evidence]->(row:Row)
WITH a, b, link, proof, row, CASE said.uri
$types
  END AS type
WITH a, b, type, min(substring(proof.uri, size('$ontology'))) AS proof, collect(DISTINCT row.id) AS rows,
     min(link.confidence) AS confidence, min(link.decidedBy) AS decidedBy, min(link.uri) AS iri
CALL (a, b, type, proof, rows, confidence, decidedBy, iri) {
  MATCH (a)-[r]->(b) WHERE type(r) = type
  SET r.proof = proof, r.confidence = confidence, r.decidedBy = decidedBy,
      r.iri = CASE type WHEN 'CLOSE_TO' THEN iri END,
      r.evidence = CASE WHEN size(rows) > 0 THEN rows END, r.count = CASE WHEN size(rows) > 0 THEN size(rows) END
} IN TRANSACTIONS OF 5000 ROWS;
// A close match is written in both directions in RDF; here it goes from its first end to its second.
MATCH (:Leviers)-[r:CLOSE_TO]->(:Leviers) WHERE r.proof IS NULL DELETE r;
MATCH (link:Link) CALL (link) { DETACH DELETE link } IN TRANSACTIONS OF 5000 ROWS;
