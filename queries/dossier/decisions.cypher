// The Cypher twin of decisions.rq.
UNWIND $thing AS one
MATCH (:Leviers {iri: one})<-[:ABOUT]-(decision:Decision)
WHERE decision.verdict IN ['same', 'is'] AND NOT EXISTS { (decision)-[:CONTRADICTS]->() }
RETURN DISTINCT decision.verdict AS verdict, decision.decidedBy AS who, decision.decidedOn AS `when`,
       decision.note AS note, decision.iri AS decision
