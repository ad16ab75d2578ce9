// What leaves the page: link, table, picture, paper.
{
  const { el, get } = leviers;

  const save = (blob, name) => {
    const address = URL.createObjectURL(blob);
    el("a", { href: address, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
  };

  /** A cell that no spreadsheet takes for a formula. */
  const cell = (value) => {
    const text = String(value);
    return `"${(/^[\s]*[=+\-@＝＋－＠\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
  };

  /** Lines of cells as spreadsheets read them in French. */
  leviers.csvOf = (lines) => `\ufeff${lines.map((line) => line.map(cell).join(";")).join("\r\n")}\r\n`;

  /** The elements on show, one a line, with what they are linked to by kind. */
  leviers.csv = () => {
    const { chosen, whole, level } = leviers.state;
    const reached = chosen && !whole ? leviers.chainOf(chosen, level) : null;
    const shown = leviers.shown();
    const rows = leviers.nodes.filter(
      (node) => (shown.has(node) || node === chosen) && (!reached || reached.has(node)),
    );
    const kinds = [...leviers.kinds].filter(([kind]) => leviers.nodes.some((node) => node.kind === kind));
    const head = [
      "type",
      "libellé",
      "autres formulations",
      "thèmes",
      "territoires",
      "séances",
      "citations",
      "sources",
      ...kinds.map(([, { many }]) => `${leviers.lower(many)} reliés`),
      "identifiant",
    ];
    const lines = rows.map((node) => {
      const linked = leviers.linksOf(node).map(({ other }) => other);
      return [
        leviers.kinds.get(node.kind).one,
        node.label,
        node.wordings.join(" | "),
        node.themes.join(" | "),
        node.territories.join(" | "),
        node.support,
        node.quotes.map((quote) => quote.words).join(" | "),
        node.quotes.map(leviers.placeOf).join(" | "),
        ...kinds.map(([kind]) =>
          [...new Set(linked.filter((other) => other.kind === kind).map((other) => other.label))].join(" | "),
        ),
        node.id,
      ];
    });
    return leviers.csvOf([head, ...lines]);
  };

  /** The chain as a picture that stands alone, with its heads and its rules of style. */
  leviers.chainFile = () => {
    const shown = document.querySelector("svg.chain");
    const room = shown.querySelector(".paper") ? 34 : 0;
    const [width, height] = ["width", "height"].map((name) => Number(shown.getAttribute(name)));
    const copy = shown.cloneNode(true);
    const rules = [...document.styleSheets]
      .flatMap((sheet) => [...sheet.cssRules])
      .filter((rule) => rule.selectorText?.startsWith(".chain"))
      .map((rule) => rule.cssText);
    copy.prepend(
      leviers.svg("style", {}, `text{font-family:Arial,sans-serif}\n${rules.join("\n")}`),
      leviers.svg("rect", { x: 0, y: -room, width, height: height + room, fill: "#fff" }),
    );
    for (const head of copy.querySelectorAll(".paper")) head.setAttribute("class", "head");
    copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
    copy.setAttribute("viewBox", `0 ${-room} ${width} ${height + room}`);
    copy.setAttribute("height", height + room);
    return new Blob([new XMLSerializer().serializeToString(copy)], { type: "image/svg+xml" });
  };

  async function copyLink() {
    try {
      await navigator.clipboard.writeText(location.href);
      leviers.say(
        location.protocol === "file:"
          ? "Lien copié. Il s’ouvre sur ce poste ; ailleurs, ajoutez ce qui suit le # à l’adresse de la page."
          : "Lien copié.",
      );
    } catch {
      leviers.say(`Copie refusée par le navigateur. Voici le lien : ${location.href}`);
    }
  }

  get("copy").addEventListener("click", copyLink);
  get("csv").addEventListener("click", () => {
    const { csv } = leviers.views.get(leviers.state.view);
    if (csv) save(new Blob([csv()], { type: "text/csv" }), `leviers-${leviers.state.view}.csv`);
    else save(new Blob([leviers.csv()], { type: "text/csv" }), "leviers.csv");
  });
  get("image").addEventListener("click", async () => {
    const { image } = leviers.views.get(leviers.state.view);
    if (image && (leviers.state.view !== "chaine" || document.querySelector("svg.chain")))
      save(await image.blob(), image.file);
  });
  get("print").addEventListener("click", () => window.print());
}
