// Elements of the page, made without ever reading text as markup.
{
  const SVG = "http://www.w3.org/2000/svg";

  const fill = (made, attributes, children) => {
    for (const [name, value] of Object.entries(attributes)) {
      if (typeof value === "function") made.addEventListener(name, value);
      else if (value === true) made.setAttribute(name, "");
      else if (value !== false && value !== null) made.setAttribute(name, value);
    }
    made.append(...children.filter((child) => child !== null && child !== ""));
    return made;
  };

  /** el("button", { type: "button", click: act }, "Texte") */
  leviers.el = (tag, attributes = {}, ...children) => fill(document.createElement(tag), attributes, children);

  leviers.svg = (tag, attributes = {}, ...children) => fill(document.createElementNS(SVG, tag), attributes, children);

  leviers.get = (id) => document.getElementById(id);

  /** The shape of a kind, as a path in a square of 14 units. */
  leviers.shape = (kind, attributes = {}) => {
    const { path, colour } = leviers.kinds.get(kind);
    return leviers.svg("path", { class: "shape", d: path, fill: colour, "fill-rule": "evenodd", ...attributes });
  };

  /** The shape of a kind as an image of its own, beside words that say the same. */
  leviers.icon = (kind) =>
    leviers.svg("svg", { class: "icon", viewBox: "-.5 -.5 15 15", "aria-hidden": "true" }, leviers.shape(kind));

  /** A sample of the line that stands for a level of proof. */
  leviers.sample = (proof) =>
    leviers.svg(
      "svg",
      { class: "sample", viewBox: "0 0 30 8", "aria-hidden": "true" },
      leviers.svg("path", { d: "M1 4h28", "stroke-dasharray": leviers.proofs.get(proof).dash || null }),
    );

  /** A button that chooses an element. */
  leviers.link = (node, after) =>
    leviers.el(
      "button",
      {
        type: "button",
        class: "link",
        "data-focus": node.id,
        click: () => leviers.choose(node, after),
      },
      node.label,
    );

  /** A short message, seen and read aloud. */
  let fading = 0;
  leviers.say = (message) => {
    leviers.get("note").textContent = message;
    clearTimeout(fading);
    fading = setTimeout(() => {
      leviers.get("note").textContent = "";
    }, 12_000);
  };
}
