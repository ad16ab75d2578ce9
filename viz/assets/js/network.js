// The network: what surrounds the chosen element, step by step, drawn by vis-network on positions made beforehand.
{
  const MOST = 300;
  const { el } = leviers;
  const places = leviers.data.network;
  let network = null;
  let rescale = () => {};

  function draw() {
    const { state } = leviers;
    const shown = leviers.shown();
    const { chosen } = state;
    const best = [...shown]
      .sort((one, other) => other.support - one.support || other.links.length - one.links.length)
      .slice(0, MOST);
    const distance = chosen
      ? leviers.around(chosen, MOST, state.steps, shown)
      : new Map(best.map((node) => [node, 1]));
    const nodes = [...distance.keys()];
    if (!nodes.length)
      return {
        content: [
          el("p", { class: "hint" }, "Aucun élément ne correspond à ces filtres. « Tout réafficher » les enlève."),
        ],
        status: "0 élément",
      };
    const frame = el("div", { class: "network", role: "img", "aria-label": describe(chosen, nodes.length) });
    const content = [options(chosen), frame];
    requestAnimationFrame(() => {
      if (frame.isConnected) paint(frame, nodes, distance, chosen);
    });
    const total = chosen ? nodes.length : shown.size;
    const cut = nodes.length < total || nodes.length === MOST;
    return {
      content,
      status: cut
        ? `${leviers.count(nodes.length, "élément montré", "éléments montrés")}${total > nodes.length ? ` sur ${total}` : ""}, les plus souvent dits. Filtrez ou cherchez pour voir les autres.`
        : chosen
          ? `${leviers.count(nodes.length - 1, "élément", "éléments")} à ${leviers.count(state.steps, "pas", "pas")} ou moins`
          : leviers.count(nodes.length, "élément", "éléments"),
    };
  }

  const describe = (chosen, number) =>
    chosen
      ? `Réseau autour de « ${chosen.label} » : ${leviers.count(number, "élément", "éléments")}. La vue Tableau et le détail disent la même chose en texte.`
      : `Réseau de ${leviers.count(number, "élément", "éléments")}. La vue Tableau dit la même chose en texte.`;

  function options(chosen) {
    const zoom = (label, factor, sign) =>
      el(
        "button",
        {
          type: "button",
          "aria-label": label,
          "data-focus": label,
          click: () => {
            if (factor) network?.moveTo({ scale: network.getScale() * factor });
            else fit();
            rescale();
          },
        },
        sign,
      );
    const steps = [1, 2, 3].map((step) =>
      el(
        "label",
        {},
        el("input", {
          type: "radio",
          name: "steps",
          value: step,
          checked: leviers.state.steps === step,
          "data-focus": `steps-${step}`,
          change: () => leviers.set({ steps: step }),
        }),
        ` ${step}`,
      ),
    );
    return el(
      "div",
      { class: "options" },
      chosen
        ? el("fieldset", { class: "inline" }, el("legend", {}, "Nombre de pas autour de l’élément choisi"), ...steps)
        : el(
            "p",
            { class: "soft" },
            "Cliquez sur un élément pour ne voir que ce qui l’entoure. Le nom des autres s’affiche au survol.",
          ),
      el(
        "div",
        { class: "buttons" },
        zoom("Agrandir", 1.3, "+"),
        zoom("Réduire", 1 / 1.3, "−"),
        zoom("Recentrer", 0, "Recentrer"),
      ),
    );
  }

  function paint(frame, nodes, distance, chosen) {
    const ratio = Math.min(1.9, Math.max(0.7, frame.clientWidth / frame.clientHeight));
    const spots = chosen
      ? leviers.rings(chosen, distance, ratio)
      : new Map(nodes.map((node) => [node, { x: places.x[node.index], y: places.y[node.index] }]));
    const inside = new Set(nodes);
    const ordered = [...nodes].sort(
      (one, other) =>
        distance.get(one) - distance.get(other) || other.links.length - one.links.length || one.index - other.index,
    );
    const edges = leviers.edges.filter(
      (edge) => edge.level <= leviers.state.level && inside.has(edge.source) && inside.has(edge.target),
    );
    const shown = new window.vis.DataSet(
      ordered.map((node) => ({
        id: node.index,
        group: node.kind,
        title: `${leviers.kinds.get(node.kind).one} : ${node.label}`,
        ...spots.get(node),
      })),
    );
    const lines = edges.map((edge) => ({
      id: edge.index,
      from: edge.source.index,
      to: edge.target.index,
      dashes: places.dashes[edge.proof],
      ...(edge.relation === "closeMatch" ? { arrows: "" } : {}),
    }));
    network = new window.vis.Network(frame, { nodes: shown, edges: lines }, structuredClone(places.options));
    frame.firstElementChild?.removeAttribute("tabindex");
    network.on("selectNode", ({ nodes: [index] }) => leviers.choose(leviers.nodes[index]));
    let names = [];
    network.on("afterDrawing", (canvas) => leviers.drawNames(canvas, names, network.getScale()));
    rescale = () => {
      names = sized(frame, ordered, spots, shown, chosen);
    };
    let waiting = 0;
    const later = () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => network && rescale(), 80);
    };
    network.on("zoom", later);
    network.on("dragEnd", later);
    // The wheel scrolls the page until the reader has clicked in the picture.
    const wheel = (zoomView) => network?.setOptions({ interaction: { zoomView } });
    wheel(false);
    frame.addEventListener("pointerdown", () => wheel(true));
    frame.addEventListener("pointerleave", () => wheel(false));
    fit();
    leviers.network = {
      nodes: nodes.length,
      edges: edges.length,
      names: () => names.map(({ lines: words }) => words.join(" ")),
    };
  }

  /** Shapes and lines keep their size on the screen, whatever the scale; returns the names that fit. */
  function sized(frame, nodes, spots, shown, chosen) {
    const scale = network.getScale();
    const many = nodes.length > 120;
    const shapes = nodes.map((node) => ({
      node,
      x: spots.get(node).x * scale,
      y: spots.get(node).y * scale,
      half: node === chosen ? 20 : (many ? 4 : 8) + Math.min(6, Math.sqrt(node.links.length)),
    }));
    network.setOptions({
      edges: { width: 1.2 / scale, arrows: { to: { enabled: true, scaleFactor: (many ? 0.25 : 0.4) / scale } } },
    });
    shown.update(shapes.map(({ node, half }) => ({ id: node.index, size: half / scale })));
    const middle = network.getViewPosition();
    const [x, y, width, height] = [middle.x * scale, middle.y * scale, frame.clientWidth / 2, frame.clientHeight / 2];
    return leviers.placeNames(
      shapes,
      { left: x - width + 4, right: x + width - 4, top: y - height + 4, bottom: y + height - 4 },
      chosen,
    );
  }

  /** All in sight, with room for names around. */
  function fit() {
    network.fit();
    network.moveTo({ scale: Math.min(1.4, network.getScale() * 0.88) });
    rescale();
  }

  function leave() {
    network?.destroy();
    network = null;
    leviers.network = null;
  }

  const picture = () =>
    new Promise((done) => {
      const from = document.querySelector(".network canvas");
      const canvas = el("canvas", { width: from.width, height: from.height });
      const context = canvas.getContext("2d");
      context.fillStyle = "#fff";
      context.fillRect(0, 0, canvas.width, canvas.height);
      context.drawImage(from, 0, 0);
      canvas.toBlob(done, "image/png");
    });

  leviers.views.set("reseau", {
    label: "Réseau",
    draw,
    leave,
    image: { label: "Exporter PNG", file: "leviers-reseau.png", blob: picture },
  });
}
