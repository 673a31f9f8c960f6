// The report of a sweep: what varies along the grid as charts, what does not as a list, every point as a row.
import { h, section, table } from '../dom.js';
import { isNumber, nameOfKey, number, quantity, unitText, words } from '../format.js';
import { lineChart } from '../charts/line.js';
import { mapChart } from '../charts/map.js';
import { grid } from './charts.js';
import { again, input } from './input.js';
import { summary } from './summary.js';

// More curves than this are easier to read as a map.
const mostCurves = 6;
const mostRows = 400;
const mostGroups = 8;

// Quantities that belong into one chart.
const families = [
  { title: 'Bit error ratio', name: 'BER', test: (name) => /^lane\.(ber_pre_fec|floor_ber)$/.test(name) },
  { title: 'Margin', name: 'margin', test: (name) => /^lane\.(snr_)?margin_db$/.test(name) },
  { title: 'Power of the module', name: 'power', test: (name) => name.startsWith('module.power_w.') },
  { title: 'Energy per bit', name: 'energy', test: (name) => name.startsWith('module.energy_pj_per_bit.') },
];

// Four boundaries in watts and again in pJ/bit tell one story; where there is room for one chart of it, this is the one.
function condensed(quantities) {
  const told = (stem) => ['module', 'with_laser', 'with_host', 'with_cooling'].every((end) => quantities.some((q) => q.name === `${stem}.${end}`));
  const energy = told('module.energy_pj_per_bit');
  const power = told('module.power_w');
  return quantities.filter(({ name }) => !(energy && name.startsWith('module.energy_pj_per_bit.') && !name.endsWith('.with_laser'))
    && !(power && name.startsWith('module.power_w.') && (energy || !name.endsWith('.with_laser'))));
}

const ratio = (quantity) => quantity.unit === '1' && /(ber|ratio)/.test(quantity.name);

/** "module.power_w.with_laser" as "Power, with laser". */
function nameOfQuantity({ name, title }) {
  if (title) return title;
  const keys = name.split('.').slice(1).filter((key) => key !== 'test_points' && key !== 'fec');
  return keys.map((key, i) => (i > 0 ? nameOfKey(key).replace(/^[A-Z](?=[a-z])/, (c) => c.toLowerCase()) : /^[a-z_]+$/.test(key) ? nameOfKey(key) : key)).join(', ');
}

/** "lane.chain.fibre.length" as "fibre length". */
function nameOfAxis({ path }) {
  const [part, key] = path.split('.').slice(-2);
  return key === undefined ? part : `${/[A-Z]/.test(part) ? part : words(part).replace(/^(?!Mach)[A-Z](?=[a-z])/, (c) => c.toLowerCase())} ${key.replace(/_/g, ' ')}`;
}

const label = (value) => (isNumber(value) ? String(Number(value.toPrecision(4))).replace('-', '−') : String(value));
const labelWithUnit = (axis, i) => `${label(axis.values[i])}${axis.unit && axis.unit !== '1' ? `\u00a0${unitText(axis.unit)}` : ''}`;
const isText = (axis) => axis.scale === 'text';

const varies = ({ values }) => new Set(values.filter(isNumber)).size > 1;

/** What the limits of the design say of one quantity. */
function limitsOf(result, quantity) {
  return (result.limits ?? []).filter((limit) => limit.name === quantity.name && !result.axes.some((axis) => axis.path === 'lane.ber_limit'));
}

const margins = new Set(['lane.margin_db', 'lane.snr_margin_db']);

function marksOf(result, quantities) {
  const marks = quantities.flatMap((quantity) => limitsOf(result, quantity).map(({ limit }) => ({ axis: 'y', value: limit, label: `limit ${number(limit)}` })));
  if (!marks.length && quantities.some(({ name }) => margins.has(name))) marks.push({ axis: 'y', value: 0, label: 'no margin' });
  return marks;
}

/** The points in which all axes but the drawn ones stand at one of their values. */
function groups(result, drawn) {
  const others = result.axes.map((_, a) => a).filter((a) => !drawn.includes(a));
  const found = new Map();
  result.points.forEach((point, i) => {
    const key = others.map((a) => point.at[a]).join();
    if (!found.has(key)) found.set(key, { title: others.map((a) => `${nameOfAxis(result.axes[a])} ${labelWithUnit(result.axes[a], point.at[a])}`).join(', '), points: [] });
    found.get(key).points.push(i);
  });
  return [...found.values()];
}

