// The Cypher twin of seances.rq, which describes it.
OPTIONAL MATCH (theme:Leviers:Theme {iri: $theme})
OPTIONAL MATCH (territory:Leviers:Territory {iri: $territoire})
MATCH (session:Leviers:Session)
WHERE ($theme IS NULL OR EXISTS { (session)-[:HAS_THEME]->(t) WHERE t = theme })
  AND ($territoire IS NULL OR EXISTS { (session)-[:IN_TERRITORY]->()-[:IS_PART_OF*0..]->(t) WHERE t = territory })
OPTIONAL MATCH (session)-[:HAS_PARTICIPATION]->(told:Participation)
WHERE told.ticked IS NULL OR told.ticked
   OR coalesce(told.participantsText, told.participants, told.establishments) IS NOT NULL
OPTIONAL MATCH (session)-[:IN_TERRITORY]->(place:Territory)
RETURN DISTINCT session.title AS session, session.iri AS sessionId,
       coalesce(session.dates, [coalesce(session.dateText, '')]) AS dates, place.label AS territory,
       place.iri AS territoryId, session.meetingFormat AS format, told.category AS category,
       coalesce(told.participants, told.participantsText) AS participants, session.iri AS id, 'row' AS proof,
       coalesce(session.dates[0], '9999') AS `order`, '' AS evidence
