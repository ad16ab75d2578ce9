// Where the chain's boxes stand: columns in order, groups of linked boxes one under the other, lines kept short.
//
// A cell is a box or a passage: { node, column, height, y } where a line that skips a column has a thin
// cell of its own in it (node: null), so that no line runs behind a box. A piece joins cells of two
// neighbouring columns: { left, right, row }.
{
  const PASSAGE = 10;
  const SWEEPS = 12;
  const BETWEEN_GROUPS = 26;

  const middle = (cell) => cell.y + cell.height / 2;
  const mean = (numbers) => numbers.reduce((sum, each) => sum + each, 0) / numbers.length;

  /** Rows cut into pieces between neighbouring columns; rows that say the same join the same cells once. */
  leviers.pieces = (cells, width) => {
    const pieces = [];
    const known = new Map();
    const passages = [];
    for (const row of leviers.rows) {
      if (row.level > leviers.state.level) continue;
      const columns = Array.from({ length: width }, () => []);
      for (const node of row.members) if (cells.has(node)) columns[cells.get(node).column].push(cells.get(node));
      const used = columns.map((column, place) => place).filter((place) => columns[place].length);
      for (let rank = 1; rank < used.length; rank += 1) {
        const [from, to] = [used[rank - 1], used[rank]];
        const ends = [columns[from], columns[to]].map((side) => side.map((cell) => cell.node.index).join());
        const key = `${ends.join(">")}|${row.proof}`;
        if (known.has(key)) {
          known.get(key).forEach((piece) => piece.names.push(row.name));
          continue;
        }
        const made = [];
        let left = columns[from];
        for (let column = from + 1; column <= to; column += 1) {
          const passage = { node: null, column, height: PASSAGE, y: 0, of: [...columns[from], ...columns[to]] };
          const right = column === to ? columns[to] : [passage];
          if (column < to) passages.push(passage);
          made.push({ left, right, row, names: [row.name] });
          left = right;
        }
        known.set(key, made);
        pieces.push(...made);
      }
    }
    return { pieces, passages };
  };

  /** Gives each cell its `y`, and returns the whole height and where the boxes without a line begin. */
  leviers.place = (cells, pieces, ties, gap) => {
    const near = new Map(cells.map((cell) => [cell, { left: [], right: [], same: [] }]));
    for (const { left, right } of pieces) {
      for (const cell of left) near.get(cell).right.push(...right);
      for (const cell of right) near.get(cell).left.push(...left);
    }
    for (const { one, other } of ties) {
      near.get(one).same.push(other);
      near.get(other).same.push(one);
    }
    const groups = groupsOf(cells, near);
    let top = 0;
    let loose = null;
    for (const group of groups) {
      if (group.alone && loose === null) {
        loose = groups.length > 1 && top > 0 ? top : null;
        if (loose !== null) top += BETWEEN_GROUPS;
      }
      const columns = byColumn(group.cells);
      order(columns, near);
      top += settle(columns, near, gap, top) + BETWEEN_GROUPS;
    }
    return { height: Math.max(0, top - BETWEEN_GROUPS), loose };
  };

  /** Linked cells together, the best supported group first; cells without a line are one last group. */
  function groupsOf(cells, near) {
    const seen = new Set();
    const groups = [];
    const alone = [];
    for (const start of cells) {
      if (seen.has(start)) continue;
      const group = [];
      const waiting = [start];
      seen.add(start);
      while (waiting.length) {
        const cell = waiting.pop();
        group.push(cell);
        const { left, right, same } = near.get(cell);
        for (const other of [...left, ...same, ...right].reverse()) {
          if (!seen.has(other)) {
            seen.add(other);
            waiting.push(other);
          }
        }
      }
      if (group.length === 1) alone.push(start);
      else
        groups.push({
          cells: group,
          support: Math.max(...group.map((cell) => cell.node?.support ?? 0)),
          alone: false,
        });
    }
    groups.sort((one, other) => other.support - one.support || other.cells.length - one.cells.length);
    return alone.length ? [...groups, { cells: alone, alone: true }] : groups;
  }

  function byColumn(cells) {
    const columns = new Map();
    for (const cell of cells) {
      if (!columns.has(cell.column)) columns.set(cell.column, []);
      columns.get(cell.column).push(cell);
    }
    return [...columns.keys()].sort((one, other) => one - other).map((column) => columns.get(column));
  }

  /** Each column in the order of its neighbours' middle, swept both ways; the order with fewest crossings stays. */
  function order(columns, near) {
    const place = new Map();
    const number = (column) => column.forEach((cell, rank) => place.set(cell, (rank + 0.5) / column.length));
    columns.forEach(number);
    let best = { crossings: Infinity, columns: [] };
    for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
      const side = sweep % 2 ? "right" : "left";
      for (const column of sweep % 2 ? [...columns].reverse() : columns) {
        const wish = new Map(
          column.map((cell) => {
            const { [side]: neighbours, same } = near.get(cell);
            const places = [...neighbours, ...same].map((other) => place.get(other));
            return [cell, places.length ? mean(places) : place.get(cell)];
          }),
        );
        column.sort((one, other) => wish.get(one) - wish.get(other));
        number(column);
      }
      const crossings = crossingsOf(columns, near, place);
      if (crossings < best.crossings) best = { crossings, columns: columns.map((column) => [...column]) };
    }
    columns.forEach((column, rank) => column.splice(0, column.length, ...best.columns[rank]));
  }

  function crossingsOf(columns, near, place) {
    let crossings = 0;
    for (const column of columns) {
      // Close statements far apart cost as much as crossings do.
      column.forEach((cell, rank) =>
        near.get(cell).same.forEach((other) => {
          crossings += Math.max(0, column.indexOf(other) - rank - 1);
        }),
      );
      const lines = column.flatMap((cell) =>
        near.get(cell).right.map((other) => [place.get(cell), place.get(other)]),
      );
      for (let one = 0; one < lines.length; one += 1) {
        for (let other = one + 1; other < lines.length; other += 1) {
          if ((lines[one][0] - lines[other][0]) * (lines[one][1] - lines[other][1]) < 0) crossings += 1;
        }
      }
    }
    return crossings;
  }

  /** Heights: each cell as near to its neighbours' middle as the others of its column allow. Returns the height used. */
  function settle(columns, near, gap, top) {
    for (const column of columns) {
      let y = 0;
      for (const cell of column) {
        cell.y = y;
        y += cell.height + gap;
      }
    }
    for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
      const sides = sweep > SWEEPS - 3 ? ["left", "right"] : [sweep % 2 ? "right" : "left"];
      for (const column of sweep % 2 ? [...columns].reverse() : columns) {
        spread(
          column,
          column.map((cell) => {
            const neighbours = sides.flatMap((side) => near.get(cell)[side]);
            return neighbours.length ? mean(neighbours.map(middle)) : middle(cell);
          }),
          gap,
        );
      }
    }
    const cells = columns.flat();
    const first = Math.min(...cells.map((cell) => cell.y));
    for (const cell of cells) cell.y += top - first;
    return Math.max(...cells.map((cell) => cell.y + cell.height)) - top;
  }

  /** Least squares with a fixed order and no overlap: blocks of touching cells move as one. */
  function spread(column, wishes, gap) {
    const blocks = [];
    let offset = 0;
    column.forEach((cell, rank) => {
      if (rank) offset += (column[rank - 1].height + cell.height) / 2 + gap;
      blocks.push({ cells: [[cell, offset]], sum: wishes[rank] - offset, size: 1 });
      while (blocks.length > 1) {
        const [before, last] = blocks.slice(-2);
        if (before.sum / before.size <= last.sum / last.size) break;
        blocks.splice(-2, 2, {
          cells: [...before.cells, ...last.cells],
          sum: before.sum + last.sum,
          size: before.size + last.size,
        });
      }
    });
    for (const { cells, sum, size } of blocks) {
      for (const [cell, from] of cells) cell.y = sum / size + from - cell.height / 2;
    }
  }
}
