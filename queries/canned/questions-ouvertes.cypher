// The Cypher twin of questions-ouvertes.rq, which describes it.
OPTIONAL MATCH (theme:Leviers:Theme {iri: $theme})
OPTIONAL MATCH (territory:Leviers:Territory {iri: $territoire})
MATCH (question:Leviers:Question)<-[:HAS_BODY]-(:Mention {kind: 'question'})-[:IN_ROW]->(row:Row)
WHERE ($theme IS NULL OR EXISTS { (row)-[:HAS_THEME]->(t) WHERE t = theme })
  AND ($territoire IS NULL OR EXISTS { (row)-[:IN_TERRITORY]->()-[:IS_PART_OF*0..]->(t) WHERE t = territory })
  AND NOT EXISTS {
    (question)<-[:HAS_BODY]-(:Mention {kind: 'question'})-[:IN_ROW]->(:Row)<-[:IN_ROW]-(answer:Mention)
    WHERE NOT answer.kind IN ['question', 'actor']
  }
WITH question, collect(DISTINCT row.iri) AS told
RETURN question.label AS question, question.iri AS questionId, question.iri AS id, 'row' AS proof,
       question.support AS support, [question.iri] + told AS evidence
