// What the reader asked for, kept in the address so that a link shows the same thing.
{
  const initial = () => ({
    view: "chaine",
    chosen: null,
    theme: "",
    territory: "",
    level: leviers.levels.length - 1,
    hidden: new Set(),
    text: "",
    whole: false,
    steps: 2,
    sort: "",
    down: false,
    document: "",
  });
  leviers.state = initial();
  let written = "";

  const encode = (value) =>
    encodeURIComponent(value).replaceAll("%2F", "/").replaceAll("%3A", ":").replaceAll("%20", "+");

  /** The state as a fragment; what is as at first is left out. */
  leviers.fragment = () => {
    const { state } = leviers;
    const parts = [
      ["vue", state.view],
      ["element", state.chosen?.id],
      ["theme", state.theme],
      ["territoire", state.territory],
      ["preuve", state.level < leviers.levels.length - 1 ? leviers.levels[state.level] : ""],
      ["masque", [...state.hidden].join(".")],
      ["texte", state.text],
      ["entier", state.whole ? "1" : ""],
      ["pas", state.steps === initial().steps ? "" : String(state.steps)],
      ["document", state.document],
      ["tri", state.sort ? (state.down ? "-" : "") + state.sort : ""],
    ];
    return (
      "#" +
      parts
        .filter(([, value]) => value)
        .map(([name, value]) => `${name}=${encode(value)}`)
        .join("&")
    );
  };

  /** Reads the state from the address; what it does not know, it leaves as at first. */
  leviers.restore = () => {
    if (location.hash && !location.hash.includes("=")) return false;
    if (location.hash && location.hash === written) return false;
    const asked = new URLSearchParams(location.hash.slice(1));
    const value = (name) => asked.get(name) ?? "";
    const state = initial();
    if (leviers.views.has(value("vue"))) state.view = value("vue");
    state.chosen = leviers.byId.get(value("element")) ?? null;
    if (leviers.themes.includes(value("theme"))) state.theme = value("theme");
    if (leviers.territories.includes(value("territoire"))) state.territory = value("territoire");
    if (leviers.levels.includes(value("preuve"))) state.level = leviers.levels.indexOf(value("preuve"));
    state.hidden = new Set(
      value("masque")
        .split(".")
        .filter((kind) => leviers.kinds.has(kind)),
    );
    state.text = value("texte").slice(0, 200);
    state.whole = value("entier") === "1";
    if (/^[123]$/.test(value("pas"))) state.steps = Number(value("pas"));
    if (leviers.documents.includes(value("document"))) state.document = value("document");
    state.down = value("tri").startsWith("-");
    state.sort = value("tri").replace(/^-/, "");
    leviers.state = state;
    written = location.hash;
    return true;
  };

  /** Changes the state, draws, and writes the address: a new step back when an element or a view was chosen. */
  leviers.set = (changes) => {
    const step = Object.hasOwn(changes, "chosen") || Object.hasOwn(changes, "view");
    Object.assign(leviers.state, changes);
    written = leviers.fragment();
    try {
      history[step && written !== location.hash ? "pushState" : "replaceState"](null, "", written);
    } catch {
      // An address that may not change (a page inside another) costs the link, not the page.
    }
    leviers.draw();
  };

  /** Chooses an element (null: none), then gives the focus where `after` says; a choice ends the search before it. */
  leviers.choose = (node, after) => {
    leviers.set(node ? { chosen: node, text: "" } : { chosen: null });
    if (after) after();
  };

  leviers.reset = () => leviers.set({ ...initial(), view: leviers.state.view });
}
