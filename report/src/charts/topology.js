// A network as a picture: tiers of switches as rows, bundles of links between them. A few boxes stand for all.
const space = 'http://www.w3.org/2000/svg';
const [W, left, right] = [940, 170, 920];

function svg(tag, attributes, ...children) {
  const element = document.createElementNS(space, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children.flat(Infinity).filter(Boolean));
  return element;
}

const words = (x, y, text, attributes = {}) => svg('text', { x, y, ...attributes }, text);

/** Middles of the boxes that stand for `count`, at most `most`; where some are left out, a gap in the middle shows it. */
function places(count, most, [from, to] = [left, right]) {
  const n = Math.max(1, Math.min(count, most));
  const slots = count > most ? n + 1 : n;
  const step = (to - from) / slots;
  const all = Array.from({ length: slots }, (_, i) => from + step * (i + 0.5));
  if (count <= most) return { xs: all, gap: null, step };
  const hole = Math.floor(slots / 2);
  return { xs: all.filter((_, i) => i !== hole), gap: all[hole], step };
}

function row({ y, xs, gap, step }, { title, detail, kind }) {
  const width = Math.min(kind === 'gpu' ? 22 : 46, step * 0.7);
  const height = kind === 'gpu' ? 16 : 22;
  return svg('g', {},
    words(0, y - 1, title, { class: 'name' }), words(0, y + 15, detail, { class: 'detail' }),
    xs.map((x) => (kind === 'circuit'
      ? svg('path', { class: kind, d: `M${x - 15} ${y}L${x} ${y - 13}L${x + 15} ${y}L${x} ${y + 13}Z` })
      : svg('rect', { class: kind, x: x - width / 2, y: y - height / 2, width, height, rx: 3 }))),
    gap ? words(gap, y + 4, '···', { class: 'gap' }) : null);
}

const bundle = (a, b, colour) => svg('g', { class: 'links', stroke: colour },
  a.xs.flatMap((x1) => b.xs.map((x2) => svg('line', { x1, y1: a.y, x2, y2: b.y }))));

/** Every box of the many to one of the few, as cards go to their first switch. */
const single = (many, few, colour) => svg('g', { class: 'links', stroke: colour },
  many.xs.map((x1, i) => svg('line', { x1, y1: many.y, x2: few.xs[Math.min(Math.floor((i * few.xs.length) / many.xs.length), few.xs.length - 1)], y2: few.y })));

/** What the links between two rows are, on white so that the lines behind do not cross the words. */
function caption(y, lines) {
  const height = lines.length * 16 + 6;
  const width = Math.max(...lines.map((line) => line.length)) * 6.5 + 18;
  const x = (left + right) / 2;
  return svg('g', {}, svg('rect', { class: 'paper', x: x - width / 2, y: y - height / 2, width, height, rx: 4 }),
    lines.map((line, i) => words(x, y - height / 2 + 15 + i * 16, line, { class: 'link' })));
}

const arc = (x1, x2, y, rise, colour) => svg('path', { class: 'arc', stroke: colour, d: `M${x1} ${y}C${x1} ${y - rise} ${x2} ${y - rise} ${x2} ${y}` });

