// The Cypher twin of links.rq; the types have the names of the properties in capitals.
UNWIND $thing AS one
MATCH (n:Leviers {iri: one})
CALL (n) {
  MATCH (n)-[link {leviers: true}]->(other)
  RETURN 'out' AS way, link, other
  UNION ALL
  MATCH (n)<-[link {leviers: true}]-(other)
  RETURN 'in' AS way, link, other
}
WITH way, link, other
WHERE link.proof IS NOT NULL
UNWIND coalesce(link.evidence, [null]) AS said
RETURN DISTINCT way,
       CASE type(link) WHEN 'CLOSE_TO' THEN 'http://www.w3.org/2004/02/skos/core#closeMatch'
       ELSE 'https://w3id.org/leviers/ontology#' + CASE type(link) WHEN 'MEASURED_BY' THEN 'measuredBy'
       WHEN 'SCHEDULED_FOR' THEN 'scheduledFor' ELSE toLower(type(link)) END END AS relation,
       other.iri AS other, other.label AS label, 'https://w3id.org/leviers/ontology#' + link.proof AS proof,
       'https://w3id.org/leviers/id/' + said AS row
