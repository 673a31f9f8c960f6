// Stacked horizontal bars: one row for each scenario, one colour for each part; the sum stands behind.
import { csv } from '../download.js';
import { isNumber, prefixFor, quantity, unitText } from '../format.js';
import { axisLine, text, textWidth, tooltip } from '../theme.js';
import { niceStep, valueAxis } from './axes.js';

const rowHeight = 34;

function prefixed(largest, unit) {
  const [factor, prefix] = prefixFor(largest, unitText(unit));
  return [factor, `${prefix}${unitText(unit)}`];
}

/**
 * rows: [{label, values: {part: number}}]; parts: [{name, color}] in the order of the stack; `show(value)`: a value in words;
 * `scale(largest)`: [factor, unit] of the axis.
 */
export function stackChart({ id, title, note, axis, unit, parts, rows, size = 'half', show = (value) => quantity(value, unit), scale = (largest) => prefixed(largest, unit) }) {
  const used = parts.filter((part) => rows.some((row) => row.values[part.name] > 0));
  const total = (row) => used.reduce((sum, part) => sum + (row.values[part.name] || 0), 0);
  const [factor, shown] = scale(Math.max(...rows.map(total)));
  return {
    id,
    title,
    note,
    size,
    legend: used.map(({ name, color }) => ({ name, color })),
    alt: `${title}: ${rows.map((row) => `${row.label} ${show(total(row))}`).join('; ')}`,
    height: () => rows.length * rowHeight + 52,
    option: (width) => option({ rows, used, total, factor, axis: shown ? `${axis} (${shown})` : axis, show, width }),
    csv: () => csv([['row'], ...used.map((part) => [part.name, unitText(unit)])], rows.map((row) => [row.label, ...used.map((part) => row.values[part.name] ?? 0)])),
  };
}

function option({ rows, used, total, factor, axis, show, width }) {
  const left = Math.min(Math.max(...rows.map((row) => textWidth(row.label))) + 14, width * 0.3);
  const behind = Math.max(...rows.map((row) => textWidth(show(total(row))))) + 12;
  const most = Math.max(...rows.map(total)) / factor;
  const interval = niceStep(most, width < 450 ? 3 : 6);
  return {
    grid: { left, right: behind, top: 4, bottom: 44 },
    tooltip: { ...tooltip, formatter: ({ dataIndex }) => words(rows[dataIndex], used, show, total), extraCssText: 'max-width:340px;white-space:normal' },
    xAxis: valueAxis(axis, { nameGap: 26, min: 0, max: Math.ceil(most / interval - 1e-9) * interval, interval }),
    yAxis: { type: 'category', inverse: true, data: rows.map((row) => row.label), axisTick: { show: false }, axisLine: { lineStyle: { color: axisLine } },
      axisLabel: { ...text, width: left - 12, overflow: 'break', lineHeight: 13, interval: 0 } },
    series: [{
      type: 'custom',
      encode: { x: 1, y: 0 },
      data: rows.map((row, i) => [i, total(row) / factor]),
      renderItem: (_, api) => bar(rows[api.value(0)], api, used, total, factor, show),
    }],
  };
}

function bar(row, api, used, total, factor, show) {
  const i = api.value(0);
  const middle = api.coord([0, i])[1];
  const height = Math.min(api.size([0, 1])[1] * 0.62, 21);
  const children = [];
  let sum = 0;
  for (const { name, color } of used) {
    const value = row.values[name];
    if (!isNumber(value) || value <= 0) continue;
    const [x1, x2] = [api.coord([sum / factor, i])[0], api.coord([(sum + value) / factor, i])[0]];
    children.push({ type: 'rect', shape: { x: x1, y: middle - height / 2, width: Math.max(x2 - x1, 0.5), height }, style: { fill: color, stroke: '#fff', lineWidth: x2 - x1 > 3 ? 0.8 : 0 } });
    sum += value;
  }
  children.push({ type: 'text', x: api.coord([sum / factor, i])[0] + 7, y: middle, style: { text: show(total(row)), font: `600 12px ${text.fontFamily}`, verticalAlign: 'middle', fill: text.color, stroke: '#fff', lineWidth: 3 } });
  return { type: 'group', children };
}

function words(row, used, show, total) {
  const box = document.createElement('div');
  const head = document.createElement('b');
  head.textContent = `${row.label}: ${show(total(row))}`;
  box.append(head);
  for (const { name, color } of used) {
    if (!(row.values[name] > 0)) continue;
    const line = document.createElement('div');
    const mark = document.createElement('span');
    mark.style.color = color;
    mark.textContent = '■ ';
    line.append(mark, `${name} ${show(row.values[name])}`);
    box.append(line);
  }
  return box;
}