/** Which axes are drawn, and how. */
function layout(axes) {
  const bySize = axes.map((_, a) => a).sort((a, b) => axes[b].values.length - axes[a].values.length);
  if (axes.length === 1) return { kind: 'line', drawn: [0] };
  // The abscissa is an axis of numbers, the longest; the curves are the shorter of the rest.
  const x = bySize.find((a) => !isText(axes[a])) ?? bySize[0];
  const [y] = bySize.filter((a) => a !== x);
  const map = !isText(axes[x]) && !isText(axes[y]) && axes[y].values.length > mostCurves;
  return { kind: map ? 'map' : 'line', drawn: map ? [x, y].sort((a, b) => a - b) : [x, y] };
}

function valuesAt(quantity, points, result, x, at = () => true) {
  const values = new Array(result.axes[x].values.length).fill(null);
  for (const i of points) if (at(result.points[i])) values[result.points[i].at[x]] = quantity.values[i];
  return values;
}

const abscissa = (result, x) => {
  const axis = result.axes[x];
  return { name: nameOfAxis(axis), unit: axis.unit, values: axis.values };
};

const curve = (result, x, quantities, columns, extra) => lineChart({
  x_scale: result.axes[x].scale,
  y_scale: quantities.every(ratio) ? 'log' : 'linear',
  symbols: result.axes[x].values.length <= 60,
  marks: marksOf(result, quantities),
  columns: [abscissa(result, x), ...columns],
  ...extra,
});

/** Numbers that were found at every point are drawn like quantities; lists of them are in the table. */
const foundNumbers = (result) => (result.tuned ?? []).filter((t) => t.values.some(isNumber))
  .map((t) => ({ name: t.path, title: `${words(nameOfAxis(t))}, found`, unit: t.unit, values: t.values }));

function familyCharts(result, x, group, suffix) {
  const left = [...result.quantities, ...foundNumbers(result)].filter((q) => !isEmptyIn(q, group.points));
  const charts = [];
  while (left.length) {
    const family = families.find(({ test }) => test(left[0].name));
    const members = left.filter((q) => (family ? family.test(q.name) : q === left[0]));
    for (const member of members) left.splice(left.indexOf(member), 1);
    if (!members.some(varies)) continue;
    charts.push(curve(result, x, members, members.map((q) => ({ name: nameOfQuantity(q), unit: q.unit, values: valuesAt(q, group.points, result, x) })), {
      id: `${members[0].name}${suffix}`,
      title: family && members.length > 1 ? family.title : nameOfQuantity(members[0]),
      y_name: family?.name,
    }));
  }
  return charts;
}

const isEmptyIn = (quantity, points) => !points.some((i) => isNumber(quantity.values[i]));

function curveCharts(result, [x, y], group, suffix) {
  const axis = result.axes[y];
  return [...condensed(result.quantities), ...foundNumbers(result)].filter((q) => varies(q) && !isEmptyIn(q, group.points)).map((q) => curve(result, x, [q],
    axis.values.map((_, k) => ({ name: labelWithUnit(axis, k), unit: q.unit, values: valuesAt(q, group.points, result, x, ({ at }) => at[y] === k) })),
    { id: `${q.name}${suffix}`, title: nameOfQuantity(q), y_name: nameOfQuantity(q), note: `curves: ${nameOfAxis(axis)}` }));
}

function mapCharts(result, [x, y], group, suffix) {
  const axis = (a) => ({ name: nameOfAxis(result.axes[a]), unit: result.axes[a].unit, labels: result.axes[a].values.map(label) });
  const table2d = (fill) => result.axes[y].values.map((_, j) => result.axes[x].values.map((__, i) => fill(i, j)));
  const index = new Map(group.points.map((p) => [`${result.points[p].at[x]},${result.points[p].at[y]}`, p]));
  return [...condensed(result.quantities), ...foundNumbers(result)].filter((q) => varies(q) && !isEmptyIn(q, group.points)).map((q) => {
    const [limit] = limitsOf(result, q);
    const bound = limit ? (v) => (limit.bound === 'at_most' ? v <= limit.limit : v >= limit.limit) : margins.has(q.name) ? (v) => v >= 0 : null;
    return mapChart({
      id: `${q.name}${suffix}`,
      title: nameOfQuantity(q),
      note: limit ? `the line is the limit, ${number(limit.limit)}` : bound ? 'the line is no margin' : undefined,
      x: axis(x),
      y: axis(y),
      unit: q.unit,
      log: ratio(q),
      holds: bound ? (v) => isNumber(v) && bound(v) : undefined,
      values: table2d((i, j) => q.values[index.get(`${i},${j}`)] ?? null),
      messages: table2d((i, j) => result.points[index.get(`${i},${j}`)]?.message ?? 'not solved'),
    });
  });
}

