// The Cypher twin of facts.rq.
UNWIND $thing AS one
MATCH (n:Leviers {iri: one})
UNWIND [['label', [n.label]], ['other', n.altLabels], ['acronym', n.acronyms], ['definition', [n.definition]],
        ['support', [n.support]], ['territories', [n.territories]], ['level', [n.level]],
        ['unrecognised', [n.unrecognised]]] AS pair
UNWIND coalesce(pair[1], []) AS value
WITH pair, value
WHERE value IS NOT NULL
RETURN DISTINCT pair[0] AS fact, value
