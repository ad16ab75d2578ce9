// The detail of the chosen element: its words, where they stand, its links and what lies further.
{
  const QUOTES = 4;
  const { el } = leviers;

  /** Document, section and row, as one reads them. */
  leviers.placeOf = (quote) =>
    quote
      ? [quote.document, quote.section, /^\d+$/.test(quote.row) ? `ligne ${quote.row}` : quote.row]
          .filter(Boolean)
          .join(", ")
      : "";

  const title = (...content) => el("h2", { id: "detail-title", tabindex: -1 }, ...content);
  const fact = (name, values) =>
    values.length ? [el("dt", {}, name), ...values.map((value) => el("dd", {}, value))] : [];

  leviers.drawDetail = () => {
    const { chosen } = leviers.state;
    const panel = leviers.get("detail");
    panel.replaceChildren(...(chosen ? dossier(chosen) : welcome()));
    panel.classList.toggle("welcome", !chosen);
    panel.scrollTop = 0;
  };

  function welcome() {
    const shown = leviers.shown();
    const best = leviers
      .leading([...leviers.shown()])
      .map(({ node }) => node)
      .filter((node) => node.kind === "irritant")
      .slice(0, 5);
    return [
      title("Détail"),
      el(
        "p",
        {},
        "Choisissez un élément, dans la vue ou par la recherche : vous lirez ici ses citations, avec leur source, et tout ce qui lui est relié.",
      ),
      ...(best.length
        ? [
            el(
              "h3",
              {},
              best.some((node) => node.support > 1)
                ? "Pour commencer : les irritants les plus partagés"
                : "Pour commencer",
            ),
            el(
              "ul",
              { class: "list" },
              ...best.map((node) =>
                el(
                  "li",
                  {},
                  leviers.icon(node.kind),
                  el("div", {}, leviers.link(node, focusTitle), small(leviers.said(node))),
                ),
              ),
            ),
          ]
        : []),
    ];
  }

  const focusTitle = () => leviers.get("detail-title").focus();
  const small = (text) => (text ? el("span", { class: "small" }, text) : "");

  function dossier(node) {
    const { one } = leviers.kinds.get(node.kind);
    return [
      el(
        "p",
        { class: "kind" },
        leviers.icon(node.kind),
        el("strong", {}, one),
        node.kind === "actor" && node.type && node.type !== "Actor" ? ` · ${actorType(node.type)}` : "",
      ),
      title(node.label),
      node.definition ? el("p", { class: "definition" }, node.definition) : "",
      el(
        "dl",
        {},
        ...fact("Autres formulations", node.wordings),
        ...fact("Soutien", [leviers.said(node)].filter(Boolean)),
        ...fact(node.themes.length > 1 ? "Thèmes" : "Thème", node.themes),
        ...fact(node.territories.length > 1 ? "Territoires" : "Territoire", node.territories),
      ),
      ...quotes(node),
      ...links(node),
      ...further(node),
      el("p", { class: "small id" }, `Identifiant : ${node.id}`),
    ].filter(Boolean);
  }

  const actorType = (type) =>
    ({
      Role: "fonction",
      Organisation: "organisation",
      LocalAuthority: "collectivité",
      Body: "instance",
      Audience: "public",
    })[type] ?? type;

  function quotes(node) {
    if (!node.quotes.length) return [];
    const made = node.quotes.map((quote) =>
      el("blockquote", {}, el("p", {}, `« ${quote.words} »`), el("cite", {}, leviers.placeOf(quote))),
    );
    const rest = made.splice(QUOTES);
    return [
      el("h3", {}, `${node.quotes.length > 1 ? "Citations" : "Citation"} (${node.quotes.length})`),
      ...made,
      rest.length
        ? el(
            "details",
            {},
            el("summary", {}, `Lire ${leviers.count(rest.length, "autre citation", "autres citations")}`),
            ...rest,
          )
        : "",
    ].filter(Boolean);
  }

  const proofMark = (proof, words = "") =>
    el(
      "span",
      { class: "small" },
      leviers.sample(proof),
      [leviers.proofs.get(proof).label, words].filter(Boolean).join(", "),
    );

  const entry = (node, mark) =>
    el("li", {}, leviers.icon(node.kind), el("div", {}, leviers.link(node, focusTitle), mark));

  function links(node) {
    const groups = new Map();
    const put = (name, other, mark) => {
      if (!groups.has(name)) groups.set(name, new Map());
      if (!groups.get(name).has(other)) groups.get(name).set(other, mark);
    };
    for (const { edge, other, there } of [...leviers.linksOf(node)].sort(
      (one, next) => one.edge.level - next.edge.level || one.other.index - next.other.index,
    )) {
      const words = [
        edge.rows.length > 1 ? leviers.count(edge.rows.length, "ligne", "lignes") : "",
        edge.decided.length ? `décidé par ${edge.decided.join(", ")}` : edge.confidence ? `confiance ${edge.confidence}` : "",
      ]
        .filter(Boolean)
        .join(", ");
      put(leviers.relations.get(edge.relation)[there ? "there" : "back"], other, proofMark(edge.proof, words));
    }
    const mates = node.kind === "action" ? "Acteurs cités sur la même ligne" : "Actions citées sur la même ligne";
    for (const [mate, level] of leviers.rowMates(node, leviers.state.level))
      put(mates, mate, proofMark(leviers.levels[level]));
    return [...groups].flatMap(([name, members]) => list(name, [...members]));
  }

  const list = (name, members) => {
    const items = members.map(([other, mark]) => entry(other, mark));
    const rest = items.splice(12);
    return [
      el("h3", {}, `${name} (${members.length})`),
      el("ul", { class: "list" }, ...items),
      rest.length
        ? el(
            "details",
            {},
            el("summary", {}, `${leviers.count(rest.length, "autre", "autres")}`),
            el("ul", { class: "list" }, ...rest),
          )
        : "",
    ].filter(Boolean);
  };

  /** What the chain reaches beyond direct links: the actors for an irritant, the irritants for an actor. */
  function further(node) {
    const near = new Set([
      node,
      ...leviers.linksOf(node).map(({ other }) => other),
      ...leviers.rowMates(node, leviers.state.level).keys(),
    ]);
    const far = [...leviers.chainOf(node, leviers.state.level)].filter(([other]) => !near.has(other));
    if (!far.length) return [];
    far.sort(([one, level], [other, next]) => level - next || one.index - other.index);
    const groups = [...leviers.kinds]
      .map(([kind, look]) => ({ kind, look, members: far.filter(([other]) => other.kind === kind) }))
      .filter(({ members }) => members.length);
    return [
      el("h3", {}, "Plus loin dans la chaîne"),
      el(
        "p",
        { class: "soft" },
        "Par les leviers et les irritants reliés ; la preuve est celle du pas le plus faible, et un énoncé proche ne sert qu’une fois.",
      ),
      ...groups.map(({ kind, look, members }) =>
        el(
          "details",
          { open: members.length <= 4 },
          el("summary", {}, leviers.icon(kind), ` ${members.length > 1 ? look.many : look.one} (${members.length})`),
          el(
            "ul",
            { class: "list" },
            ...members.map(([other, level]) => entry(other, proofMark(leviers.levels[level]))),
          ),
        ),
      ),
    ];
  }
}