function charts(result) {
  if (!result.points.length) return null;
  const { kind, drawn } = layout(result.axes);
  const all = groups(result, drawn);
  const content = all.slice(0, mostGroups).flatMap((group, g) => {
    const suffix = all.length > 1 ? `.${g + 1}` : '';
    const specs = kind === 'map' ? mapCharts(result, drawn, group, suffix)
      : drawn.length > 1 ? curveCharts(result, drawn, group, suffix) : familyCharts(result, drawn[0], group, suffix);
    return [all.length > 1 ? h('h3', {}, words(group.title)) : null, specs.length ? grid(specs) : null];
  });
  if (all.length > mostGroups) content.push(h('p', { class: 'intro' }, `The other ${all.length - mostGroups} slices of the grid are in the table and in sweep.csv.`));
  return section('charts', 'Charts', content);
}

function constants(result) {
  const rows = result.quantities.filter((q) => !varies(q) && q.values.some(isNumber));
  if (!rows.length || !result.points.length) return null;
  return section('constants', 'The same at every point', h('dl', { class: 'figures' }, rows.map((q) => h('div', {},
    h('dt', {}, nameOfQuantity(q)), h('dd', {}, quantity(q.values.find(isNumber), q.unit))))));
}

const signs = { pass: ['good', '✓', 'pass'], fail: ['bad', '✗', 'fail'], error: ['bad', '!', 'not solved'], fault: ['bad', '!', 'fault'] };

function status(name) {
  const [kind, sign, text] = signs[name] ?? ['open', '•', name];
  return h('span', { class: `verdict ${kind}` }, h('span', { 'aria-hidden': 'true' }, `${sign}\u00a0`), text);
}

const foundText = (value, unit) => (isNumber(value) ? quantity(value, unit, 4) : Array.isArray(value) ? value.join(' ') : '');

function points(result) {
  const rows = result.points.slice(0, mostRows).map((point, i) => ({ ...point, i }));
  if (!rows.length) return null;
  const shown = condensed(result.quantities).filter((q) => varies(q)).slice(0, 6);
  return section('points', 'Points',
    result.points.length > mostRows ? h('p', { class: 'intro' }, `The first ${mostRows} of ${result.points.length}; all of them are in sweep.csv.`) : null,
    table('Every point in the order of the grid', [
      ...result.axes.map((axis, a) => ({ title: words(nameOfAxis(axis)), numeric: !isText(axis), nowrap: true, cell: (row) => labelWithUnit(axis, row.at[a]) })),
      ...(result.tuned ?? []).map((t) => ({ title: `${words(nameOfAxis(t))}, found`, cell: (row) => foundText(t.values[row.i], t.unit) })),
      ...shown.map((q) => ({ title: nameOfQuantity(q), numeric: true, cell: (row) => (isNumber(q.values[row.i]) ? quantity(q.values[row.i], q.unit) : '') })),
      { title: 'Checks', cell: (row) => status(row.status) },
      { title: 'Message', cell: (row) => row.message, wide: true },
    ], rows, 'small'));
}

/** The best of a quantity over all points, as one of the headline figures. */
function best(result, name, pick, words) {
  const q = result.quantities.find((candidate) => candidate.name === name);
  if (!q || !varies(q)) return null;
  const at = q.values.reduce((found, value, i) => (isNumber(value) && (found < 0 || pick(value, q.values[found])) ? i : found), -1);
  const place = result.axes.map((axis, a) => labelWithUnit(axis, result.points[at].at[a])).join(', ');
  const value = q.values[at];
  return { label: words, value: q.unit === '1' ? (value === 0 ? '0' : value.toExponential(1)) : quantity(value, q.unit), note: `at ${place}` };
}

function sweepSummary(result) {
  const count = (name) => result.points.filter((point) => point.status === name).length;
  const errors = count('error') + count('fault');
  const headline = [
    { label: 'Points', value: String(result.points.length), note: result.complete ? result.axes.map((axis) => `${axis.values.length} × ${nameOfAxis(axis)}`).join(', ')
      : `interrupted; ${result.points_wanted} were wanted` },
    { label: 'Points that pass', value: String(count('pass')), note: `${count('fail')} fail${errors ? `, ${errors} could not be solved` : ''}` },
    best(result, 'lane.ber_pre_fec', (a, b) => a < b, 'Lowest BER before FEC'),
    best(result, 'lane.margin_db', (a, b) => a > b, 'Largest margin'),
    best(result, 'module.energy_pj_per_bit.with_laser', (a, b) => a < b, 'Lowest energy, with laser'),
  ].filter(Boolean);
  return summary({ headline });
}

export const sweepSections = [sweepSummary, charts, constants, points, input, again];
