// The data block: columns of numbers, made into elements and links.
{
  const raw = JSON.parse(leviers.get("data").textContent);
  const text = (number) => raw.texts[number];
  const texts = (numbers) => numbers.map(text);

  leviers.data = raw;
  leviers.kinds = new Map(Object.entries(raw.kinds));
  leviers.relations = new Map(Object.entries(raw.relations));
  leviers.proofs = new Map(Object.entries(raw.proofs));
  leviers.levels = [...leviers.proofs.keys()];

  const { nodes, edges } = raw;
  leviers.nodes = nodes.id.map((id, index) => ({
    index,
    id,
    kind: text(nodes.kind[index]),
    label: text(nodes.label[index]),
    wordings: texts(nodes.wordings[index]),
    quotes: nodes.quotes[index].map((quote) => {
      const [words, document, section, row] = texts(quote);
      return { words, document, section, row };
    }),
    themes: texts(nodes.themes[index]),
    territories: texts(nodes.territories[index]),
    support: nodes.support[index],
    type: text(nodes.type[index]),
    definition: text(nodes.definition[index]),
    links: [],
    rows: [],
  }));
  leviers.byId = new Map(leviers.nodes.map((node) => [node.id, node]));

  leviers.edges = edges.source.map((source, index) => {
    const proof = text(edges.proof[index]);
    return {
      index,
      source: leviers.nodes[source],
      target: leviers.nodes[edges.target[index]],
      relation: text(edges.relation[index]),
      proof,
      level: leviers.levels.indexOf(proof),
      rows: texts(edges.rows[index]),
      confidence: text(edges.confidence[index]),
      decided: texts(edges.decided[index]),
    };
  });
  for (const edge of leviers.edges) {
    edge.source.links.push({ edge, other: edge.target, there: true });
    edge.target.links.push({ edge, other: edge.source, there: false });
  }

  const { quality } = raw;
  leviers.remarks = quality?.topic.map((topic, index) => ({
    topic,
    document: text(quality.document[index]),
    line: quality.line[index],
    words: text(quality.text[index]),
    advice: text(quality.advice[index]),
    blocking: Boolean(quality.blocking[index]),
    node: leviers.nodes[quality.element[index]] ?? null,
  }));
  leviers.topics = quality?.titles.map((title, rank) => ({ title: text(title), total: quality.totals[rank] }));

  const values = (name) => [...new Set(leviers.nodes.flatMap((node) => node[name]))].sort(leviers.compare);
  leviers.themes = values("themes");
  leviers.territories = values("territories");
  /** Documents that a remark is about: the one it stands in, otherwise those that say its element. */
  leviers.remarkedIn = ({ document, node }) =>
    document ? [document] : [...new Set(node?.quotes.map((quote) => quote.document))];
  leviers.documents = [...new Set(leviers.remarks?.flatMap(leviers.remarkedIn))].sort(leviers.compare);
  /** « Dit dans 3 séances ». */
  leviers.said = (node) => (node.support > 0 ? `Dit dans ${leviers.count(node.support, "séance", "séances")}` : "");
}
