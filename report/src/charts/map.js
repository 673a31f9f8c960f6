// A quantity over two varied paths: one coloured cell for each point, and a line around the cells that keep the limit.
import { csv } from '../download.js';
import { isNumber, number, quantity, unitText } from '../format.js';
import { axisLine, bad, hair, ink, quiet, text, tooltip } from '../theme.js';
import { nameAxis } from './axes.js';
import { colourBar, css, palette } from './palette.js';

// Light for small, dark for large.
const colour = palette([[0, 240, 246, 222], [0.25, 158, 211, 194], [0.5, 67, 158, 184], [0.75, 33, 92, 143], [1, 25, 30, 78]]);

const escape = (words) => String(words).replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);

/**
 * x, y: {name, unit, labels}; values[row of y][column of x], null where there is none; holds(value): whether the limit
 * is kept; undefined where there is no limit.
 */
export function mapChart({ id, title, note, x, y, values, unit, log, holds, messages }) {
  const known = values.flat().filter((v) => isNumber(v) && !(log && v <= 0));
  const level = (v) => (log ? Math.log10(v) : v);
  const low = level(known.reduce((a, b) => Math.min(a, b), Infinity));
  const high = level(known.reduce((a, b) => Math.max(a, b), -Infinity));
  const share = (v) => (high > low ? Math.min(Math.max((level(v) - low) / (high - low), 0), 1) : 0.5);
  const show = (v) => (isNumber(v) ? quantity(v, unit) : 'no value');
  const cells = values.flatMap((row, j) => row.map((_, i) => [i, j]));
  const words = (t) => (log ? number(10 ** (low + t * (high - low)), 3) : quantity(low + t * (high - low), unit, 3));
  const inside = (i, j) => holds?.(values[j][i]) ?? false;
  return {
    id,
    title,
    note,
    size: 'half',
    alt: `${title} over ${x.name} and ${y.name}: ${show(log ? 10 ** low : low)} to ${show(log ? 10 ** high : high)}`,
    height: (width) => Math.min(Math.max(width * 0.66, 240), 400),
    option: () => ({
      grid: { left: 66, right: 86, top: 10, bottom: 44 },
      tooltip: {
        ...tooltip,
        formatter: ({ data: [i, j] }) => [
          `${escape(x.name)} ${escape(x.labels[i])} ${escape(unitText(x.unit))}`,
          `${escape(y.name)} ${escape(y.labels[j])} ${escape(unitText(y.unit))}`,
          `<b>${escape(show(values[j][i]))}</b>`,
          escape(messages[j][i]),
        ].filter(Boolean).join('<br>'),
        extraCssText: 'max-width:320px;white-space:normal',
      },
      xAxis: nameAxis(axisTitle(x), x.labels),
      yAxis: nameAxis(axisTitle(y), y.labels, { nameGap: 48 }),
      series: [{
        type: 'custom',
        encode: { x: 0, y: 1 },
        data: cells,
        renderItem: (_, api) => cell(api, values, share, log, inside),
      }, {
        type: 'custom',
        silent: true,
        data: [[0, 0]],
        renderItem: (params) => colourBar(params.coordSys, colour, words, { ink, quiet, family: text.fontFamily, one: !(high > low) }),
      }],
    }),
    csv: () => csv([[x.name, unitText(x.unit)], [y.name, unitText(y.unit)], [title, unitText(unit)]],
      cells.map(([i, j]) => [x.labels[i], y.labels[j], values[j][i]])),
  };
}

const axisTitle = ({ name, unit }) => {
  const words = name.charAt(0).toUpperCase() + name.slice(1);
  return unit && unit !== '1' ? `${words} (${unitText(unit)})` : words;
};

function cell(api, values, share, log, inside) {
  const [i, j] = [api.value(0), api.value(1)];
  const value = values[j][i];
  const drawn = isNumber(value) && !(log && value < 0);
  const [cx, cy] = api.coord([i, j]);
  const [w, h] = api.size([1, 1]);
  // Neighbours share whole pixels, so that no hairline shows between them.
  const left = Math.round(cx - w / 2);
  const right = Math.round(cx + w / 2);
  const top = Math.round(cy - h / 2);
  const bottom = Math.round(cy + h / 2);
  const children = [{ type: 'rect', shape: { x: left, y: top, width: right - left, height: bottom - top },
    style: { fill: drawn ? css(colour(value > 0 || !log ? share(value) : 0)) : hair } }];
  if (!drawn) children.push({ type: 'text', x: cx, y: cy, style: { text: '×', fill: axisLine, font: `14px ${text.fontFamily}`, align: 'center', verticalAlign: 'middle' } });
  const edge = (x1, y1, x2, y2) => children.push({ type: 'line', shape: { x1, y1, x2, y2 }, z2: 5,
    style: { stroke: bad, lineWidth: 2.5, lineCap: 'square' } });
  const own = inside(i, j);
  if (i > 0 && inside(i - 1, j) !== own) edge(left, top, left, bottom);
  if (j > 0 && inside(i, j - 1) !== own) edge(left, bottom, right, bottom);
  return { type: 'group', children };
}
