// The table: the same elements and links as the pictures, in words.
{
  const PAGE = 200;
  const LISTED = 6;
  const { el } = leviers;
  let pages = 1;
  let asked = "";

  const kindRank = (node) => [...leviers.kinds.keys()].indexOf(node.kind);
  const columns = new Map([
    [
      "type",
      {
        label: "Type",
        value: kindRank,
        cell: (node) => el("span", { class: "kind" }, leviers.icon(node.kind), leviers.kinds.get(node.kind).one),
      },
    ],
    [
      "libelle",
      {
        label: "Libellé",
        value: (node) => node.label,
        cell: (node) => leviers.link(node, () => leviers.focusOn(node)),
      },
    ],
    ["liens", { label: "Relié à", value: (node) => leviers.linksOf(node).length, many: true, cell: linked }],
    [
      "seances",
      { label: "Séances", value: (node) => node.support, many: true, cell: (node) => String(node.support || "") },
    ],
    [
      "themes",
      { label: "Thèmes", value: (node) => node.themes.join(" ; "), cell: (node) => node.themes.join(" ; ") },
    ],
    [
      "territoires",
      {
        label: "Territoires",
        value: (node) => node.territories.join(" ; "),
        cell: (node) => node.territories.join(" ; "),
      },
    ],
    ["source", { label: "Source", value: (node) => leviers.placeOf(node.quotes[0]), cell: source }],
  ]);

  function source(node) {
    if (!node.quotes.length) return "";
    const rest = node.quotes.length - 1;
    return leviers.placeOf(node.quotes[0]) + (rest ? ` et ${leviers.count(rest, "autre", "autres")}` : "");
  }

  function linked(node) {
    const byKind = new Map();
    for (const { other } of leviers.linksOf(node)) {
      if (!byKind.has(other.kind)) byKind.set(other.kind, new Set());
      byKind.get(other.kind).add(other.label);
    }
    return el(
      "ul",
      { class: "plain" },
      ...[...leviers.kinds]
        .filter(([kind]) => byKind.has(kind))
        .map(([kind, { one, many }]) => {
          const labels = [...byKind.get(kind)];
          const rest = labels.length - LISTED;
          return el(
            "li",
            {},
            el("span", { class: "soft" }, `${labels.length > 1 ? many : one} : `),
            labels.slice(0, LISTED).join(" ; ") + (rest > 0 ? ` et ${leviers.count(rest, "autre", "autres")}` : ""),
          );
        }),
    );
  }

  function draw() {
    const { state } = leviers;
    const reached = state.chosen && !state.whole ? leviers.chainOf(state.chosen, state.level) : null;
    const shown = leviers.shown();
    const rows = leviers.nodes.filter(
      (node) => (shown.has(node) || node === state.chosen) && (!reached || reached.has(node)),
    );
    sort(rows, columns.get(state.sort), state.down);
    const wanted = leviers.fragment();
    if (asked !== wanted) pages = 1;
    asked = wanted;
    const visible = rows.slice(0, pages * PAGE);
    const body = el("tbody", { role: "rowgroup" }, ...visible.map(row));
    const status = reached
      ? `Chaîne de l’élément choisi : ${leviers.count(rows.length, "élément", "éléments")}`
      : rows.length < leviers.nodes.length
        ? `${leviers.count(rows.length, "élément", "éléments")} sur ${leviers.nodes.length}`
        : leviers.count(rows.length, "élément", "éléments");
    return {
      content: [
        el("table", { role: "table", class: "elements" }, caption(rows.length), head(), body),
        more(rows.length, visible.length),
      ].filter(Boolean),
      status,
    };
  }

  function sort(rows, column, down) {
    if (!column) return;
    const sign = down ? -1 : 1;
    const values = new Map(rows.map((node) => [node, column.value(node)]));
    rows.sort((one, other) => {
      const [a, b] = [values.get(one), values.get(other)];
      return sign * (typeof a === "number" ? a - b : leviers.compare(a, b)) || one.index - other.index;
    });
  }

  const caption = (number) =>
    el(
      "caption",
      {},
      number
        ? "Éléments et liens. Les titres de colonne trient le tableau."
        : "Aucun élément ne correspond à ces filtres.",
    );

  function head() {
    const { state } = leviers;
    return el(
      "thead",
      { role: "rowgroup" },
      el(
        "tr",
        { role: "row" },
        ...[...columns].map(([name, { label, many }]) => {
          const sorted = state.sort === name;
          // Numbers are more useful from the greatest; a second press turns the order.
          const press = () => leviers.set({ sort: name, down: sorted ? !state.down : Boolean(many) });
          return el(
            "th",
            {
              role: "columnheader",
              scope: "col",
              "aria-sort": sorted ? (state.down ? "descending" : "ascending") : "none",
              class: `c-${name}`,
            },
            el(
              "button",
              { type: "button", class: "sort", "data-focus": `sort-${name}`, click: press },
              label,
              el("span", { class: "arrow", "aria-hidden": "true" }, sorted ? (state.down ? "▼" : "▲") : "↕"),
            ),
          );
        }),
      ),
    );
  }

  function row(node) {
    return el(
      "tr",
      { role: "row", class: node === leviers.state.chosen ? "chosen" : null },
      ...[...columns].map(([name, { label, cell }]) =>
        name === "libelle"
          ? el("th", { role: "rowheader", scope: "row", "data-label": label }, cell(node))
          : el("td", { role: "cell", "data-label": label, class: `c-${name}` }, cell(node)),
      ),
    );
  }

  function more(all, visible) {
    if (visible >= all) return null;
    return el(
      "p",
      {},
      el(
        "button",
        {
          type: "button",
          "data-focus": "more",
          click: () => {
            pages += 1;
            leviers.draw();
          },
        },
        `Afficher ${Math.min(PAGE, all - visible)} éléments de plus (sur ${all})`,
      ),
    );
  }

  leviers.views.set("tableau", { label: "Tableau", narrows: true, draw });
}
