// What the chain is drawn with: column heads, boxes, lines, and the keys that move between boxes.
{
  const { el, svg } = leviers;

  /** Column heads; `empty` names the kinds that the chosen element's chain lacks. */
  leviers.heads = (kinds, nodes, possible, empty, xs, size) => {
    const heads = el(
      "div",
      { class: "heads" },
      ...kinds.map((kind) => {
        const { many, none } = leviers.kinds.get(kind);
        const [number, all] = [nodes, possible].map((list) => list.filter((node) => node.kind === kind).length);
        return el(
          "div",
          { class: "head" },
          leviers.icon(kind),
          el("span", {}, `${many} (${number}${number < all ? ` sur ${all}` : ""})`),
          empty.includes(kind) ? el("span", { class: "none" }, none) : null,
        );
      }),
    );
    heads.style.gridTemplateColumns = `repeat(${kinds.length}, ${size.width}px)`;
    heads.style.columnGap = `${size.gap}px`;
    heads.style.paddingLeft = `${xs[0]}px`;
    return heads;
  };

  /** Lines and junctions, under the boxes; those of the chosen element's chain stand out. */
  leviers.lineGroup = ({ lines, junctions }, reached) => {
    const group = svg("g", { class: "lines", "aria-hidden": "true" });
    const on = (nodes) =>
      nodes.length > 1
        ? nodes.every((side) => side.some((node) => reached.has(node)))
        : nodes[0].filter((node) => reached.has(node)).length > 1;
    const look = (nodes) => (reached ? (on(nodes) ? " on" : " dim") : "");
    for (const { d, proof, names, nodes } of lines) {
      const { label, dash } = leviers.proofs.get(proof);
      group.append(
        svg(
          "path",
          {
            class: `line${look(nodes)}`,
            d,
            "stroke-dasharray": dash || null,
            "data-nodes": nodes
              .flat()
              .map((node) => node.index)
              .join(" "),
          },
          svg("title", {}, [label, ...names.filter(Boolean)].join(" · ")),
        ),
      );
    }
    for (const { x, y, nodes } of junctions) {
      group.append(
        svg(
          "circle",
          { class: `junction${look(nodes)}`, cx: x, cy: y, r: 4 },
          svg("title", {}, "une ligne de tableau"),
        ),
      );
    }
    return group;
  };

  /** A box; its outline says how surely the chosen element leads to it. */
  leviers.box = (cell, x, size, reached) => {
    const { node, lines, said, height } = cell;
    const { chosen } = leviers.state;
    const level = reached?.get(node);
    const { one, colour } = leviers.kinds.get(node.kind);
    const look = node === chosen ? " chosen" : reached ? (level === undefined ? " dim" : " on") : "";
    const proof = level === undefined || node === chosen ? "" : leviers.proofs.get(leviers.levels[level]).label;
    const name =
      `${one} : ${[node.label, said.join("")].filter(Boolean).join(" ")}. ${proof ? `Preuve : ${proof}. ` : ""}` +
      `${leviers.count(leviers.linksOf(node).length, "lien", "liens")}.`;
    // Spaces between the lines, not drawn: the visible text reads as the name says it.
    const words = [...lines, ...said].flatMap((line, rank) => [
      svg(
        "text",
        {
          x: size.indent,
          y: Math.round((size.pad + 10.5 * size.unit + rank * size.line) * 10) / 10,
          "font-size": rank < lines.length ? size.text : size.small,
          class: rank < lines.length ? "" : "said",
        },
        line,
      ),
      line.endsWith(" ") || rank === lines.length - 1 ? " " : "",
    ]);
    const bar = 5;
    return svg(
      "g",
      {
        class: `box${look}`,
        role: "button",
        "aria-pressed": String(node === chosen),
        "aria-label": name,
        tabindex: -1,
        "data-focus": node.id,
        transform: `translate(${Math.round(x)},${Math.round(cell.y)})`,
      },
      svg("rect", {
        class: "frame",
        width: size.width,
        height,
        rx: 5,
        "stroke-dasharray": (level > 0 && leviers.proofs.get(leviers.levels[level]).dash) || null,
      }),
      svg("path", {
        class: "bar",
        d: `M${bar + 0.5} -.5H5A5 5 0 0 0 -.5 5V${height - 5}A5 5 0 0 0 5 ${height + 0.5}H${bar + 0.5}z`,
        fill: colour,
      }),
      leviers.shape(node.kind, {
        transform: `translate(${11 * size.unit},${size.pad - 0.5}) scale(${size.unit * 0.93})`,
      }),
      ...words,
    );
  };

  /** One box of the chain is in the tab order; arrows go along its column and along its lines. */
  leviers.moveBy = (root, cells, order) => {
    const boxes = new Map(
      [...root.querySelectorAll(".box")].map((box) => [leviers.byId.get(box.dataset.focus), box]),
    );
    const nodeOf = (target) => leviers.byId.get(target.closest(".box")?.dataset.focus);
    const first = boxes.get(leviers.state.chosen) ?? boxes.get(order[0]);
    first?.setAttribute("tabindex", "0");
    const light = (node, lit) => {
      for (const line of root.querySelectorAll(".line")) {
        if (line.dataset.nodes.split(" ").includes(String(node.index))) line.classList.toggle("lit", lit);
      }
    };
    for (const [enter, leave] of [
      ["mouseover", "mouseout"],
      ["focusin", "focusout"],
    ]) {
      root.addEventListener(enter, (event) => {
        const node = nodeOf(event.target);
        if (node) light(node, true);
      });
      root.addEventListener(leave, (event) => {
        const node = nodeOf(event.target);
        if (node) light(node, false);
      });
    }
    root.addEventListener("focusin", (event) => {
      const node = nodeOf(event.target);
      if (node) for (const [other, box] of boxes) box.setAttribute("tabindex", other === node ? "0" : "-1");
    });
    root.addEventListener("click", (event) => {
      const node = nodeOf(event.target);
      if (node) leviers.choose(node === leviers.state.chosen ? null : node, () => leviers.focusOn(node));
    });
    root.addEventListener("keydown", (event) => {
      const node = nodeOf(event.target);
      if (!node || event.ctrlKey || event.altKey || event.metaKey) return;
      const target = { Enter: node, " ": node, Escape: node }[event.key] ?? next(event.key, node, cells, order);
      if (!target) return;
      event.preventDefault();
      if (target !== node) boxes.get(target).focus();
      else if (event.key === "Escape") leviers.choose(null, () => leviers.focusOn(node));
      else leviers.choose(node, () => leviers.focusOn(node));
    });
  };

  function next(key, node, cells, order) {
    const cell = cells.get(node);
    const mine = order.filter((other) => cells.get(other).column === cell.column);
    const rank = mine.indexOf(node);
    if (key === "ArrowDown") return mine[rank + 1];
    if (key === "ArrowUp") return mine[rank - 1];
    if (key === "Home") return mine[0];
    if (key === "End") return mine.at(-1);
    const direction = { ArrowRight: 1, ArrowLeft: -1 }[key];
    if (!direction) return undefined;
    const centre = (each) => cells.get(each).y + cells.get(each).height / 2;
    const linked = node.rows
      .filter((row) => row.level <= leviers.state.level)
      .flatMap((row) => [...row.members])
      .filter((other) => cells.has(other) && (cells.get(other).column - cell.column) * direction > 0);
    const distance = (other) =>
      Math.abs(cells.get(other).column - cell.column) * 1e6 + Math.abs(centre(other) - centre(node));
    return linked.sort((one, other) => distance(one) - distance(other))[0];
  }
}
