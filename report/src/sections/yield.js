// The report of a study of yield: how many modules are good, why others are not, what varies, how they fail.
import { h, section, table } from '../dom.js';
import { decibel, isNumber, number, quantity, unitText, words } from '../format.js';
import { csv } from '../download.js';
import { lineChart } from '../charts/line.js';
import { rowsChart } from '../charts/rows.js';
import { accent, soft } from '../theme.js';
import { figure } from '../charts/chart.js';
import { grid } from './charts.js';
import { again, fileName, input } from './input.js';
import { summary } from './summary.js';
import { assumptions } from './tables.js';

/** 0.9731 as "97.31 %", with more digits where it is close to all or nothing. */
function share(value) {
  if (!isNumber(value)) return '–';
  const away = Math.min(value, 1 - value);
  return `${(100 * value).toFixed(away > 0 && away < 1e-3 ? 4 : 2)}\u202f%`;
}

/** "lane.chain.mach_zehnder.v_pi_l" as "Mach–Zehnder v pi l". */
const shortPath = (path) => path.replace(/^lane\.(chain|light|test_points)\./, '').replace(/^lane\./, '');
const nameOf = (path) => (path ? words(shortPath(path).replaceAll('.', ' ')) : 'No single deviation');
const count = (value) => String(value).replace(/\B(?=(\d{3})+$)/g, '\u202f');
const chosen = (result) => result.by_spares?.find((row) => row.spares === result.spares);

function yieldSummary(result) {
  const row = chosen(result);
  if (!row) return null;
  const none = result.by_spares[0];
  return summary({
    ...result,
    headline: [
      { label: 'Good modules', value: share(row.yield), note: `95 %: ${share(row.low)} to ${share(row.high)}; ${count(result.modules)} modules${result.complete ? '' : ', interrupted'}` },
      { label: 'Good lanes', value: share(result.lane_yield), note: `if independent, ${share(none.if_independent)} of the modules would be good without spares` },
      { label: 'With one spare lane', value: share(result.by_spares[1]?.yield), note: `${share(none.yield)} without` },
      { label: 'All modules of a switch', value: share(row.of_switch), note: `${result.modules_per_switch} of them` },
      result.power_w && { label: 'Power, with laser', value: quantity(result.power_w.mean.with_laser, 'W'), note: `nine in ten: ${quantity(result.power_w.low.with_laser, 'W')} to ${quantity(result.power_w.high.with_laser, 'W')}` },
      result.reliability?.devices.length && { label: 'Modules that fail in a year', value: share(result.reliability.beyond_spares_per_year), note: `${number(result.reliability.fit)} FIT` },
    ].filter(Boolean),
  });
}

const bins = ({ first_db: first, width_db: width, counts }) => counts.map((n, i) => [first + width * (i + 0.5), n]);

function histogram(result) {
  const lanes = new Map(bins(result.lane_margins).map(([x, n]) => [x.toFixed(3), n]));
  const modules = new Map(bins(result.module_margins).map(([x, n]) => [x.toFixed(3), n]));
  const places = [...new Set([...lanes.keys(), ...modules.keys()])].sort((a, b) => a - b);
  const total = (counts) => [...counts.values()].reduce((sum, n) => sum + n, 0);
  const [allLanes, allModules] = [total(lanes), total(modules)];
  return lineChart({
    id: 'yield.margins',
    title: 'Margins',
    note: 'share of lanes, and of modules by the weakest lane that they sell, in steps of 0.1 dB',
    y_name: 'Share',
    step: true,
    columns: [
      { name: 'margin', unit: 'dB', values: places.map(Number) },
      { name: 'lanes', unit: '1', values: places.map((x) => (lanes.get(x) ?? 0) / allLanes) },
      { name: 'modules', unit: '1', values: places.map((x) => (modules.get(x) ?? 0) / allModules) },
    ],
    marks: [{ axis: 'x', value: result.margin_limit_db, label: 'limit' }],
  });
}

