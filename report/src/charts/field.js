// A quantity over a plane, as an image between axes, with the outlines of what lies there and their names: a layer from
// above, or a section. Rows need not have one height: `y.edges` are then the true places of their edges, and every row is
// drawn by the cube root of its height, so that a film of a micrometre is seen beside a millimetre of copper.
import { csv } from '../download.js';
import { isNumber, number, unitText } from '../format.js';
import { axisText, hair, ink, text, textWidth } from '../theme.js';
import { axisName, scaleOf, valueAxis } from './axes.js';
import { colourBar, palette } from './palette.js';

const colour = palette([[0, 255, 250, 228], [0.2, 254, 214, 130], [0.4, 250, 150, 76], [0.6, 224, 78, 74], [0.8, 150, 30, 100], [1, 48, 10, 80]]);

/** Where the edges of rows or columns are drawn, 0 … 1, and where a true place is. */
function ruler({ start, step, count, edges }) {
  const true_edges = edges ?? Array.from({ length: count + 1 }, (_, i) => start + step * i);
  const weights = true_edges.slice(1).map((edge, i) => (edges ? Math.cbrt(edge - true_edges[i]) : 1));
  const total = weights.reduce((a, b) => a + b, 0);
  let sum = 0;
  const drawn = [0, ...weights.map((w) => (sum += w) / total)];
  const find = (list, value) => Math.min(Math.max(list.findIndex((edge) => edge > value) - 1, 0), list.length - 2);
  const index = (value) => (value >= true_edges.at(-1) ? true_edges.length - 2 : find(true_edges, value));
  const place = (value) => {
    const i = index(value);
    return drawn[i] + ((value - true_edges[i]) / (true_edges[i + 1] - true_edges[i])) * (drawn[i + 1] - drawn[i]);
  };
  return { edges: true_edges, drawn, place, at: (share) => (share >= 1 ? true_edges.length - 2 : find(drawn, share)) };
}

function paint(values, columns, rows, share) {
  const canvas = document.createElement('canvas');
  // Rows of unequal height get pixels in proportion; their edges stay sharp.
  const pixels = rows.drawn.map((place) => Math.round(place * (rows.edges.length - 1) * 4));
  canvas.width = columns;
  canvas.height = pixels.at(-1);
  const context = canvas.getContext('2d');
  const image = context.createImageData(canvas.width, canvas.height);
  for (let row = 0; row < rows.edges.length - 1; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const value = values[row * columns + column];
      if (!isNumber(value)) continue;
      const rgba = colour(share(value));
      // Row 0 is the lowest, the image's first line the highest.
      for (let line = pixels[row]; line < pixels[row + 1]; line += 1) image.data.set(rgba, 4 * ((canvas.height - 1 - line) * columns + column));
    }
  }
  context.putImageData(image, 0, 0);
  return canvas;
}