/** One row above the other; the lowest is that of the endpoints. */
function tiers({ endpoints, switches, links, circuits }) {
  const captionOf = (link) => 34 + 16 * link.lines.length;
  const sorted = [...switches].sort((a, b) => b.tier - a.tier);
  const parts = [];
  let y = 26;
  // Circuit switches take the place of the highest tier, above what they join.
  const top = links.filter((link) => link.a === link.b && link.a !== 'nic');
  let above = null;
  if (circuits.length) {
    above = { y, ...places(circuits[0].count, 7) };
    parts.push(() => row(above, { ...circuits[0], kind: 'circuit' }));
    y += 40 + Math.max(0, ...top.map(captionOf));
  } else if (top.length) y += 44 + 16 * top.reduce((n, link) => n + link.lines.length, 0);
  const rows = sorted.map((item, i) => {
    const place = { y, ...places(item.count, i === 0 ? 6 : 8) };
    const below = links.filter((link) => link.b === String(item.tier) && link.a !== link.b);
    y += 44 + Math.max(24, ...below.map(captionOf));
    return { item, place, below };
  });
  const ends = { y, ...places(endpoints.count, 16) };
  const marks = [];
  for (const { item, place, below } of rows) {
    for (const link of below) {
      const under = link.a === 'nic' ? ends : rows.find((other) => String(other.item.tier) === link.a)?.place;
      if (!under) continue;
      parts.unshift(() => (link.a === 'nic' ? single(under, place, link.colour) : bundle(under, place, link.colour)));
      marks.push(() => caption((under.y + place.y) / 2, link.lines));
    }
    let rise = 30;
    for (const link of top.filter((l) => l.a === String(item.tier))) {
      if (above) {
        parts.unshift(() => bundle(place, above, link.colour));
        marks.push(() => caption((above.y + place.y) / 2, link.lines));
        continue;
      }
      const { xs } = place;
      // The nearer ones join neighbours, the farther ones what lies far apart.
      const reach = rise === 30 ? 1 : 3;
      const height = rise;
      parts.unshift(() => svg('g', {}, xs.slice(reach).map((x, i) => arc(xs[i], x, place.y - 11, height, link.colour))));
      marks.push(() => caption(place.y - 16 - height * 0.75, link.lines));
      rise += 26 + 16 * link.lines.length;
    }
  }
  return { height: y + 26, parts: [...parts, ...rows.map(({ item, place }) => () => row(place, { ...item, kind: 'switch' })),
    () => row(ends, { ...endpoints, kind: 'gpu' }), ...marks] };
}

/**
 * GPUs in a grid, each with its neighbours; links that wrap leave on one side and come back on the other, or go over circuit
 * switches, drawn for one edge alone.
 */
function torus({ endpoints, links, circuits }) {
  const [columns, lines, dx, dy] = [9, 4, 74, 40];
  const x0 = left + 60;
  const y0 = circuits.length ? 92 : 44;
  const at = (i, j) => [x0 + i * dx, y0 + j * dy];
  const colour = (name) => links.find((link) => link.name === name)?.colour ?? '#8a9099';
  const near = colour('neighbour');
  const far = links.find((link) => link.name !== 'neighbour');
  const parts = [];
  for (let j = 0; j < lines; j += 1) {
    for (let i = 0; i < columns; i += 1) {
      const [x, y] = at(i, j);
      if (i + 1 < columns) parts.push(svg('line', { x1: x, y1: y, x2: x + dx, y2: y, stroke: near, class: 'mesh' }));
      if (j + 1 < lines) parts.push(svg('line', { x1: x, y1: y, x2: x, y2: y + dy, stroke: near, class: 'mesh' }));
    }
    if (far && !circuits.length) parts.push(arc(at(0, j)[0], at(columns - 1, j)[0], at(0, j)[1], 22, far.colour));
  }
  for (let j = 0; j < lines; j += 1) {
    for (let i = 0; i < columns; i += 1) parts.push(svg('rect', { class: 'gpu', x: at(i, j)[0] - 9, y: at(i, j)[1] - 8, width: 18, height: 16, rx: 3 }));
  }
  if (circuits.length) {
    const above = { y: 22, ...places(circuits[0].count, 7) };
    const edge = { y: y0, xs: Array.from({ length: columns }, (_, i) => at(i, 0)[0]) };
    if (far) parts.unshift(bundle(edge, above, far.colour));
    parts.push(row(above, { ...circuits[0], kind: 'circuit' }));
  }
  const under = y0 + lines * dy;
  const texts = links.flatMap((link) => link.lines);
  return { height: under + 22 + 16 * texts.length, parts: [
    () => svg('g', {}, parts), () => svg('g', {}, words(0, y0 + 30, endpoints.title, { class: 'name' }), words(0, y0 + 46, endpoints.detail, { class: 'detail' })),
    () => caption(under + 8 * texts.length, texts)] };
}

/**
 * endpoints: {count, title, detail}; switches and circuits: [{count, title, detail, tier?}], links: [{name, a, b, lines, colour}] with "nic" or a
 * tier as ends.
 */
export function topologyPicture({ kind, label, ...network }) {
  const { height, parts } = kind === 'torus' ? torus(network) : tiers(network);
  return svg('svg', { viewBox: `0 0 ${W} ${height}`, role: 'img', 'aria-label': label, class: 'topology' }, parts.map((part) => part()));
}
