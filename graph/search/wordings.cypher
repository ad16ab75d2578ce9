// The Cypher twin of wordings.rq, of all things.
MATCH (n:Leviers)
WHERE n.vanished IS NULL AND n.label IS NOT NULL
UNWIND [['prefLabel', 'fr', [n.label]], ['prefLabel', 'en', [n.labelEn]], ['altLabel', 'fr', n.altLabels],
        ['altLabel', 'en', n.altLabelsEn], ['hiddenLabel', 'fr', n.hiddenLabels],
        ['hiddenLabel', 'en', n.hiddenLabelsEn], ['hiddenLabel', '', n.hiddenLabelsOther],
        ['acronym', '', n.acronyms]] AS part
UNWIND coalesce(part[2], []) AS wording
WITH n, part, wording
WHERE wording IS NOT NULL
RETURN n.iri AS id, wording, part[0] AS role, part[1] AS language, n.support AS support
