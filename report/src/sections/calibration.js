// The report of calibration loops: a row for each, then each with its numbers and trajectories.
import { h, section, table, verdict } from '../dom.js';
import { isNumber, missing, quantity } from '../format.js';
import { lineChart } from '../charts/line.js';
import { grid } from './charts.js';
import { again, input } from './input.js';
import { assumptions } from './tables.js';

const decibels = (value) => (isNumber(value) ? `${value.toFixed(3)}\u00a0dB` : missing);
const residual = ({ residual: value, residual_unit: unit }) => (unit === 'dB' ? decibels(value) : quantity(value, unit));

function loops({ loops: rows = [] }) {
  return section('loops', 'Loops', rows.length ? table('What each loop leaves, costs and takes', [
    { title: 'Loop', cell: (loop) => h('a', { href: `#loop-${loop.name}` }, loop.label) },
    { title: 'Residual', numeric: true, cell: residual },
    { title: 'Penalty', numeric: true, cell: (loop) => decibels(loop.penalty_db) },
    { title: 'Energy', numeric: true, cell: (loop) => (loop.energy_pj_per_bit ? quantity(loop.energy_pj_per_bit, 'pJ/bit') : 'none') },
    { title: 'Time to converge', numeric: true, cell: (loop) => (loop.converged ? quantity(loop.time_to_converge_s, 's') : 'does not') },
    { title: 'Verdict', cell: (loop) => (loop.converged && loop.missed ? loop.missed : verdict(loop.converged ? 'pass' : 'fail')) },
  ], rows) : null);
}

const eachLoop = (result) => (result.loops ?? []).map((loop) => {
  const series = (result.series ?? []).filter((s) => s.id.startsWith(`${loop.name}.`));
  return section(`loop-${loop.name}`, loop.label,
    h('p', { class: 'intro' }, `${loop.method}. Penalty: ${loop.penalty_basis}.`),
    table(loop.label, [
      { title: 'Number', cell: (row) => row.label },
      { title: 'Value', numeric: true, cell: (row) => row.text },
      { title: 'Note', cell: (row) => row.note, wide: true },
    ], loop.measures, 'small'),
    series.length ? grid(series.map((s) => lineChart(s))) : null);
});

export const calibrationSections = [loops, eachLoop, assumptions, input, again];
