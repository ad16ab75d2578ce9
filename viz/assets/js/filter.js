// Which elements are shown, and the search that finds them.
{
  const index = leviers.nodes.map((node) => {
    const names = [node.label, ...node.wordings];
    return {
      node,
      label: ` ${leviers.fold(node.label)} `,
      wordings: ` ${node.wordings.map(leviers.fold).join(" ")} `,
      quotes: ` ${node.quotes.map((quote) => leviers.fold(quote.words)).join(" ")} `,
      initials: node.kind === "actor" ? names.map(leviers.initials) : [],
    };
  });

  function weight(entry, word) {
    if (entry.label.includes(` ${word} `)) return 8;
    if (entry.label.includes(` ${word}`)) return 6;
    if (entry.wordings.includes(` ${word} `)) return 5;
    if (entry.wordings.includes(` ${word}`)) return 4;
    if (word.length > 2 && entry.initials.includes(word)) return 4;
    if (entry.quotes.includes(` ${word}`)) return 2;
    return word.length > 3 && entry.label.includes(word) ? 1 : 0;
  }

  /** Elements that hold every word, the likeliest first. */
  leviers.find = (text) => {
    const words = leviers.fold(text).split(" ").filter(Boolean).map(leviers.singular);
    if (!words.length) return [];
    const found = [];
    for (const entry of index) {
      const weights = words.map((word) => weight(entry, word));
      if (weights.every(Boolean))
        found.push({ node: entry.node, score: weights.reduce((sum, each) => sum + each, 0) });
    }
    return found
      .sort(
        (one, other) =>
          other.score - one.score ||
          other.node.support - one.node.support ||
          one.node.label.length - other.node.label.length ||
          one.node.index - other.node.index,
      )
      .map((each) => each.node);
  };

  /** The value is one of the element's; where the element has none (most actors), one of a linked element's. */
  const carries = (node, name, value) =>
    node[name].includes(value) || (!node[name].length && node.links.some(({ other }) => other[name].includes(value)));

  /** Links of an element that are sure enough. */
  leviers.linksOf = (node) => node.links.filter(({ edge }) => edge.level <= leviers.state.level);

  /** Whether the filters of kind, theme and territory keep an element. */
  leviers.passes = (node) => {
    const { theme, territory, hidden } = leviers.state;
    return (
      !hidden.has(node.kind) &&
      (!theme || carries(node, "themes", theme)) &&
      (!territory || carries(node, "territories", territory))
    );
  };

  /** Elements that the filters keep; a text keeps those that hold it and those linked to them. */
  leviers.shown = () => {
    const { text } = leviers.state;
    let kept = leviers.nodes;
    if (text) {
      const found = new Set(leviers.find(text));
      for (const node of [...found]) {
        for (const { other } of leviers.linksOf(node)) found.add(other);
        for (const mate of leviers.rowMates(node, leviers.state.level).keys()) found.add(mate);
      }
      kept = kept.filter((node) => found.has(node));
    }
    return new Set(kept.filter(leviers.passes));
  };

  leviers.filtered = () => {
    const { theme, territory, hidden, text, level } = leviers.state;
    return Boolean(theme || territory || hidden.size || text || level < leviers.levels.length - 1);
  };
}
