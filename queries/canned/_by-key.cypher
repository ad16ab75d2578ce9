// The Cypher twin of _by-key.rq.
UNWIND $key AS one
MATCH (:Leviers:SearchKey {key: one})<-[:HAS_KEY]-(n)
UNWIND [n.label, n.labelEn] + coalesce(n.altLabels, []) + coalesce(n.altLabelsEn, []) + coalesce(n.hiddenLabels, [])
  + coalesce(n.hiddenLabelsEn, []) + coalesce(n.hiddenLabelsOther, [])
  + CASE WHEN n.label IS NULL THEN [''] ELSE [] END AS wording
WITH n, wording
WHERE wording IS NOT NULL
RETURN DISTINCT n.iri AS id, n.label AS label, wording
