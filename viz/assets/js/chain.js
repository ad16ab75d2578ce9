// The chain: irritant, besoin, levier, action, acteur, in columns; on a narrow page, one under the other.
{
  const { el, svg } = leviers;
  function draw() {
    const { state } = leviers;
    const kinds = [...leviers.kinds.keys()].filter(
      (kind) => leviers.kinds.get(kind).column && !state.hidden.has(kind),
    );
    const reached = state.chosen ? leviers.chainOf(state.chosen, state.level) : null;
    const restricted = reached && !state.whole;
    const shown = leviers.shown();
    const possible = leviers.nodes.filter(
      (node) =>
        kinds.includes(node.kind) && (shown.has(node) || node === state.chosen) && (!restricted || reached.has(node)),
    );
    const drawn = leviers.capped(possible);
    if (possible.includes(state.chosen)) drawn.add(state.chosen);
    const nodes = possible.filter((node) => drawn.has(node));
    const picture = nodes.length ? paint(kinds, nodes, possible, reached, restricted) : [nothing()];
    return {
      content: [options(nodes, reached), ...picture],
      status: status(possible.length, nodes.length, restricted),
    };
  }

  function status(possible, drawn, restricted) {
    const all = leviers.nodes.filter((node) => leviers.kinds.get(node.kind).column).length;
    if (drawn < possible) {
      return (
        `${leviers.count(drawn, "élément montré", "éléments montrés")} sur ${possible}, les plus souvent dits d’abord. ` +
        "Filtrez ou cherchez pour voir les autres."
      );
    }
    if (restricted) return `Chaîne de l’élément choisi : ${leviers.count(drawn, "élément", "éléments")}`;
    return drawn < all
      ? `${leviers.count(drawn, "élément", "éléments")} sur ${all}`
      : leviers.count(drawn, "élément", "éléments");
  }

  function nothing() {
    const { chosen } = leviers.state;
    return el(
      "p",
      { class: "hint" },
      chosen
        ? `« ${chosen.label} » n’est relié à aucun élément de la chaîne avec les filtres actuels. Le détail donne ses citations.`
        : "Aucun élément ne correspond à ces filtres. « Tout réafficher » les enlève.",
    );
  }

  function options(nodes, reached) {
    const { state } = leviers;
    const present = leviers.levels.filter(
      (proof, level) =>
        level <= state.level &&
        (level === 0 ||
          leviers.edges.some((edge) => edge.proof === proof) ||
          (reached && [...reached.values()].includes(level))),
    );
    return el(
      "div",
      { class: "options" },
      el("p", { class: "soft" }, reached ? "" : "Choisissez un élément pour ne voir que sa chaîne."),
      el(
        "div",
        { class: "legend" },
        el("span", { class: "soft" }, reached ? "Trait ou contour, preuve :" : "Trait, preuve :"),
        el(
          "ul",
          {},
          ...present.map((proof) =>
            el(
              "li",
              { title: leviers.proofs.get(proof).meaning },
              leviers.sample(proof),
              leviers.proofs.get(proof).label,
            ),
          ),
          el(
            "li",
            {},
            svg(
              "svg",
              { class: "sample", viewBox: "0 0 30 8", "aria-hidden": "true" },
              svg("path", { d: "M1 1C9 1 9 4 15 4M1 7C9 7 9 4 15 4M29 1C21 1 21 4 15 4M29 7C21 7 21 4 15 4" }),
              svg("circle", { cx: 15, cy: 4, r: 2.5 }),
            ),
            "une ligne de tableau",
          ),
        ),
      ),
    );
  }

  function paint(kinds, nodes, possible, reached, restricted) {
    const panel = leviers.get("panel");
    const style = getComputedStyle(panel);
    const size = leviers.measures(
      panel.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight),
      kinds.length,
    );
    const cells = new Map(
      nodes.map((node) => {
        const room = size.width - size.indent - size.pad;
        const lines = leviers.wrap(node.label, room);
        const said = node.support > 1 ? leviers.wrap(leviers.said(node), (room * size.text) / size.small) : [];
        return [
          node,
          {
            node,
            column: kinds.indexOf(node.kind),
            lines,
            said,
            y: 0,
            height: Math.ceil((lines.length + said.length) * size.line + 2 * size.pad - 3),
          },
        ];
      }),
    );
    const ties = leviers.edges
      .filter(
        (edge) =>
          edge.relation === "closeMatch" &&
          edge.level <= leviers.state.level &&
          cells.has(edge.source) &&
          cells.has(edge.target) &&
          edge.source.kind === edge.target.kind,
      )
      .map((edge) => ({ edge, one: cells.get(edge.source), other: cells.get(edge.target) }));
    const built = size.narrow ? stacked(kinds, cells, ties, size) : inColumns(kinds, cells, ties, size);
    const root = svg("svg", {
      class: "chain",
      role: "group",
      width: built.width,
      height: built.height,
      viewBox: `0 0 ${built.width} ${built.height}`,
      preserveAspectRatio: "xMinYMin",
      "aria-label": "Chaîne. Flèches pour se déplacer, Entrée pour choisir, Échap pour tout réafficher.",
    });
    root.append(
      leviers.lineGroup(built, reached),
      ...built.notes,
      ...built.order.map((node) => leviers.box(cells.get(node), built.xs[cells.get(node).column], size, reached)),
    );
    leviers.moveBy(root, cells, built.order);
    const empty = restricted && !size.narrow ? kinds.filter((kind) => !nodes.some((node) => node.kind === kind)) : [];
    return size.narrow ? [root] : [leviers.heads(kinds, nodes, possible, empty, built.xs, size), root];
  }

  function inColumns(kinds, cells, ties, size) {
    const xs = kinds.map((kind, rank) => size.margin + rank * (size.width + size.gap));
    const { pieces, passages } = leviers.pieces(cells, kinds.length);
    const { height, loose } = leviers.place([...cells.values(), ...passages], pieces, ties, 10 * size.unit);
    for (const cell of [...cells.values(), ...passages]) cell.y += 4;
    const { lines, junctions } = leviers.wires(pieces, xs, size.width);
    const width = Math.round(xs.at(-1) + size.width + 26);
    const notes =
      loose === null
        ? []
        : [
            svg("path", { class: "rule", d: `M${size.margin} ${loose - 2}H${width - 26}` }),
            svg(
              "text",
              { class: "aside", x: size.margin, y: loose + 15 * size.unit, "font-size": 12 * size.unit },
              "Sans lien dans cette chaîne",
            ),
          ];
    // Heads again, above the picture, for paper and for the exported file: those of the page stay in sight on screen.
    kinds.forEach((kind, rank) =>
      notes.push(
        svg(
          "text",
          { class: "head paper", x: xs[rank], y: -12, "font-size": 14 * size.unit },
          leviers.kinds.get(kind).many,
        ),
      ),
    );
    const order = [...cells.keys()].sort(
      (one, other) => cells.get(one).column - cells.get(other).column || cells.get(one).y - cells.get(other).y,
    );
    return {
      xs,
      width,
      height: Math.ceil(height + 10),
      lines: [...lines, ...leviers.arcs(ties, xs, size.width, Math.min(34, size.gap * 0.6))],
      junctions,
      notes,
      order,
    };
  }

  function stacked(kinds, cells, ties, size) {
    const notes = [];
    const order = [];
    let y = 0;
    for (const [column, kind] of kinds.entries()) {
      const mine = [...cells.values()].filter((cell) => cell.column === column);
      if (!mine.length) continue;
      y += 22 * size.unit;
      notes.push(
        svg(
          "text",
          { class: "head", x: size.margin, y, "font-size": 14 * size.unit },
          `${leviers.kinds.get(kind).many} (${mine.length})`,
        ),
      );
      y += 9 * size.unit;
      for (const cell of mine) {
        cell.y = y;
        y += cell.height + 8 * size.unit;
        order.push(cell.node);
      }
    }
    const lines = leviers.state.chosen ? leviers.brackets(cells, ties, size.margin) : [];
    return {
      xs: kinds.map(() => size.margin),
      width: size.margin + size.width + 3,
      height: Math.ceil(y + 4),
      lines,
      junctions: [],
      notes,
      order,
    };
  }

  leviers.views.set("chaine", {
    label: "Chaîne",
    narrows: true,
    draw,
    image: { label: "Exporter SVG", file: "leviers-chaine.svg", blob: () => leviers.chainFile() },
  });
}