function againstLimit(result) {
  return lineChart({
    id: 'yield.limit',
    title: 'Yield against the margin limit',
    note: 'margins alone; other demands refuse modules besides',
    y_name: 'Yield',
    columns: [
      { name: 'margin limit', unit: 'dB', values: result.margin_limits_db },
      ...result.by_spares.map((row) => ({ name: row.spares ? `${row.spares} spare${row.spares > 1 ? 's' : ''}` : 'no spare lane', unit: '1', values: row.by_limit })),
    ],
    marks: [{ axis: 'x', value: result.margin_limit_db, label: 'limit' }],
  });
}

function pareto(result) {
  const refused = result.modules - chosen(result).good;
  if (!result.causes.length) return null;
  return rowsChart({
    id: 'yield.causes',
    title: 'Why modules are refused',
    note: `${count(refused)} of ${count(result.modules)} modules, by the deviation that costs the deciding lane most`,
    axis: 'Modules',
    rows: result.causes.slice(0, 12).flatMap((cause) => [{
      label: nameOf(cause.path),
      from: 0,
      to: cause.modules,
      text: `${count(cause.modules)} · ${share(cause.modules / refused)}`,
      hint: `${count(cause.good_without)} of them would be good without it`,
      color: cause.path ? accent : soft,
    }]),
    csv: () => csv([['what decides'], ['modules'], ['good without it']], result.causes.map((c) => [c.path, c.modules, c.good_without])),
  });
}

function binChart(result) {
  return rowsChart({
    id: 'yield.bins',
    title: 'Bins of good modules',
    note: 'by the margin of the weakest lane that is sold; mean power with lasers',
    axis: 'Modules',
    rows: result.bins.map((bin) => ({
      label: `${bin.from_db} to ${bin.to_db} dB`,
      from: 0,
      to: bin.modules,
      text: `${count(bin.modules)}${isNumber(bin.mean_w) ? ` · ${quantity(bin.mean_w, 'W')}` : ''}`,
      color: accent,
    })),
    csv: () => csv([['from', 'dB'], ['to', 'dB'], ['modules'], ['mean power with lasers', 'W']],
      result.bins.map((b) => [b.from_db, b.to_db, b.modules, b.mean_w])),
  });
}

function charts(result) {
  if (!result.by_spares) return null;
  const bars = [pareto(result), result.bins.length ? binChart(result) : null].filter(Boolean);
  return section('yield', 'Yield',
    table('With and without spare lanes', [
      { title: 'Spare lanes', numeric: true, cell: (row) => String(row.spares) },
      { title: 'Good modules', numeric: true, cell: (row) => share(row.yield) },
      { title: '95 % interval', numeric: true, cell: (row) => `${share(row.low)} … ${share(row.high)}` },
      { title: 'If lanes were independent', numeric: true, cell: (row) => share(row.if_independent) },
      { title: `All ${result.modules_per_switch} of a switch`, numeric: true, cell: (row) => share(row.of_switch) },
    ], result.by_spares),
    grid([histogram(result), againstLimit(result)]),
    h('div', { class: 'grid' }, bars.map(figure)));
}

function judged(result) {
  if (!result.requirements) return null;
  return section('judged', 'What modules are judged by',
    table('Demands, and how many modules miss each of them by most', [
      { title: 'Demand', code: true, cell: (row) => row.name },
      { title: 'Limit', numeric: true, cell: (row) => `${row.bound === 'at_least' ? '≥' : '≤'} ${quantity(row.limit, row.unit)}` },
      { title: 'As designed', numeric: true, cell: (row) => quantity(row.as_designed, row.unit) },
      { title: 'Refused', numeric: true, cell: (row) => (row.refused ? count(row.refused) : '') },
      { title: 'Source', wide: true, cell: (row) => row.source },
    ], result.requirements, 'small'),
    result.not_judged.length ? h('p', { class: 'intro' }, `Not judged: ${result.not_judged.join('; ')}.`) : null);
}

const amount = (value, unit) => (unit === '1' ? `${number(100 * value)}\u202f%` : `${number(value)}\u00a0${unitText(unit)}`);

