// How far designs reach, what one failure takes down, and how long bits are on their way.
import { h, section, table } from '../../dom.js';
import { count, isNumber, number, percent, quantity, words } from '../../format.js';
import { figure } from '../../charts/chart.js';
import { lineChart } from '../../charts/line.js';
import { stackChart } from '../../charts/stack.js';
import { colours, perScenario } from './common.js';

/** All ladders on one logarithmic axis of lengths, with the longest link of each class. */
function margins(result) {
  const { technologies, scenarios } = result;
  const colour = colours(result);
  const ladders = technologies.filter((t) => t.ladder?.some((p) => p.length_m > 0 && isNumber(p.margin_db)));
  if (!ladders.length) return null;
  const lengths = [...new Set(ladders.flatMap((t) => t.ladder.map((p) => p.length_m)))].filter((l) => l > 0).sort((a, b) => a - b);
  const longest = new Map();
  for (const row of scenarios.flatMap((s) => s.links)) {
    const key = `${row.class}`;
    longest.set(key, Math.max(longest.get(key) ?? 0, row.longest_m));
  }
  const marks = [...longest].map(([label, value]) => ({ axis: 'x', value, label })).filter(({ value }) => value >= lengths[0] && value <= lengths.at(-1));
  // Marks of one length share their words.
  const shared = [...new Set(marks.map((m) => m.value))].map((value) => ({ axis: 'x', value, label: marks.filter((m) => m.value === value).map((m) => m.label).join(', ') }));
  return lineChart({
    id: 'cluster.reach',
    title: 'Margin over length',
    note: 'of a lane to its FEC limit, as solved; a line ends where its ladder ends or no margin is left. The longest links are marked',
    x_scale: 'log',
    y_name: 'Margin',
    symbols: true,
    columns: [
      { name: 'length', unit: 'm', values: lengths },
      ...ladders.map((t) => ({ name: t.name, unit: 'dB', color: colour(t.name), values: lengths.map((l) => interpolated(t.ladder, l)) })),
    ],
    marks: shared,
  }, { size: 'full' });
}

/** Linear between the rungs, as the cluster reads it; nothing beyond them or below no margin. */
function interpolated(ladder, length) {
  const i = ladder.findIndex((p) => p.length_m >= length);
  if (i < 0) return null;
  const above = ladder[i];
  if (above.length_m === length) return above.margin_db;
  if (i === 0) return null;
  const below = ladder[i - 1];
  if (!isNumber(above.margin_db) || !isNumber(below.margin_db)) return null;
  return below.margin_db + ((length - below.length_m) / (above.length_m - below.length_m)) * (above.margin_db - below.margin_db);
}

const designs = ({ technologies }) => table('The designs', [
  { title: 'Design', nowrap: true, cell: (t) => t.name },
  { title: 'Form', nowrap: true, cell: (t) => words(t.form).replace('Co packaged', 'Co-packaged') },
  { title: 'Rate', numeric: true, cell: (t) => `${count(t.mac_rate_gbps)}\u00a0Gb/s` },
  { title: 'Reach', numeric: true, cell: (t) => `${t.reach_is_bound ? '≥ ' : ''}${quantity(t.reach_m, 'm')}` },
  { title: 'Module', numeric: true, cell: (t) => quantity(t.module_w, 'W') },
  { title: 'Lasers outside', numeric: true, cell: (t) => (t.laser_w > 0 ? quantity(t.laser_w, 'W') : '') },
  { title: 'SerDes of the host', numeric: true, cell: (t) => quantity(t.host_w, 'W') },
  { title: 'Energy, module and lasers', numeric: true, cell: (t) => `${number((t.module_w + t.laser_w) / t.mac_rate_gbps * 1e3)}\u00a0pJ/bit` },
  { title: 'Latency of both ends', numeric: true, cell: (t) => quantity(t.latency_s, 's') },
  { title: 'FEC', numeric: true, cell: (t) => quantity(t.fec_latency_s, 's') },
  { title: 'Failures', numeric: true, cell: (t) => (t.failures_fit > 0 ? `${number(t.failures_fit)}\u00a0FIT` : 'published') },
], technologies, 'small');

const blast = (scenario) => scenario.networks.filter((network) => network.blast_radius.length).map((network) => table(`What one failure takes down at a switch of ${network.name}, ${scenario.name}`, [
  { title: 'Item', cell: (row) => row.item },
  { title: 'At one switch', numeric: true, cell: (row) => number(row.of_one_switch) },
  { title: 'Lanes lost', numeric: true, cell: (row) => number(row.lanes) },
  { title: 'Ports lost', numeric: true, cell: (row) => (row.ports_best === row.ports_worst ? number(row.ports_expected) : `${number(row.ports_expected)} (${number(row.ports_best)} … ${number(row.ports_worst)})`) },
  { title: 'Changed without opening the switch', cell: (row) => (row.replaceable ? 'yes' : 'no') },
], network.blast_radius, 'small'));

const parts = [['modules', 'modules_s', '#d9772b'], ['FEC', 'fec_s', '#b53a5a'], ['fibre or copper', 'medium_s', '#9cc3da'], ['switches', 'switches_s', '#7a6a2f']];

const latency = (scenario) => scenario.networks.filter((network) => network.paths.length).map((network) => stackChart({
  id: `cluster.latency.${network.name}`,
  title: `From GPU to GPU over ${network.name}, ${scenario.name}`,
  note: `mean, one way, without queues: ${network.paths.map((p) => `${p.name} ${percent(p.share)} of pairs`).join(', ')}`,
  axis: 'Time',
  unit: 's',
  size: 'full',
  parts: parts.map(([name, , color]) => ({ name, color })),
  rows: network.paths.map((path) => ({ label: path.name, values: Object.fromEntries(parts.map(([name, key]) => [name, path[key]])) })),
}));

export function reach(result) {
  const chart = margins(result);
  return section('reach', 'Reach, failures, latency of the links',
    chart ? h('div', { class: 'grid' }, figure(chart)) : null, designs(result),
    perScenario(result, (scenario) => [h('div', { class: 'grid' }, latency(scenario).map(figure)), blast(scenario)]));
}
