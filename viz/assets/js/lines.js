// The chain's lines: one junction for a row that joins several boxes to several others, never one line a pair.
{
  const round = (number) => Math.round(number * 10) / 10;
  const middle = (cell) => cell.y + cell.height / 2;

  const curve = (x1, y1, x2, y2) => {
    const x = round((x1 + x2) / 2);
    return `M${round(x1)} ${round(y1)}C${x} ${round(y1)} ${x} ${round(y2)} ${round(x2)} ${round(y2)}`;
  };

  /** The elements that a line's end stands for: its own, or those that a passage joins. */
  const ends = (cells) => cells.flatMap((cell) => (cell.node ? [cell.node] : cell.of.map((each) => each.node)));

  /** Lines of the pieces: { d, proof, nodes, names } and junctions { x, y, nodes }. `xs` holds each column's left side. */
  leviers.wires = (pieces, xs, width) => {
    const lines = [];
    const junctions = [];
    const shift = new Map();
    for (const { left, right, row, names } of pieces) {
      const start = xs[left[0].column] + width;
      const end = xs[right[0].column];
      const add = (d, nodes) => lines.push({ d, proof: row.proof, names, nodes });
      if (left.length > 1 && right.length > 1) {
        const y = [...left, ...right].map(middle).reduce((sum, each) => sum + each, 0) / (left.length + right.length);
        const rank = (shift.get(left[0].column) ?? 0) + 1;
        shift.set(left[0].column, rank);
        const x = (start + end) / 2 + ((rank % 3) - 1) * (end - start) * 0.12;
        for (const cell of left) add(curve(start, middle(cell), x, y), [ends([cell]), ends(right)]);
        for (const cell of right) add(curve(x, y, end, middle(cell)), [ends(left), ends([cell])]);
        junctions.push({ x: round(x), y: round(y), nodes: [ends(left), ends(right)] });
      } else {
        for (const one of left) {
          for (const other of right) add(curve(start, middle(one), end, middle(other)), [ends([one]), ends([other])]);
        }
      }
      for (const cell of right) {
        if (!cell.node) add(`M${round(end)} ${round(middle(cell))}h${width}`, [ends([cell]), ends([cell])]);
      }
    }
    return { lines, junctions };
  };

  /** Close statements of one column: an arc on the right of their boxes. */
  leviers.arcs = (ties, xs, width, room) =>
    ties.map(({ one, other, edge }) => {
      const x = xs[one.column] + width;
      const bulge = Math.min(room, 16 + Math.abs(middle(one) - middle(other)) * 0.1);
      const [y1, y2] = [one, other].map((cell) => round(middle(cell) + (one.column === other.column ? 5 : 0)));
      return {
        d: `M${round(x)} ${y1}C${round(x + bulge)} ${y1} ${round(x + bulge)} ${y2} ${round(x)} ${y2}`,
        proof: edge.proof,
        names: edge.rows,
        nodes: [[one.node], [other.node]],
      };
    });

  /** For a narrow page: boxes one under the other, and each row a bracket in the margin. */
  leviers.brackets = (cells, ties, margin) => {
    const spans = [];
    for (const row of leviers.rows) {
      if (row.level > leviers.state.level) continue;
      const joined = [...row.members].map((node) => cells.get(node)).filter(Boolean);
      if (new Set(joined.map((cell) => cell.column)).size > 1)
        spans.push({ joined, proof: row.proof, names: [row.name] });
    }
    for (const { one, other, edge } of ties)
      spans.push({ joined: [one, other], proof: edge.proof, names: edge.rows });
    const lanes = [];
    for (const span of spans) {
      const heights = span.joined.map(middle);
      span.top = Math.min(...heights);
      span.bottom = Math.max(...heights);
    }
    spans.sort((one, other) => one.top - other.top || one.bottom - other.bottom);
    return spans.map(({ joined, proof, names, top, bottom }) => {
      let lane = lanes.findIndex((until) => until < top - 4);
      if (lane < 0) lane = lanes.length;
      lanes[lane] = bottom;
      const x = margin - 9 - (lane % 4) * 8;
      const ticks = joined.map((cell) => `M${x} ${round(middle(cell))}H${margin}`).join("");
      return {
        d: `M${x} ${round(top)}V${round(bottom)}${ticks}`,
        proof,
        names,
        nodes: [joined.map((cell) => cell.node)],
      };
    });
  };
}
