// What surrounds an element, and where it stands: rings, one for each step.
{
  const places = leviers.data.network;

  /** Elements around one, by number of steps; the best supported come first where there are too many. */
  leviers.around = (centre, most, steps, shown) => {
    const distance = new Map([[centre, 0]]);
    let edge = [centre];
    for (let step = 1; step <= steps && edge.length; step += 1) {
      const next = new Set();
      for (const node of edge) {
        for (const { other } of leviers.linksOf(node)) if (shown.has(other) && !distance.has(other)) next.add(other);
      }
      edge = [...next]
        .sort((one, other) => other.support - one.support || one.index - other.index)
        .slice(0, most - distance.size);
      for (const node of edge) distance.set(node, step);
    }
    return distance;
  };

  /** Rings around the chosen element; on each, the order of the whole map, near what leads there. */
  leviers.rings = (centre, distance, ratio) => {
    const [cx, cy] = [places.x[centre.index], places.y[centre.index]];
    const angle = new Map([[centre, 0]]);
    const spot = new Map([[centre, { x: 0, y: 0 }]]);
    const members = [];
    for (const [node, step] of distance) if (step) (members[step] ??= []).push(node);
    let radius = 0;
    members.forEach((ring, step) => {
      const wish = (node) => {
        const parents = node.links
          .map(({ other }) => other)
          .filter((other) => step > 1 && distance.get(other) === step - 1);
        if (!parents.length) return Math.atan2(places.y[node.index] - cy, places.x[node.index] - cx);
        const sum = parents.reduce(
          ([x, y], other) => [x + Math.cos(angle.get(other)), y + Math.sin(angle.get(other))],
          [0, 0],
        );
        return Math.atan2(sum[1], sum[0]);
      };
      const wishes = new Map(ring.map((node) => [node, wish(node)]));
      ring.sort((one, other) => wishes.get(one) - wishes.get(other) || one.index - other.index);
      radius = Math.max(radius + 170, (ring.length * (step === 1 ? 60 : 44)) / (2 * Math.PI));
      const start = wishes.get(ring[0]);
      ring.forEach((node, rank) => {
        const turn = start + (2 * Math.PI * rank) / ring.length;
        angle.set(node, turn);
        spot.set(node, { x: Math.round(radius * ratio * Math.cos(turn)), y: Math.round(radius * Math.sin(turn)) });
      });
    });
    return spot;
  };
}
