// Horizontal bars with words on both sides: budgets, ladders and waterfalls. A bar may float.
import { isNumber } from '../format.js';
import { accent, axisLine, text, textWidth, tooltip } from '../theme.js';
import { niceStep, valueAxis } from './axes.js';

const rowHeight = 27;

/**
 * rows: [{label, from, to, text, color?, strong?, hint?}] in the unit of the axis; a row whose `from` or `to` is null
 * has words only. `connect` draws the thin line that leads the eye from one floating bar to the next.
 */
export function rowsChart({ id, title, note, alt, rows, axis, size = 'half', connect = false, scale = false, csv, legend }) {
  return {
    id,
    title,
    note,
    legend,
    size,
    alt: alt ?? `${title}: ${rows.map((row) => `${row.label} ${row.text}`).join('; ')}`,
    csv,
    height: () => rows.length * rowHeight + 52,
    option: (width) => option({ rows, axis, connect, scale, width }),
  };
}

function option({ rows, axis, connect, scale, width }) {
  const left = Math.min(Math.max(...rows.map((row) => wordsWidth(row.label, row))) + 14, width * 0.42);
  const ends = rows.flatMap((row) => [row.from, row.to]).filter(isNumber);
  const span = extent(ends, scale, width < 450 ? 3 : width < 700 ? 5 : 8);
  const plot = plotWidth(rows, span, width - left - 14);
  return {
    grid: { left, width: plot, top: 4, bottom: 44 },
    tooltip: { ...tooltip, formatter: ({ dataIndex }) => words(rows[dataIndex]), extraCssText: 'max-width:320px;white-space:normal' },
    xAxis: valueAxis(axis, { nameGap: 26, ...span }),
    yAxis: {
      type: 'category',
      inverse: true,
      data: rows.map((row) => row.label),
      axisTick: { show: false },
      axisLine: { onZero: !scale, lineStyle: { color: axisLine } },
      axisLabel: { ...text, width: left - 12, overflow: 'break', lineHeight: 12, interval: 0,
        formatter: (label, i) => (rows[i]?.strong ? `{strong|${label}}` : label),
        rich: { strong: { ...text, fontWeight: 'bold', lineHeight: 12 } } },
    },
    series: [{
      type: 'custom',
      encode: { x: [1, 2], y: 0 },
      data: rows.map((row, i) => [i, row.from, row.to]),
      renderItem: (params, api) => bar(rows, params, api, connect),
    }],
  };
}

const wordsWidth = (words, row) => textWidth(words ?? '', 12) * (row.strong ? 1.08 : 1);

function extent(values, scale, parts) {
  const all = scale ? values : [0, ...values];
  const [low, high] = [Math.min(...all), Math.max(...all)];
  if (!(high > low)) return {};
  const interval = niceStep(high - low, parts);
  return { min: Math.floor(low / interval + 1e-9) * interval, max: Math.ceil(high / interval - 1e-9) * interval, interval };
}

/** As wide as the words behind the bars allow; a long dark bar carries its words inside. */
function plotWidth(rows, { min = 0, max = 1 }, room) {
  return Math.max(room * 0.3, rows.reduce((width, row) => {
    const share = isNumber(row.to) ? (Math.max(row.from, row.to) - min) / (max - min) : 0;
    const needed = wordsWidth(row.text, row) + 9;
    if (row.strong && share * room * 0.8 > needed) return width;
    return share > 0 ? Math.min(width, (room - needed) / share) : width;
  }, room));
}

function bar(rows, params, api, connect) {
  const i = params.dataIndex;
  const row = rows[i];
  const drawn = isNumber(row.from) && isNumber(row.to);
  const base = params.coordSys.x;
  const middle = api.coord([drawn ? row.to : 0, i])[1];
  const height = Math.min(api.size([0, 1])[1] * 0.6, 17);
  const ends = drawn ? [api.coord([row.from, i])[0], api.coord([row.to, i])[0]] : [base, base];
  let [start, end] = [Math.min(...ends), Math.max(...ends)];
  // A step of nothing still has a place on the ladder.
  if (drawn && end - start < 3) [start, end] = [start - 1.5, start + 1.5];
  const children = [];
  if (drawn) {
    children.push({ type: 'rect', shape: { x: start, y: middle - height / 2, width: end - start, height, r: 1.5 },
      style: { fill: row.color ?? accent } });
  }
  const next = rows[i + 1];
  if (connect && drawn && next && isNumber(next.from)) {
    const x = ends[1];
    children.push({ type: 'line', shape: { x1: x, y1: middle + height / 2, x2: x, y2: middle + api.size([0, 1])[1] - height / 2 },
      style: { stroke: axisLine, lineWidth: 1 } });
  }
  const inside = row.strong && end - start > wordsWidth(row.text, row) + 12;
  children.push({ type: 'text', x: inside ? end - 7 : end + 7, y: middle,
    style: { text: row.text, font: `${row.strong ? 'bold ' : ''}12px ${text.fontFamily}`, verticalAlign: 'middle',
      ...(inside ? { fill: '#fff', align: 'right' } : { fill: text.color, stroke: '#fff', lineWidth: 3 }) } });
  return { type: 'group', children };
}

function words({ label, text: value, hint }) {
  const box = document.createElement('div');
  const strong = document.createElement('b');
  strong.textContent = value;
  box.append(`${label} `, strong);
  if (hint) {
    const line = document.createElement('div');
    line.style.color = '#5d6877';
    line.textContent = hint;
    box.append(line);
  }
  return box;
}
