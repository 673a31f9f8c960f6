// The report of a captured waveform: what was measured, how it was locked, eyes, windows and taps.
import { h, section, table } from '../dom.js';
import { isNumber, number, percent, quantity } from '../format.js';
import { csv } from '../download.js';
import { lineChart } from '../charts/line.js';
import { rowsChart } from '../charts/rows.js';
import { accent, soft } from '../theme.js';
import { eyes, grid } from './charts.js';
import { again } from './input.js';
import { summary } from './summary.js';
import { assumptions, checks } from './tables.js';

const assumption = { applied: 'filter applied by the scope', needed: 'filter applied here' };

const shown = (value, { key, unit }) => (!isNumber(value) ? '–' : /^(over|under)shoot$/.test(key) ? percent(value)
  : unit === '1' ? number(value, 4) : quantity(value, unit));

function measures({ results = [], quantities = [] }) {
  if (!results.length) return null;
  return section('measures', 'Measures', table('What was measured', [
    { title: 'Quantity', cell: (q) => q.label },
    ...results.map((result) => ({ title: results.length > 1 ? assumption[result.reference_filter] : 'Value', numeric: true, cell: (q) => shown(result[q.key], q) })),
  ], quantities, 'small'));
}

function windows(result) {
  const charts = (result.series ?? []).filter((series) => series.id.startsWith('histogram'));
  return section('windows', 'Windows', charts.length ? [
    h('p', { class: 'intro' }, 'Samples of the equalised waveform in the two narrow windows, in which errors are counted.'),
    grid(charts.map((series) => lineChart(series)))] : null);
}

function equaliser({ results = [] }) {
  const charts = results.filter((result) => result.taps?.length).map((result) => rowsChart({
    id: results.length > 1 ? `taps.${result.reference_filter}` : 'taps',
    title: `Taps of the reference equaliser${results.length > 1 ? `, ${assumption[result.reference_filter]}` : ''}`,
    note: 'one symbol apart; their sum is 1',
    axis: 'Weight',
    rows: result.taps.map((weight, i) => ({
      label: i === result.main_tap ? 'main' : `${i - result.main_tap > 0 ? '+' : '−'}${Math.abs(i - result.main_tap)}`,
      from: 0,
      to: weight,
      text: number(weight, 4),
      color: i === result.main_tap ? accent : soft,
    })),
    csv: () => csv([['symbols after the main tap'], ['weight']], result.taps.map((weight, i) => [i - result.main_tap, weight])),
  }));
  return section('equaliser', 'Equaliser', charts.length ? grid(charts) : null);
}

function locking({ remarks = [] }) {
  return section('capture', 'What was done with the capture', remarks.length ? h('ul', {}, remarks.map((remark) => h('li', {}, remark))) : null);
}

export const captureSections = [summary, measures, checks, eyes, windows, equaliser, locking, assumptions, again];
