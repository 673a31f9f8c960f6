// How much of its time the job works, what stops it, and what it waits for.
import { h, section, table } from '../../dom.js';
import { count, duration, isNumber, number, percent, quantity, words } from '../../format.js';
import { csv } from '../../download.js';
import { figure } from '../../charts/chart.js';
import { lineChart } from '../../charts/line.js';
import { rowsChart } from '../../charts/rows.js';
import { stackChart } from '../../charts/stack.js';
import { accent, lines, soft } from '../../theme.js';
import { perScenario, withBand } from './common.js';

const hour = 3600;

function bands({ scenarios }) {
  const shown = scenarios.map((scenario) => scenario.cluster.goodput);
  if (!shown.every((item) => isNumber(item.low) && isNumber(item.high))) return null;
  return rowsChart({
    id: 'cluster.goodput_bands',
    title: 'Goodput',
    note: 'useful time over time; nine in ten draws of the uncertain inputs lie on the bar',
    axis: 'Goodput (%)',
    scale: true,
    rows: scenarios.map((scenario, i) => ({ label: scenario.name, from: 100 * shown[i].low, to: 100 * shown[i].high,
      text: withBand('goodput', shown[i]), color: i ? soft : accent })),
    csv: () => csv([['scenario'], ['goodput'], ['low'], ['high']], scenarios.map((s, i) => [s.name, shown[i].value, shown[i].low, shown[i].high])),
  });
}

/** The share of work over the time between interruptions, in hours, with every scenario at its own. */
function overTime({ scenarios, series = [] }) {
  const curve = series.find((s) => s.id === 'goodput');
  if (!curve) return null;
  // One column for all scenarios, or one for each.
  const [x, ...shares] = curve.columns;
  const own = scenarios.map(({ job }) => ({ x: job.mean_time_between_interruptions_s / hour, y: job.work })).map((p) => (isNumber(p.x) ? p : null));
  const places = [...x.values.map((value) => value / hour), ...own.filter(Boolean).map((p) => p.x)].sort((a, b) => a - b);
  const unique = [...new Set(places)];
  // A scenario's own time lies between two points of the curve.
  const between = (y, value) => {
    const i = x.values.findIndex((at) => at / hour > value);
    if (i < 1) return null;
    if (x.values[i - 1] / hour === value) return y.values[i - 1];
    const weight = Math.log((value * hour) / x.values[i - 1]) / Math.log(x.values[i] / x.values[i - 1]);
    return y.values[i - 1] + weight * (y.values[i] - y.values[i - 1]);
  };
  return lineChart({
    id: 'cluster.goodput',
    title: 'Work over the time between interruptions',
    note: 'with the best time between checkpoints for each; the dots are the scenarios, flaps left out',
    x_scale: 'log',
    y_name: 'Share of time',
    columns: [
      { name: 'time between interruptions', unit: 'h', values: unique },
      ...shares.map((y, i) => ({ name: shares.length > 1 ? `checkpoints and restarts of ${y.name}` : 'checkpoints and restarts as in the file', unit: '1',
        color: lines[(shares.length > 1 ? i + 1 : 0) % lines.length], values: unique.map((value) => between(y, value)) })),
      ...scenarios.map((scenario, i) => ({ name: scenario.name, unit: '1', points: true, size: 10, color: lines[(i + 1) % lines.length],
        values: unique.map((value) => (own[i] && value === own[i].x ? own[i].y : null)) })),
    ],
  });
}

const useOfTime = [['work', accent], ['checkpoints', '#56a8cf'], ['rework', '#d9772b'], ['restarts', '#b53a5a']];

const shares = ({ scenarios }) => stackChart({
  id: 'cluster.time_shares',
  title: 'What takes time from the job',
  note: 'writing checkpoints, doing again what was lost since the last one, starting again; the rest is work',
  axis: 'Share of time (%)',
  unit: '',
  show: (value) => `${number(value)}\u202f%`,
  parts: useOfTime.slice(1).map(([name, color]) => ({ name, color })),
  rows: scenarios.map(({ name, job }) => ({ label: name, values: Object.fromEntries(useOfTime.slice(1).map(([key]) => [key, 100 * job[key]])) })),
});

const place = (cause) => [cause.network, cause.place].filter(Boolean).join(' ');