/** map: {id, title, x, y: {name, unit, start, step, count} or {name, unit, edges}, unit, values, outlines: [{name, x0, x1, y0, y1}]} */
export function fieldChart(map, { note = map.note, size = 'half' } = {}) {
  const { x, y, values } = map;
  const columns = ruler(x);
  const rows = ruler(y);
  const known = values.filter(isNumber);
  const low = known.reduce((a, b) => Math.min(a, b), Infinity);
  const high = known.reduce((a, b) => Math.max(a, b), -Infinity);
  const share = (value) => (high > low ? (value - low) / (high - low) : 0.5);
  const unit = unitText(map.unit);
  const picture = paint(values, columns.edges.length - 1, rows, share);
  const sx = scaleOf(columns.edges, x.unit);
  const sy = scaleOf(rows.edges, y.unit);
  const width = columns.edges.at(-1) - columns.edges[0];
  const height = rows.edges.at(-1) - rows.edges[0];
  // A layer keeps its shape, a section has none to keep.
  const shape = y.edges ? 0.55 : height / width;
  const digits = high - low > 20 ? 0 : high - low > 2 ? 1 : 2;
  const words = (t) => `${(low + t * (high - low)).toFixed(digits)}\u00a0${unit}`;
  const [left, right, top, bottom] = [y.edges ? 58 : 50, 74, 8, 40];
  return {
    id: map.id,
    title: map.title,
    note,
    size,
    alt: `${map.title}: ${words(0)} to ${words(1)}`,
    height: (box) => Math.min(Math.max((box - left - right) * shape, 70), 460) + top + bottom,
    option: (box, tall) => {
      const wide = Math.min(box - left - right, (tall - top - bottom) / shape);
      return {
        grid: { left, width: y.edges ? box - left - right : wide, top, bottom },
        xAxis: valueAxis(axisName(x.name, sx.unit), { min: columns.edges[0] / sx.factor, max: columns.edges.at(-1) / sx.factor, nameGap: 24, grid: false }),
        yAxis: y.edges
          ? { ...valueAxis('not to scale', { min: 0, max: 1, nameGap: 40, grid: false }), axisLabel: { show: false }, axisTick: { show: false } }
          : valueAxis(axisName(y.name, sy.unit), { min: rows.edges[0] / sy.factor, max: rows.edges.at(-1) / sy.factor, nameGap: 34, grid: false }),
        series: [{
          type: 'custom',
          silent: true,
          clip: false,
          data: [[0, 0]],
          renderItem: ({ coordSys: area }) => ({ type: 'group', children: [
            { type: 'rect', shape: area, style: { fill: hair } },
            { type: 'image', style: { image: picture, x: area.x, y: area.y, width: area.width, height: area.height } },
            ...outlines(map.outlines ?? [], area, columns, rows),
            colourBar(area, colour, words, { ink, quiet: axisText.color, family: text.fontFamily, one: !(high > low) }),
          ] }),
        }],
      };
    },
    // What is at a place of the axes, in words.
    probe: (right, up) => {
      const places = [(right * sx.factor - columns.edges[0]) / width, y.edges ? up : (up * sy.factor - rows.edges[0]) / height];
      if (places.some((share) => !(share >= 0 && share <= 1))) return undefined;
      const [i, j] = [columns.at(places[0]), rows.at(places[1])];
      const value = values[j * (columns.edges.length - 1) + i];
      const middle = ({ edges }, k, { factor, unit: shown }, { name }) => `${name} ${number((edges[k] + edges[k + 1]) / 2 / factor, 4)}\u00a0${shown}`;
      return `${middle(columns, i, sx, x)}, ${middle(rows, j, sy, y)}: ${isNumber(value) ? `${value.toFixed(2)}\u00a0${unit}` : 'nothing there'}`;
    },
    csv: () => csv([[x.name, unitText(x.unit)], [y.name, unitText(y.unit)], ['temperature', unit]], values.map((value, k) => {
      const [i, j] = [k % (columns.edges.length - 1), Math.floor(k / (columns.edges.length - 1))];
      return [(columns.edges[i] + columns.edges[i + 1]) / 2, (rows.edges[j] + rows.edges[j + 1]) / 2, value];
    })),
  };
}

function outlines(list, area, columns, rows) {
  const span = (r) => [r.edges[0], r.edges.at(-1)];
  const [[x0], [y0]] = [span(columns), span(rows)];
  const clamp = (value) => Math.min(Math.max(value, 0), 1);
  const boxes = list.map(({ name, ...box }) => {
    const left = area.x + area.width * clamp(columns.place(Math.max(box.x0, x0)));
    const right = area.x + area.width * clamp(columns.place(box.x1));
    const top = area.y + area.height * (1 - clamp(rows.place(box.y1)));
    const bottom = area.y + area.height * (1 - clamp(rows.place(Math.max(box.y0, y0))));
    return { name, box, left, top, width: right - left, height: bottom - top };
  });
  const lines = boxes.map(({ left, top, width, height }) => ({ type: 'rect', shape: { x: left, y: top, width, height },
    style: { fill: 'none', stroke: ink, lineWidth: 1, opacity: 0.7 } }));
  const names = boxes.map(({ name, left, top, width, height }) => {
    const size = Math.min(11, height - 2);
    if (size < 8 || textWidth(name, size) + 8 > width) return null;
    return { type: 'text', x: left + 4, y: top + Math.min(height / 2, 10), style: { text: name, fill: ink, stroke: '#fff', lineWidth: 2.5,
      font: `${size}px ${text.fontFamily}`, verticalAlign: 'middle' } };
  });
  return [...lines, ...names.filter(Boolean)];
}
