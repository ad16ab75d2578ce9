// The Cypher twin of _decisions.rq.
UNWIND $concept AS one
MATCH (n:Leviers {iri: one})<-[:ABOUT]-(decision:Decision)
WHERE NOT EXISTS { (decision)-[:CONTRADICTS]->() }
UNWIND range(0, size(decision.judges) - 1) AS place
RETURN DISTINCT n.iri AS concept, decision.iri AS decision, decision.verdict AS verdict,
       decision.judges[place] AS judged, decision.wordings[place] AS wording, decision.decidedBy AS who,
       decision.decidedOn AS `when`, decision.note AS note
