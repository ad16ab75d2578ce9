// Quality: what deserves a second look before one trusts the graph, by topic, in words.
if (leviers.remarks) {
  const { el } = leviers;
  const { remarks, topics } = leviers;
  const total = topics.reduce((sum, topic) => sum + topic.total, 0);
  const points = (number) => leviers.count(number, "point à regarder", "points à regarder");
  const place = (remark) =>
    leviers.remarkedIn(remark).join(" ; ") + (remark.line ? `, ligne\u00a0${remark.line}` : "");
  const folded = remarks.map(({ words, advice, document }) => leviers.fold(`${words} ${advice} ${document}`));

  /** Filters hold for the element; a remark about none is kept unless a theme or a territory is asked for. */
  function shown() {
    const { theme, territory, text, document } = leviers.state;
    const words = leviers.fold(text).split(" ").filter(Boolean).map(leviers.singular);
    const found = new Set(words.length ? leviers.find(text) : []);
    return remarks.filter(
      (remark, index) =>
        (remark.node ? leviers.passes(remark.node) : !theme && !territory) &&
        (!document || leviers.remarkedIn(remark).includes(document)) &&
        (words.every((word) => folded[index].includes(word)) || found.has(remark.node)),
    );
  }

  function draw() {
    const kept = shown();
    const groups = topics
      .map((topic, rank) => ({ ...topic, rank, members: kept.filter((remark) => remark.topic === rank) }))
      .filter(({ members }) => members.length);
    return { content: [lead(), ...tools(groups), ...groups.map(section)], status: status(kept) };
  }

  function status(kept) {
    if (!total) return "Rien à signaler";
    const broken = kept.filter((remark) => remark.blocking).length;
    const number = kept.length < total ? `${points(kept.length)} sur ${total}` : points(total);
    return broken ? `${number}, dont ${broken} à corriger` : number;
  }

  function lead() {
    if (!total)
      return el(
        "p",
        { class: "hint" },
        "Rien à signaler : chaque citation est à sa place, chaque acteur est connu, aucune colonne n’est douteuse. « leviers check » contrôle aussi la forme des données.",
      );
    return el(
      "p",
      { class: "soft lead" },
      "Ce qui mérite d’être relu avant de s’appuyer sur le graphe : les points de « leviers check », qui contrôle aussi la forme des données. Choisissez un énoncé pour lire ses citations et ses liens.",
      remarks.length < total
        ? ` La page en garde ${remarks.length} ; ${leviers.count(total - remarks.length, "autre est laissé", "autres sont laissés")} de côté, que « leviers check --all » donne.`
        : "",
    );
  }

  function tools(groups) {
    if (!total) return [];
    const { documents } = leviers;
    return [
      documents.length > 1 ? chooser(documents) : "",
      groups.length > 1 ? summary(groups) : "",
      groups.length
        ? ""
        : el("p", { class: "hint" }, "Aucun point ne correspond à ces filtres. « Tout réafficher » les enlève."),
    ].filter(Boolean);
  }

  function chooser(documents) {
    const numbers = new Map();
    for (const name of remarks.flatMap(leviers.remarkedIn)) numbers.set(name, (numbers.get(name) ?? 0) + 1);
    const select = el(
      "select",
      {
        id: "document",
        "data-focus": "document",
        change: (event) => leviers.set({ document: event.target.value }),
      },
      el("option", { value: "" }, "Tous les documents"),
      ...documents.map((name) => el("option", { value: name }, `${name} (${numbers.get(name)})`)),
    );
    select.value = leviers.state.document;
    return el("div", { class: "field which" }, el("label", { for: "document" }, "Document"), select);
  }

  const summary = (groups) =>
    el(
      "nav",
      { "aria-label": "Sujets" },
      el(
        "ul",
        { class: "plain subjects" },
        ...groups.map(({ title, rank, members }) =>
          el(
            "li",
            {},
            el(
              "button",
              {
                type: "button",
                class: "link",
                "data-focus": `subject-${rank}`,
                click: () => {
                  leviers.get(`topic-${rank}`).focus({ preventScroll: true });
                  leviers.get(`topic-${rank}`).scrollIntoView();
                },
              },
              `${title} (${members.length})`,
            ),
          ),
        ),
      ),
    );

  function section({ title, rank, members, total: all }) {
    const kept = remarks.filter((remark) => remark.topic === rank).length;
    const known = kept < all ? `${members.length} sur ${all}` : String(members.length);
    const heading = (label) => el("th", { role: "columnheader", scope: "col" }, label);
    return el(
      "section",
      {},
      el("h3", { id: `topic-${rank}`, tabindex: -1 }, `${title} (${known})`),
      el(
        "table",
        { role: "table", class: "elements remarks", "aria-labelledby": `topic-${rank}` },
        el(
          "thead",
          { role: "rowgroup" },
          el("tr", { role: "row" }, heading("Énoncé ou passage"), heading("À regarder"), heading("Source")),
        ),
        el("tbody", { role: "rowgroup" }, ...members.map(row)),
      ),
    );
  }

  function row(remark) {
    const { words, advice, blocking, node } = remark;
    return el(
      "tr",
      { role: "row", class: node && node === leviers.state.chosen ? "chosen" : null },
      el("th", { role: "rowheader", scope: "row", "data-label": "Énoncé" }, node ? link(remark) : el("span", {}, words)),
      el(
        "td",
        { role: "cell", "data-label": "À regarder" },
        el("span", {}, blocking ? el("strong", {}, "À corriger : ") : "", advice),
      ),
      el("td", { role: "cell", "data-label": "Source" }, place(remark)),
    );
  }

  /** A button that chooses the element, under the words of the remark; the focus goes to its detail. */
  const link = ({ words, node }) =>
    el(
      "span",
      { class: "about" },
      leviers.icon(node.kind),
      el(
        "span",
        {},
        el(
          "button",
          {
            type: "button",
            class: "link",
            "data-focus": node.id,
            click: () => leviers.choose(node, () => leviers.get("detail-title").focus()),
          },
          words,
        ),
        " ",
        el("span", { class: "small" }, leviers.kinds.get(node.kind).one),
      ),
    );

  const csv = () =>
    leviers.csvOf([
      ["sujet", "gravité", "énoncé ou passage", "à regarder", "document", "ligne", "type", "identifiant"],
      ...shown().map(({ topic, blocking, words, advice, document, line, node }) => [
        topics[topic].title,
        blocking ? "à corriger" : "à regarder",
        words,
        advice,
        document,
        line || "",
        node ? leviers.kinds.get(node.kind).one : "",
        node?.id ?? "",
      ]),
    ]);

  leviers.views.set("qualite", { label: "Qualité", draw, csv });
}
