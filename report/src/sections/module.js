import { h, section, table } from '../dom.js';
import { isNumber, number, quantity, words } from '../format.js';
import { csv } from '../download.js';
import { figure } from '../charts/chart.js';
import { rowsChart } from '../charts/rows.js';
import { ink, lines } from '../theme.js';

// From the inside out: each boundary adds one place to what was counted before.
const boundaries = [
  ['module', 'module', 'Module'],
  ['laser', 'with_laser', 'With laser'],
  ['host', 'with_host', 'With host'],
  ['cooling', 'with_cooling', 'With cooling'],
];
const placeColours = { module: lines[0], laser: lines[1], host: lines[2], cooling: lines[3] };

export function moduleSection(result) {
  const { module } = result;
  if (!module) return null;
  const waterfall = waterfallChart(module);
  return section('module', 'Module power',
    boundaryTable(module),
    waterfall ? h('div', { class: 'grid' }, figure(waterfall)) : null,
    itemTable(module),
    temperatureTable(module),
    densityTable(module));
}

function boundaryTable(module) {
  const rows = boundaries.filter(([, key]) => isNumber(module.power_w?.[key]));
  if (!rows.length) return null;
  const rate = isNumber(module.mac_rate_gbps) ? ` at ${number(module.mac_rate_gbps, 4)} Gb/s` : '';
  return table(`Power by boundary${rate}`, [
    { title: 'Boundary', cell: ([, , name]) => name },
    { title: 'Power', numeric: true, cell: ([, key]) => quantity(module.power_w[key], 'W') },
    { title: 'Energy', numeric: true, cell: ([, key]) => quantity(module.energy_pj_per_bit?.[key], 'pJ/bit') },
    { title: 'Counts', cell: ([place]) => counted[place], wide: true },
  ], rows);
}

const counted = {
  module: 'everything inside the housing or engine',
  laser: 'and external lasers at the wall plug, their coolers included',
  host: 'and the host’s SerDes',
  cooling: 'and the cooling of all this heat',
};

function waterfallChart({ power_items: items = [], power_w: power = {}, energy_pj_per_bit: energy = {} }) {
  if (!items.length) return null;
  const rows = [];
  let sum = 0;
  for (const [place, key, name] of boundaries) {
    if (!isNumber(power[key])) continue;
    const here = items.filter((item) => placeOf(item) === place && item.total_w > 0).sort((a, b) => b.total_w - a.total_w);
    for (const item of here) {
      rows.push(step(`${labelOf(item)}${item.count > 1 ? ` × ${item.count}` : ''}`, sum, item.total_w, placeColours[place],
        [item.kind, item.source].filter(Boolean).join(': ')));
      sum += item.total_w;
    }
    const rest = power[key] - sum;
    if (Math.abs(rest) > 1e-3 * power[key]) rows.push(step(place === 'cooling' ? 'Cooling' : 'Not itemised', sum, rest, placeColours[place]));
    sum = power[key];
    rows.push({
      label: name, from: 0, to: sum, strong: true, color: ink, place,
      text: [quantity(sum, 'W'), isNumber(energy[key]) && quantity(energy[key], 'pJ/bit')].filter(Boolean).join(' · '),
    });
  }
  if (!rows.length) return null;
  return rowsChart({
    id: 'power_waterfall',
    title: 'Where the power goes',
    note: 'each part adds to the one above; dark bars are the four boundaries at which products are compared',
    axis: 'Power (W)',
    size: 'full',
    connect: true,
    rows,
    csv: () => csv([['name'], ['place'], ['count'], ['power each', 'W'], ['power', 'W'], ['kind'], ['source']],
      items.map((i) => [i.name, i.place, i.count, i.unit_w, i.total_w, i.kind, i.source])),
  });
}

// Cooling belongs to no part and may carry no place of its own.
const placeOf = (item) => (item.name === 'cooling' ? 'cooling' : item.place);
const labelOf = (item) => item.label ?? words(String(item.name).split('.').at(-1));
const step = (label, sum, watts, color, hint) => ({ label, from: sum, to: sum + watts, color, hint, text: `+ ${quantity(watts, 'W')}` });

function itemTable({ power_items: items = [] }) {
  if (!items.length) return null;
  return table('Every part that draws power', [
    { title: 'Part', cell: labelOf },
    { title: 'Place', cell: placeOf },
    { title: 'Count', numeric: true, cell: (i) => (isNumber(i.count) ? number(i.count, 4) : '') },
    { title: 'Each', numeric: true, cell: (i) => (isNumber(i.unit_w) ? quantity(i.unit_w, 'W') : '') },
    { title: 'Total', numeric: true, cell: (i) => quantity(i.total_w, 'W') },
    { title: 'Kind', cell: (i) => i.kind },
    { title: 'Source', cell: (i) => i.source, wide: true },
  ], items, 'small');
}

function temperatureTable({ temperatures_c: blocks = {} }) {
  const rows = Object.entries(blocks);
  if (!rows.length) return null;
  const value = (key) => ([, block]) => quantity(block[key], '°C');
  return table('Temperatures', [
    { title: 'Block', cell: ([name]) => words(name) },
    { title: 'Minimum', numeric: true, cell: value('min') },
    { title: 'Mean', numeric: true, cell: value('mean') },
    { title: 'Maximum', numeric: true, cell: value('max') },
  ], rows);
}

const definitions = {
  edge: 'mm of its own width', edge_pitch: 'mm of board edge', edge_rows: 'mm of board edge, all rows', footprint: 'mm² of board',
  face: 'mm² of its front', volume: 'mm³',
};

function densityTable({ densities = [], heat_flux_w_per_cm2: heat }) {
  if (!densities.length) return null;
  return table(`Room, one direction${isNumber(heat) ? `; ${quantity(heat, 'W/cm²')} of board` : ''}`, [
    { title: 'Per', cell: (i) => definitions[i.name] ?? words(i.name) },
    { title: 'Lanes', numeric: true, cell: (i) => number(i.lanes) },
    { title: 'Gb/s', numeric: true, cell: (i) => number(i.gbps) },
  ], densities);
}