function varied(result) {
  if (!result.variations) return null;
  return section('variations', 'What varies',
    table('Numbers that differ from piece to piece', [
      { title: 'Number', code: true, cell: (row) => row.path },
      { title: 'Sigma', numeric: true, cell: (row) => (row.sigma ? amount(row.sigma, row.unit) : '') },
      { title: 'Along the die, per √cm', numeric: true, cell: (row) => (row.walk_per_sqrt_m ? amount(0.1 * row.walk_per_sqrt_m, row.unit) : '') },
      { title: 'Common to the module', numeric: true, cell: (row) => `${Math.round(100 * row.common)}\u202f%` },
      { title: 'Kind', cell: (row) => row.kind },
      { title: 'Source', wide: true, cell: (row) => row.source },
    ], result.variations, 'small'));
}

function trust(result) {
  const fast = result.fast_path;
  if (!fast) return null;
  const full = result.comparison;
  return section('trust', 'How far this can be trusted',
    h('p', { class: 'intro' }, full
      ? `Every lane was solved in full: ${count(full.good_full)} modules are good, ${count(full.good_fast)} by the fast path, whose margins of modules are off by ${decibel(full.rms_db)} rms.`
      : `Lanes are measured by polynomials. If what decides were worse or better by the rms error of its polynomial, the yield would be ${share(fast.yield_if_margins_lower)} or ${share(fast.yield_if_margins_higher)}.`),
    table('Polynomials of what varies, against full solutions that they were not fitted to', [
      { title: 'Of', code: true, cell: (row) => row.of },
      { title: 'Terms', numeric: true, cell: (row) => String(row.terms) },
      { title: 'Fitted to', numeric: true, cell: (row) => String(row.fitted_to) },
      { title: 'Checked on', numeric: true, cell: (row) => String(row.checked_on) },
      { title: 'Rms error', numeric: true, cell: (row) => `${row.rms.toFixed(3)}\u00a0dB` },
      { title: 'Largest', numeric: true, cell: (row) => `${row.largest.toFixed(3)}\u00a0dB` },
    ], fast.polynomials, 'small'));
}

function failures({ reliability, spares }) {
  if (!reliability?.devices.length) return null;
  const chart = rowsChart({
    id: 'yield.failures',
    title: 'Failure rates',
    note: 'of all devices of a kind; light: lasers that are changed in the field',
    axis: 'FIT',
    size: 'full',
    rows: reliability.devices.map((device) => ({
      label: nameOf(device.name),
      from: 0,
      to: device.fit,
      text: `${number(device.fit)} FIT`,
      hint: `${device.devices} × ${number(device.fit_each)} FIT at ${number(device.temperature_c)} °C`,
      color: device.field_replaceable ? soft : accent,
    })),
    csv: () => csv([['device'], ['devices'], ['rate of each', 'FIT'], ['rate', 'FIT']], reliability.devices.map((d) => [d.name, d.devices, d.fit_each, d.fit])),
  });
  return section('failures', 'Failures in the field',
    h('p', { class: 'intro' }, `${number(reliability.fit)} FIT in the module: ${share(reliability.any_failure_per_year)} of the modules lose a lane in a year`
      + `${spares ? `, ${share(reliability.beyond_spares_per_year)} more lanes than there are spares` : ''}`
      + `${reliability.replaceable_fit ? `; ${share(reliability.replaceable_per_year)} need a new laser` : ''}.`),
    h('div', { class: 'grid' }, [figure(chart)]),
    table('Devices', [
      { title: 'Device', code: true, cell: (row) => row.name },
      { title: 'Number', numeric: true, cell: (row) => String(row.devices) },
      { title: 'Lanes of each', numeric: true, cell: (row) => String(row.lanes) },
      { title: 'At', numeric: true, cell: (row) => quantity(row.temperature_c, 'degC') },
      { title: 'Each', numeric: true, cell: (row) => `${number(row.fit_each)} FIT` },
      { title: 'Kind', cell: (row) => row.kind },
      { title: 'Source', wide: true, cell: (row) => row.source },
    ], reliability.devices, 'small'));
}

const repeat = (result) => again({
  ...result,
  command: `waverack yield ${fileName(result)}.toml --modules ${result.modules_wanted} --spares ${result.spares} --sampling ${result.sampling}`
    + `${result.full ? ' --full' : ''} --seed ${result.seed} -o again`,
});

export const yieldSections = [yieldSummary, charts, judged, varied, trust, failures, assumptions, input, repeat];
