// Table rows: what one row of a table says together, and the chain that rows make from one element to another.
{
  const CLOSE = leviers.levels.indexOf("close");
  const SAME = leviers.levels.indexOf("same");
  const layer = (node) => leviers.kinds.get(node.kind).layer;
  const groups = new Map();

  /** Every row once for each level of proof; a link that names no row is a row of its own. */
  for (const edge of leviers.edges) {
    if (!leviers.relations.get(edge.relation).chain) continue;
    for (const name of edge.rows.length ? edge.rows : [""]) {
      const key = JSON.stringify([name || edge.index, edge.proof]);
      if (!groups.has(key)) groups.set(key, { name, proof: edge.proof, level: edge.level, members: new Set() });
      groups.get(key).members.add(edge.source).add(edge.target);
    }
  }
  leviers.rows = [...groups.values()];
  for (const row of leviers.rows) for (const node of row.members) node.rows.push(row);

  /**
   * The chain of an element: each element reached, with the level of its weakest step (0 is the surest).
   * It is what the canned queries answer. What stands on a row of the element is said there; further rows are
   * reached only through the same irritant or lever, since a need that several rows share does not make the
   * levers of one answer the irritants of the other. A close statement is the weakest step, and serves once.
   */
  leviers.chainOf = (start, weakest) => {
    const reached = new Map([[start, 0]]);
    if (layer(start) === undefined) {
      for (const { edge, other } of start.links) if (edge.level <= weakest) reached.set(other, edge.level);
      return reached;
    }
    for (const direction of [1, -1]) {
      for (const [node, level] of walk(start, weakest, direction)) {
        if (!reached.has(node) || level < reached.get(node)) reached.set(node, level);
      }
    }
    return reached;
  };

  function walk(start, weakest, direction) {
    const best = new Map([[start, 0]]);
    const waiting = leviers.levels.map(() => []);
    waiting[0].push(start);
    const reach = (node, level) => {
      if (level > weakest || (best.has(node) && best.get(node) <= level)) return;
      best.set(node, level);
      waiting[level].push(node);
    };
    const onward = (node, other) => (layer(other) - layer(node)) * direction > 0;
    const mine = new Set(start.rows.map((row) => row.name).filter(Boolean));
    for (const row of start.rows) for (const other of row.members) if (onward(start, other)) reach(other, row.level);
    for (let level = 0; level < waiting.length; level += 1) {
      while (waiting[level].length) {
        const node = waiting[level].pop();
        if (best.get(node) !== level || (node !== start && !leviers.kinds.get(node.kind).relay)) continue;
        for (const { edge, other } of node.links) {
          if (edge.relation === "closeMatch") {
            // A level of CLOSE says that a close statement was used on the way.
            if (level < CLOSE && other.kind === node.kind) reach(other, Math.max(CLOSE, edge.level));
          } else if (node !== start && leviers.relations.get(edge.relation).chain && onward(node, other)) {
            const here = edge.rows.some((name) => mine.has(name));
            reach(other, Math.max(level, edge.level, here ? 0 : SAME));
          }
        }
      }
    }
    return best;
  }

  /** Actors of the rows of an action, or actions of the rows of an actor: said together, linked by no word. */
  leviers.rowMates = (node, weakest) => {
    const other = { action: "actor", actor: "action" }[node.kind];
    const mates = new Map();
    if (!other) return mates;
    for (const row of node.rows) {
      if (row.level > weakest) continue;
      for (const mate of row.members)
        if (mate.kind === other && !(mates.get(mate) <= row.level)) mates.set(mate, row.level);
    }
    return mates;
  };
}
