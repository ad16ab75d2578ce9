// How much the chain can show: sizes for the room there is, words cut in lines, and how many boxes.
{
  const MOST = 150;
  const NARROW = 720;
  const context = document.createElement("canvas").getContext("2d");

  /** Sizes that follow the reader's text size. */
  leviers.measures = (room, count) => {
    const unit = parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
    const narrow = room < NARROW * unit;
    const gap = narrow ? 0 : Math.round(Math.min(84, Math.max(30, (room - 450) * 0.08)));
    const margin = narrow ? 44 : 3;
    const width = narrow
      ? room - margin - 3
      : Math.floor(Math.min(300 * unit, (room - margin - 26 - gap * (count - 1)) / count));
    context.font = `${13 * unit}px ${getComputedStyle(document.body).fontFamily}`;
    const [text, small, line, pad, indent] = [13, 11.5, 17, 8, 30].map((size) => size * unit);
    return { unit, narrow, gap, margin, width, text, small, line, pad, indent };
  };

  const fits = (text, room) => context.measureText(text.trimEnd()).width <= room;

  // Where a French word may be cut: before a consonant, or two that stay together, that a vowel follows.
  const TOGETHER = "ch|ph|th|gn|[bcdfgptv][lr]";
  const SYLLABLE = new RegExp(
    `(?<=\\p{L}{2})(?<!(?=${TOGETHER}).)(?=\\p{L}{3})(?=(?:${TOGETHER}|[bcçdfghjklmnpqrstvwxz])[aeiouyàâäéèêëîïôöùûüœæ])`,
    "giu",
  );

  /** A part of a word that is too long for a line: cut between syllables, with a hyphen, or else where the line ends. */
  function cut(part, room) {
    const pieces = [];
    let rest = part;
    while (!fits(rest, room)) {
      const places = [...rest.matchAll(SYLLABLE)].map((match) => match.index);
      let end = places.filter((place) => fits(`${rest.slice(0, place)}-`, room)).at(-1) ?? 0;
      const hyphen = end ? "-" : "";
      if (!end) for (end = rest.length - 1; end > 1 && !fits(rest.slice(0, end), room); ) end -= 1;
      pieces.push(rest.slice(0, end) + hyphen);
      rest = rest.slice(end);
    }
    return [...pieces, rest];
  }

  /** Lines of a text, none wider than the room; joined, they are the text but for hyphens: a space ends its line. */
  leviers.wrap = (text, room) => {
    const lines = [""];
    for (const part of text.split(/(?<=[ /–-])(?=\S)/).flatMap((each) => cut(each, room))) {
      if (lines.at(-1) && !fits(lines.at(-1) + part, room)) lines.push(part);
      else lines[lines.length - 1] += part;
    }
    return lines;
  };

  /** Irritants and levers, the best supported first, then those whose chain goes through most kinds. */
  leviers.leading = (nodes) =>
    nodes
      .filter((node) => node.kind === "irritant" || node.kind === "lever")
      .map((node) => {
        const chain = [...leviers.chainOf(node, leviers.state.level).keys()];
        return { node, chain, kinds: new Set(chain.map((other) => other.kind)).size };
      })
      .sort(
        (one, other) =>
          other.node.support - one.node.support || other.kinds - one.kinds || one.node.index - other.node.index,
      );

  /** At most MOST elements: whole chains as far as they fit, the leading ones first; then what is left. */
  leviers.capped = (nodes) => {
    if (nodes.length <= MOST) return new Set(nodes);
    const possible = new Set(nodes);
    const kept = new Set();
    const add = (chain) => {
      const fresh = chain.filter((node) => possible.has(node) && !kept.has(node));
      const room = MOST - kept.size;
      if (fresh.length <= room || !kept.size) fresh.slice(0, room).forEach((node) => kept.add(node));
    };
    for (const { chain } of leviers.leading(nodes)) add(chain);
    for (const node of [...nodes].sort((one, other) => other.support - one.support)) add([node]);
    return kept;
  };
}
