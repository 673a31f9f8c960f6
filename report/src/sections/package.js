// The module in its package: what every lane does at its own temperature, and where the heat is.
import { h, section, table } from '../dom.js';
import { decibel, isNumber, number, quantity } from '../format.js';
import { fieldChart } from '../charts/field.js';
import { mapChart } from '../charts/map.js';
import { grid, seriesChart } from './charts.js';

const celsius = (value, digits = 1) => (isNumber(value) ? `${value.toFixed(digits)}\u00a0°C` : '–');
const ratio = (value) => (isNumber(value) ? number(value) : '–');

const ends = { lane: (lane) => `lane ${lane} is the first to fail`, boiling: () => 'the coolant boils before a lane fails', parts: () => 'a part passes 150\u00a0°C before a lane fails' };

// How warm and how slow a coolant may be, or why there is no such limit.
function limitWords(cooling, limits) {
  if (!limits) return [];
  const flows = limits.of !== 'faces';
  const inlet = isNumber(limits.highest_inlet_c), flow = isNumber(limits.least_share);
  const already = { lane: `lane ${limits.inlet_lane} fails`, boiling: 'the coolant boils', parts: 'a part is above 150\u00a0°C' };
  if (!inlet && !flow && limits.inlet_set_by !== 'nothing') return [`${cooling}, there are no coolant limits: ${already[limits.inlet_set_by]} as it is.`];
  return [
    inlet
      ? `${cooling}, ${ends[limits.inlet_set_by](limits.inlet_lane)} ${flows ? 'with coolant that enters' : 'in surroundings'} warmer than ${celsius(limits.highest_inlet_c)}.`
      : `${cooling}, nothing fails with ${flows ? 'a warmer coolant' : 'warmer surroundings'}.`,
    flow
      ? `With less than ${flows ? `${number(limits.least_flow_ml_per_min)} ml/min` : `${number(100 * limits.least_share)} % of the coefficients of its faces`}, ${ends[limits.flow_set_by](limits.flow_lane)}.`
      : `Down to a thousandth of the ${flows ? 'flow' : 'coefficients'} nothing fails.`,
  ];
}

export function packageSection(result) {
  const own = result.module?.package;
  if (!own) return null;
  const charts = (result.series ?? []).filter((series) => series.id.startsWith('package.')).map(seriesChart);
  if (own.crosstalk) charts.push(crosstalkChart(own.crosstalk));
  const words = [
    `Lane ${own.cooling.worst_lane} has the least margin; the lane of this report is that one.`,
    ...limitWords('As designed', own.coolant_limits),
    ...(own.other_cooling ?? []).flatMap((other) => limitWords(`In ${other.name}`, other.coolant_limits)),
    isNumber(own.grid_error_k) && `The grid moves temperatures by up to ${own.grid_error_k.toFixed(2)} K.`,
  ];
  return section('package', 'Package', h('p', { class: 'intro' }, words.filter(Boolean).join(' ')),
    grid(charts),
    result.maps?.length ? grid(result.maps.map((map) => fieldChart(map))) : null,
    coolingTable(own), laneTable(own));
}

function crosstalkChart({ block, pieces, kelvin_per_watt: rise }) {
  const labels = Array.from({ length: pieces }, (_, i) => String(i + 1));
  return mapChart({
    id: 'package.crosstalk',
    title: `Thermal crosstalk of ${block}`,
    note: 'rise of one lane for a watt in another',
    x: { name: 'heated lane', unit: '', labels },
    y: { name: 'warmed lane', unit: '', labels },
    unit: 'K/W',
    values: labels.map((_, j) => labels.map((__, i) => rise[j * pieces + i])),
    messages: labels.map(() => labels.map(() => '')),
  });
}

function coolingTable({ cooling, other_cooling: others = [] }) {
  if (!others.length) return null;
  return table('Coolings of the same module', [
    { title: 'Cooling', cell: (c) => c.name ?? 'as designed' },
    { title: 'Hottest place', numeric: true, cell: (c) => celsius(c.hottest_c) },
    { title: 'Hottest part', numeric: true, cell: (c) => celsius(c.hottest_piece_c) },
    { title: 'Worst lane', numeric: true, cell: (c) => c.worst_lane },
    { title: 'Its margin', numeric: true, cell: (c) => decibel(c.worst_margin_db) },
    { title: 'Its BER', numeric: true, cell: (c) => ratio(c.worst_ber) },
  ], [cooling, ...others]);
}

function laneTable({ lanes, sites }) {
  return table('Every lane', [
    { title: 'Lane', numeric: true, cell: (l) => l.lane },
    { title: 'BER', numeric: true, cell: (l) => ratio(l.ber_pre_fec) },
    { title: 'Margin', numeric: true, cell: (l) => decibel(l.margin_db) },
    { title: 'Heater', numeric: true, cell: (l) => (l.heater_w > 0 ? quantity(l.heater_w, 'W') : '') },
    ...sites.map((site, s) => ({ title: site.block, numeric: true, cell: (l) => celsius(l.temperature_c[s], 2) })),
  ], lanes, 'small');
}