function causes(scenario) {
  // Modules of one design at both sides of a switch are one cause.
  const sums = new Map();
  for (const cause of scenario.job.causes.filter((c) => c.stops_per_year > 0)) {
    const key = [cause.item, cause.network, cause.place].join(' ');
    const known = sums.get(key);
    if (!known) sums.set(key, { ...cause });
    else {
      known.stops_per_year += cause.stops_per_year;
      known.failures_per_year += cause.failures_per_year;
    }
  }
  const list = [...sums.values()].sort((a, b) => b.stops_per_year - a.stops_per_year);
  if (!list.length) return null;
  const all = list.reduce((sum, cause) => sum + cause.stops_per_year, 0);
  return rowsChart({
    id: 'cluster.causes',
    title: `What stops the job, ${scenario.name}`,
    note: `${number(all)} stops a year in all; optics in the darker colour`,
    axis: 'Stops a year',
    size: 'full',
    rows: list.slice(0, 12).map((cause) => ({
      label: place(cause) ? `${cause.item}, ${place(cause)}` : cause.item,
      from: 0,
      to: cause.stops_per_year,
      text: `${number(cause.stops_per_year)} · ${percent(cause.stops_per_year / all)}`,
      hint: `${number(cause.failures_per_year)} hard failures a year`,
      color: ['module', 'external_laser', 'cable'].includes(cause.kind) ? accent : soft,
    })),
    csv: () => csv([['item'], ['network'], ['place'], ['failures a year'], ['stops a year']], list.map((c) => [c.item, c.network, c.place, c.failures_per_year, c.stops_per_year])),
  });
}

const spares = (scenario) => (scenario.spares?.length ? table(`Spares on the shelf, ${scenario.name}`, [
  { title: 'Item', cell: (row) => row.item },
  { title: 'Failures a year', numeric: true, cell: (row) => number(row.failures_per_year) },
  { title: 'Pulled a year', numeric: true, cell: (row) => number(row.pulled_per_year) },
  { title: 'Spares', numeric: true, cell: (row) => count(row.spares) },
  { title: 'They last with probability', numeric: true, cell: (row) => percent(row.level, 4) },
], scenario.spares, 'small') : null);

function exchanges(scenario) {
  const { job } = scenario;
  return table(`A step of the job, ${scenario.name}: ${quantity(job.step_s, 's')}, ${quantity(job.compute_s, 's')} of it computing`, [
    { title: 'Exchange', cell: (row) => words(row.kind) },
    { title: 'Among', numeric: true, cell: (row) => `${count(row.ranks)} (${words(row.group).toLowerCase()})` },
    { title: 'Algorithm', cell: (row) => words(row.algorithm) },
    { title: 'Bytes', numeric: true, cell: (row) => quantity(row.bytes, 'B') },
    { title: 'Once', numeric: true, cell: (row) => quantity(row.once_s, 's') },
    { title: 'Of it latency', numeric: true, cell: (row) => quantity(row.latency_s, 's') },
    { title: 'Least possible', numeric: true, cell: (row) => quantity(row.bound_s, 's') },
    { title: 'Retries', numeric: true, cell: (row) => (row.retries_s < 1e-15 ? '0' : quantity(row.retries_s, 's')) },
    { title: 'The job waits', numeric: true, cell: (row) => quantity(row.exposed_s, 's') },
  ], job.exchanges, 'small');
}

/** What the latency of modules is worth: the same exchanges with more of it on every link. */
function slower(scenario) {
  const effect = scenario.job.slower_links;
  const rows = effect?.exchanges?.filter((row) => row.once_s > 0) ?? [];
  if (!rows.length) return null;
  return table(`Exchanges among ${count(effect.ranks)} with ${quantity(effect.added_s, 's')} more on every link of ${effect.network}, about two passes of a DSP, ${scenario.name}`, [
    { title: 'Exchange', cell: (row) => words(row.kind) },
    { title: 'Bytes', numeric: true, cell: (row) => quantity(row.bytes, 'B') },
    { title: 'Once', numeric: true, cell: (row) => quantity(row.once_s, 's') },
    { title: 'With more latency', numeric: true, cell: (row) => quantity(row.slower_s, 's') },
    { title: 'Slower by', numeric: true, cell: (row) => percent(row.slower_s / row.once_s - 1) },
  ], rows, 'small');
}

export function goodput(result) {
  const { scenarios } = result;
  const charts = [bands(result), shares(result), overTime(result)].filter(Boolean);
  if (charts.length % 2) charts.at(-1).size = 'full';
  return section('goodput', 'How much of its time the job works',
    h('p', { class: 'intro' }, scenarios.map(({ name, job }) => (isNumber(job.mean_time_between_interruptions_s)
      ? `${name}: an interruption every ${duration(job.mean_time_between_interruptions_s)}, a checkpoint every ${duration(job.checkpoint_interval_s)}` : `${name}: no interruptions`)).join('; '), '. The job stops when any part that it needs fails; it starts again from its last checkpoint.'),
    h('div', { class: 'grid' }, charts.map(figure)),
    table('Where the time goes', [
      { title: 'Scenario', cell: ({ name }) => name },
      ...useOfTime.map(([key]) => ({ title: words(key), numeric: true, cell: ({ job }) => percent(job[key], 3) })),
      { title: 'Pace with flaps', numeric: true, cell: ({ job }) => percent(job.flap_factor, 4) },
      { title: 'Pace with degraded links', numeric: true, cell: ({ job }) => percent(job.degraded_factor, 4) },
      { title: 'Goodput', numeric: true, cell: ({ job }) => percent(job.goodput, 3) },
    ], scenarios, 'small'),
    perScenario(result, (scenario) => [h('div', { class: 'grid' }, [causes(scenario)].filter(Boolean).map(figure)), spares(scenario), exchanges(scenario), slower(scenario)]));
}
