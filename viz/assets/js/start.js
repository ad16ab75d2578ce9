// Draws, and draws again when the address, the state or the width changes.
{
  const { get } = leviers;
  let view = null;

  leviers.draw = () => {
    const { state } = leviers;
    const panel = get("panel");
    const kept = document.activeElement?.closest?.("#vue [data-focus]")?.dataset.focus;
    leviers.drawControls();
    leviers.drawDetail();
    view?.leave?.();
    view = leviers.views.get(state.view);
    const { content, status } = view.draw();
    panel.replaceChildren(...content);
    get("status").textContent = state.text ? `${status} · avec « ${state.text} »` : status;
    if (kept)
      [...get("vue").querySelectorAll("[data-focus]")]
        .find((each) => each.dataset.focus === kept)
        ?.focus({ preventScroll: true });
  };

  /** The focus on an element: where the view draws it, otherwise on its detail. */
  leviers.focusOn = (node) => {
    const place =
      [...get("panel").querySelectorAll("[data-focus]")].find((each) => each.dataset.focus === node.id) ??
      get("detail-title");
    place.focus({ preventScroll: true });
    place.scrollIntoView({ block: "nearest" });
  };

  get("skip").addEventListener("click", (event) => {
    event.preventDefault();
    get("vue").focus();
  });

  const restore = () => {
    if (leviers.restore()) leviers.draw();
  };
  addEventListener("hashchange", restore);
  addEventListener("popstate", restore);

  let width = innerWidth;
  let waiting = 0;
  addEventListener("resize", () => {
    if (innerWidth === width) return;
    width = innerWidth;
    clearTimeout(waiting);
    waiting = setTimeout(leviers.draw, 120);
  });

  leviers.restore();
  leviers.foldFilters();
  leviers.draw();
  if (leviers.state.chosen && leviers.state.whole) {
    const { id } = leviers.state.chosen;
    [...get("panel").querySelectorAll("[data-focus]")]
      .find((each) => each.dataset.focus === id)
      ?.scrollIntoView({ block: "nearest" });
  }
  performance.mark("leviers-ready");
}
