// The Cypher twin of near.rq.
UNWIND $thing AS one
MATCH (:Leviers {iri: one})-[near:CLOSE_TO {leviers: true}]-(other)
OPTIONAL MATCH (decision:Leviers:Decision {id: near.decision})
RETURN DISTINCT other.iri AS other, near.confidence AS confidence, decision.iri AS decision,
       decision.decidedBy AS who, decision.decidedOn AS `when`
