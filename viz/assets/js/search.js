// The search box: suggestions to choose from, or the whole view filtered by the words.
{
  const MOST = 12;
  const { el } = leviers;
  const input = leviers.get("find");
  const list = leviers.get("found");
  let options = [];
  let active = -1;

  const close = () => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    active = -1;
  };

  const mark = (rank) => {
    active = rank;
    options.forEach(({ item }, place) => item.setAttribute("aria-selected", String(place === rank)));
    if (rank < 0) input.removeAttribute("aria-activedescendant");
    else {
      input.setAttribute("aria-activedescendant", options[rank].item.id);
      options[rank].item.scrollIntoView({ block: "nearest" });
    }
  };

  function option(act, ...content) {
    const item = el("li", { role: "option", id: `option-${options.length}`, "aria-selected": "false" }, ...content);
    // Before the input loses the focus, which closes the list.
    item.addEventListener("mousedown", (event) => {
      event.preventDefault();
      act();
    });
    options.push({ item, act });
    return item;
  }

  function choose(node) {
    input.value = "";
    close();
    leviers.set({ chosen: node, text: "" });
    leviers.focusOn(node);
  }

  function filter() {
    const text = input.value.trim();
    close();
    leviers.set({ text });
  }

  function suggest() {
    const text = input.value.trim();
    options = [];
    if (!leviers.fold(text)) {
      list.replaceChildren();
      close();
      if (leviers.state.text) leviers.set({ text: "" });
      return;
    }
    const found = leviers.find(text);
    const items = found
      .slice(0, MOST)
      .map((node) =>
        option(
          () => choose(node),
          leviers.icon(node.kind),
          el("span", {}, node.label, " ", el("span", { class: "small" }, leviers.kinds.get(node.kind).one)),
        ),
      );
    if (found.length) {
      items.push(
        option(
          filter,
          el(
            "span",
            { class: "all" },
            `Filtrer la vue : ${leviers.count(found.length, "élément contient", "éléments contiennent")} « ${text} »`,
          ),
        ),
      );
    }
    if (!found.length)
      items.push(
        el(
          "li",
          { role: "option", "aria-disabled": "true", "aria-selected": "false" },
          `Rien ne contient « ${text} ». Essayez un mot plus court.`,
        ),
      );
    list.replaceChildren(...items);
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    mark(-1);
    leviers.get("heard").textContent = found.length
      ? leviers.count(found.length, "élément trouvé", "éléments trouvés")
      : "Aucun élément trouvé";
  }

  input.addEventListener("input", suggest);
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    const open = !list.hidden;
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && !open && input.value) suggest();
    else if (event.key.startsWith("Arrow") && open && !options.length) return;
    else if (event.key === "ArrowDown" && open) mark((active + 1) % options.length);
    else if (event.key === "ArrowUp" && open) mark((active < 1 ? options.length : active) - 1);
    else if (event.key === "Enter") (options[active]?.act ?? filter)();
    else if (event.key === "Escape" && open) close();
    else if (event.key === "Escape") {
      input.value = "";
      suggest();
    } else return;
    event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    if (
      event.key !== "/" ||
      event.ctrlKey ||
      event.altKey ||
      event.metaKey ||
      /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName)
    )
      return;
    event.preventDefault();
    input.focus();
    input.select();
  });
}
