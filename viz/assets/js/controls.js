// Filters, tabs and the line that names the chosen element.
{
  const { el, get } = leviers;

  const choices = (select, first, values) =>
    select.replaceChildren(
      el("option", { value: "" }, first),
      ...values.map((value) => el("option", { value }, value)),
    );
  choices(get("theme"), "Tous les thèmes", leviers.themes);
  choices(get("territory"), "Tous les territoires", leviers.territories);
  get("proof").replaceChildren(
    ...[...leviers.proofs].reverse().map(([proof, { least }]) => el("option", { value: proof }, least)),
  );

  const numbers = new Map();
  for (const { kind } of leviers.nodes) numbers.set(kind, (numbers.get(kind) ?? 0) + 1);
  for (const [kind, { many }] of leviers.kinds) {
    if (!numbers.has(kind)) continue;
    const box = el("input", {
      type: "checkbox",
      value: kind,
      change: () => {
        const hidden = new Set(leviers.state.hidden);
        if (box.checked) hidden.delete(kind);
        else hidden.add(kind);
        leviers.set({ hidden });
      },
    });
    get("kinds").append(
      el(
        "label",
        { class: "chip" },
        box,
        leviers.icon(kind),
        el("span", {}, many, " ", el("span", { class: "number" }, String(numbers.get(kind)))),
      ),
    );
  }

  get("theme").addEventListener("change", (event) => leviers.set({ theme: event.target.value }));
  get("territory").addEventListener("change", (event) => leviers.set({ territory: event.target.value }));
  get("proof").addEventListener("change", (event) =>
    leviers.set({ level: leviers.levels.indexOf(event.target.value) }),
  );
  get("filters").addEventListener("submit", (event) => event.preventDefault());
  get("reset").addEventListener("click", () => {
    leviers.say("");
    leviers.reset();
  });

  const names = [...leviers.views.keys()];
  const tabs = names.map((name) =>
    el(
      "button",
      {
        type: "button",
        role: "tab",
        id: `tab-${name}`,
        "aria-controls": "panel",
        click: () => leviers.set({ view: name }),
      },
      leviers.views.get(name).label,
    ),
  );
  get("tabs").append(...tabs);
  get("tabs").addEventListener("keydown", (event) => {
    const rank = names.indexOf(leviers.state.view);
    const target = { ArrowRight: rank + 1, ArrowLeft: rank - 1, Home: 0, End: names.length - 1 }[event.key];
    if (target === undefined) return;
    event.preventDefault();
    const next = (target + names.length) % names.length;
    leviers.set({ view: names[next] });
    tabs[next].focus();
  });

  // On a narrow page the filters stay folded until asked for.
  const wide = matchMedia("(min-width: 40rem)");
  const fold = (open) => {
    get("more").hidden = !open;
    get("fold").setAttribute("aria-expanded", String(open));
  };
  get("fold").addEventListener("click", () => fold(get("more").hidden));
  leviers.foldFilters = () => fold(wide.matches || leviers.filtered());
  wide.addEventListener("change", leviers.foldFilters);

  /** Puts what the state says into the controls. */
  leviers.drawControls = () => {
    const { state } = leviers;
    get("theme").value = state.theme;
    get("territory").value = state.territory;
    get("proof").value = leviers.levels[state.level];
    if (document.activeElement !== get("find")) get("find").value = state.text;
    for (const box of get("kinds").querySelectorAll("input")) box.checked = !state.hidden.has(box.value);
    names.forEach((name, rank) => {
      tabs[rank].setAttribute("aria-selected", String(name === state.view));
      tabs[rank].tabIndex = name === state.view ? 0 : -1;
    });
    get("panel").setAttribute("aria-labelledby", `tab-${state.view}`);
    get("reset").disabled = !state.chosen && !leviers.filtered() && !state.whole && !state.document;
    const { image } = leviers.views.get(state.view);
    get("image").disabled = !image;
    get("image").textContent = image?.label ?? "Exporter SVG";
    drawChosen();
  };

  function drawChosen() {
    const { chosen } = leviers.state;
    get("chosen").hidden = !chosen;
    get("chosen").replaceChildren(
      ...(chosen
        ? [
            el(
              "span",
              { class: "kind" },
              leviers.icon(chosen.kind),
              el("strong", {}, leviers.kinds.get(chosen.kind).one),
            ),
            el("span", { class: "what" }, chosen.label),
            leviers.views.get(leviers.state.view).narrows
              ? el(
                  "label",
                  {},
                  el("input", {
                    type: "checkbox",
                    id: "only",
                    "data-focus": "only",
                    checked: !leviers.state.whole,
                    change: (event) => leviers.set({ whole: !event.target.checked }),
                  }),
                  " Ne montrer que sa chaîne",
                )
              : "",
            el(
              "button",
              {
                type: "button",
                class: "read",
                "data-focus": "read",
                click: () => {
                  get("detail-title").focus();
                  get("detail").scrollIntoView();
                },
              },
              "Lire le détail",
            ),
            el(
              "button",
              {
                type: "button",
                "data-focus": "drop",
                click: () => leviers.choose(null, () => leviers.focusOn(chosen)),
              },
              "Ne plus choisir",
            ),
          ]
        : []),
    );
  }
}
