// A plane cut into regions: which of several kinds holds at every place of two logarithmic axes.
import { csv } from '../download.js';
import { quantity, unitText } from '../format.js';
import { ink, text, textWidth } from '../theme.js';
import { axisName, scaleOf, valueAxis } from './axes.js';

/** x, y: {name, unit, values}, even in their logarithms; kinds: [{name, color}]; cells: indices of kinds, rows of y; points: [{name, x, y}]. */
export function regionsChart({ id, title, note, x, y, kinds, cells, points = [], size = 'half' }) {
  const present = [...new Set(cells)].sort((a, b) => a - b);
  const sx = scaleOf(x.values, x.unit);
  const sy = scaleOf(y.values, y.unit);
  const picture = paint(x, y, kinds, cells);
  // A cell reaches half a step beyond its value.
  const ends = ({ values }, { factor }) => {
    const half = Math.sqrt(values[1] / values[0]);
    return [values[0] / half / factor, (values.at(-1) * half) / factor];
  };
  const [x0, x1] = ends(x, sx);
  const [y0, y1] = ends(y, sy);
  const nearest = ({ values }, value) => Math.round((Math.log(value / values[0]) / Math.log(values.at(-1) / values[0])) * (values.length - 1));
  return {
    id,
    title,
    note,
    size,
    legend: present.map((k) => kinds[k]),
    alt: `${title}: ${present.map((k) => kinds[k].name).join(', ')} over ${x.name} and ${y.name}`,
    height: (width) => Math.min(Math.max(width * 0.66, 240), 380),
    option: () => ({
      grid: { left: 56, right: 14, top: 10, bottom: 44 },
      xAxis: valueAxis(axisName(x.name, sx.unit), { log: true, nameGap: 26, grid: false, min: x0, max: x1 }),
      yAxis: valueAxis(axisName(y.name, sy.unit), { log: true, nameGap: 40, grid: false, min: y0, max: y1 }),
      series: [{
        type: 'custom',
        silent: true,
        clip: true,
        encode: { x: [0, 1], y: [2, 3] },
        data: [[x0, x1, y0, y1]],
        renderItem: (_, api) => {
          const [left, top] = api.coord([x0, y1]);
          const [right, bottom] = api.coord([x1, y0]);
          const names = present.map((k) => label(k, kinds, cells, x.values.length, y.values.length, { left, top, width: right - left, height: bottom - top })).filter(Boolean);
          return { type: 'group', children: [{ type: 'image', style: { image: picture, x: left, y: top, width: right - left, height: bottom - top } }, ...names] };
        },
      }, {
        type: 'custom',
        silent: true,
        clip: true,
        data: points.map((point) => [point.x / sx.factor, point.y / sy.factor]),
        renderItem: (params, api) => mark(points[params.dataIndex].name, api.coord([api.value(0), api.value(1)]), params.coordSys),
      }],
    }),
    probe: (atX, atY) => {
      const [column, row] = [nearest(x, atX * sx.factor), nearest(y, atY * sy.factor)];
      if (!(column >= 0 && column < x.values.length && row >= 0 && row < y.values.length)) return null;
      return `${x.name} ${quantity(x.values[column], x.unit)}, ${y.name} ${quantity(y.values[row], y.unit)}: ${kinds[cells[row * x.values.length + column]].name}`;
    },
    csv: () => csv([[x.name, unitText(x.unit)], [y.name, unitText(y.unit)], ['kind']],
      cells.map((k, i) => [x.values[i % x.values.length], y.values[Math.floor(i / x.values.length)], kinds[k].name])),
  };
}

/** A dot with its name, on the side where there is room. */
function mark(name, [x, y], box) {
  const right = x < box.x + box.width * 0.6;
  return { type: 'group', children: [
    { type: 'circle', shape: { cx: x, cy: y, r: 4 }, style: { fill: ink, stroke: '#fff', lineWidth: 1.5 } },
    { type: 'text', x: x + (right ? 8 : -8), y, style: { text: name, fill: ink, stroke: '#fff', lineWidth: 3, font: `11px ${text.fontFamily}`, align: right ? 'left' : 'right', verticalAlign: 'middle' } }] };
}

function paint(x, y, kinds, cells) {
  const pixel = 8;
  const [columns, rows] = [x.values.length, y.values.length];
  const canvas = document.createElement('canvas');
  canvas.width = columns * pixel;
  canvas.height = rows * pixel;
  const context = canvas.getContext('2d');
  cells.forEach((k, i) => {
    context.fillStyle = kinds[k].color;
    // Row 0 is the lowest, the image's first line the highest.
    context.fillRect((i % columns) * pixel, (rows - 1 - Math.floor(i / columns)) * pixel, pixel, pixel);
  });
  return canvas;
}

/** The name of a region in its middle, where there is room for it. */
function label(k, kinds, cells, columns, rows, box) {
  const own = cells.flatMap((cell, i) => (cell === k ? [[i % columns, Math.floor(i / columns)]] : []));
  if (own.length < 0.04 * cells.length) return null;
  const middle = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
  const row = middle(own.map(([, j]) => j));
  const column = middle(own.filter(([, j]) => j === row).map(([i]) => i));
  const name = kinds[k].name;
  const half = 0.55 * textWidth(name, 12) + 4;
  const x = Math.min(Math.max(box.left + (box.width * (column + 0.5)) / columns, box.left + half), box.left + box.width - half);
  return { type: 'text', x, y: box.top + box.height * (1 - (row + 0.5) / rows),
    style: { text: name, fill: ink, stroke: '#fff', lineWidth: 3, font: `600 12px ${text.fontFamily}`, align: 'center', verticalAlign: 'middle' } };
}
