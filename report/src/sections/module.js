import { h, section, table } from '../dom.js';
import { decibel, isNumber, number, quantity, words } from '../format.js';
import { csv } from '../download.js';
import { figure } from '../charts/chart.js';
import { rowsChart } from '../charts/rows.js';
import { accent, ink, lines, soft } from '../theme.js';

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
    temperatureTable(module));
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

export function laserSection({ module }) {
  const laser = module?.laser;
  const ladder = laser?.ladder ?? [];
  if (!laser) return null;
  const facts = [
    isNumber(laser.power_dbm) && `${decibel(laser.power_dbm, 'dBm')} for each laser fibre`,
    isNumber(laser.power_needed_dbm) && `${decibel(laser.power_needed_dbm, 'dBm')} needed`,
    isNumber(laser.margin_db) && `${decibel(laser.margin_db)} to spare`,
    laser.elsfp_class && `ELSFP power class ${laser.elsfp_class}`,
    laser.drive && `${quantity(laser.drive.current_a, 'A')} each, junction at ${quantity(laser.drive.junction_c, '°C')}`,
    isNumber(laser.largest_power_dbm) && `${decibel(laser.largest_power_dbm, 'dBm')} at most`,
    isNumber(laser.wall_plug_w) && `${quantity(laser.wall_plug_w, 'W')} at the wall plug`,
  ].filter(Boolean);
  if (!facts.length && !ladder.length) return null;
  return section('laser', 'Laser budget',
    facts.length ? h('p', { class: 'intro' }, facts.join(' · ')) : null,
    ladder.length ? h('div', { class: 'grid' }, figure(ladderChart(ladder))) : null);
}

function ladderChart(ladder) {
  let before = null;
  const rows = ladder.map((item) => {
    const after = item.power_dbm_after;
    const from = before ?? after;
    before = isNumber(after) ? after : before;
    const loss = isNumber(item.loss_db) && item.loss_db !== 0 ? decibel(-item.loss_db) : null;
    return {
      label: words(item.name), from, to: after, color: loss ? (item.loss_db > 0 ? soft : lines[2]) : accent,
      text: [loss, decibel(after, 'dBm')].filter(Boolean).join(' → '),
    };
  });
  return rowsChart({
    id: 'laser_ladder',
    title: 'From the laser to the receiver',
    note: 'each step’s loss and the power left behind it',
    axis: 'Optical power (dBm)',
    size: 'full',
    connect: true,
    scale: true,
    rows,
    csv: () => csv([['stage'], ['loss', 'dB'], ['power behind it', 'dBm']], ladder.map((i) => [i.name, i.loss_db, i.power_dbm_after])),
  });
}
