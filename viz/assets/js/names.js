// Names on the network: drawn above shapes and lines, at one size on the screen, where they hide least.
{
  const TEXT = 13;
  const LINE = 15;
  // The first elements always have their name; those after NAMED are read by pointing at them.
  const ALWAYS = 8;
  const NAMED = 80;
  const context = document.createElement("canvas").getContext("2d");
  const font = (strong, size) => `${strong ? "bold " : ""}${size}px Arial, sans-serif`;

  function wrap(text, most) {
    const lines = [""];
    for (const word of text.split(" ")) {
      if (lines.at(-1) && `${lines.at(-1)} ${word}`.length > 26) lines.push(word);
      else lines[lines.length - 1] = lines.at(-1) ? `${lines.at(-1)} ${word}` : word;
    }
    return lines.length > most ? [...lines.slice(0, most - 1), `${lines[most - 1]}…`] : lines;
  }

  const apart = (one, other) =>
    one.right < other.left || one.left > other.right || one.bottom < other.top || one.top > other.bottom;

  /** The four places of a name around its shape, under it first. */
  function places({ x, y, half }, width, height) {
    const box = (left, top) => ({ left, right: left + width, top, bottom: top + height });
    return [
      box(x - width / 2, y + half + 3),
      box(x - width / 2, y - half - 3 - height),
      box(x + half + 5, y - height / 2),
      box(x - half - 5 - width, y - height / 2),
    ];
  }

  /**
   * Which names to draw: `shapes` are { node, x, y, half } in pixels of the screen, the most useful first;
   * `frame` is what is in sight. Each name comes with its lines and its box.
   */
  leviers.placeNames = (shapes, frame, chosen) => {
    const blocks = shapes.map(({ x, y, half }) => ({
      left: x - half,
      right: x + half,
      top: y - half,
      bottom: y + half,
    }));
    const taken = [];
    shapes.slice(0, NAMED).forEach((shape, rank) => {
      const strong = shape.node === chosen;
      const lines = wrap(shape.node.label, strong ? 5 : 3);
      context.font = font(strong, TEXT);
      const width = Math.max(...lines.map((line) => context.measureText(line).width));
      const free = places(shape, width, lines.length * LINE)
        .filter(
          (box) =>
            box.left >= frame.left && box.right <= frame.right && box.top >= frame.top && box.bottom <= frame.bottom,
        )
        .filter((box) => taken.every((other) => apart(box, other.box)))
        .map((box) => ({ box, hidden: blocks.filter((block, other) => other !== rank && !apart(box, block)).length }))
        .sort((one, other) => one.hidden - other.hidden);
      if (free.length && (free[0].hidden === 0 || rank < ALWAYS))
        taken.push({ node: shape.node, lines, strong, box: free[0].box });
    });
    return taken;
  };

  /** Draws names on a canvas whose units are `scale` pixels of the screen. */
  leviers.drawNames = (canvas, names, scale) => {
    canvas.save();
    canvas.textAlign = "center";
    canvas.textBaseline = "middle";
    canvas.lineJoin = "round";
    canvas.lineWidth = 4 / scale;
    canvas.strokeStyle = "#fff";
    canvas.fillStyle = "#161616";
    for (const { lines, strong, box } of names) {
      canvas.font = font(strong, TEXT / scale);
      lines.forEach((line, rank) => {
        const [x, y] = [(box.left + box.right) / 2 / scale, (box.top + (rank + 0.5) * LINE) / scale];
        canvas.strokeText(line, x, y);
        canvas.fillText(line, x, y);
      });
    }
    canvas.restore();
  };
}
