// The report of a heat solve: blocks, layers from above, sections, coolants, where the heat goes, and times.
import { h, section, table } from '../dom.js';
import { isNumber, number, quantity } from '../format.js';
import { csv } from '../download.js';
import { fieldChart } from '../charts/field.js';
import { mapChart } from '../charts/map.js';
import { rowsChart } from '../charts/rows.js';
import { accent, soft } from '../theme.js';
import { grid, seriesChart } from './charts.js';
import { again, input } from './input.js';
import { summary } from './summary.js';
import { assumptions } from './tables.js';

const celsius = (value, digits = 2) => (isNumber(value) ? `${value.toFixed(digits)}\u00a0°C` : '–');
const kelvin = (value) => (isNumber(value) ? `${value.toFixed(2)}\u00a0K` : '–');
const names = (list) => Object.entries(list ?? {}).map(([name, item]) => ({ name, ...item }));

// More blocks than this would make a chart nobody reads; the table has all.
const mostBars = 24;

function blocks({ thermal }) {
  const list = names(thermal.blocks);
  const points = names(thermal.points);
  if (!list.length && !points.length) return null;
  const hottest = [...list].sort((a, b) => b.max_c - a.max_c).slice(0, mostBars);
  const columns = [['name'], ['power', 'W'], ['coldest place', '°C'], ['mean', '°C'], ['hottest place', '°C']];
  return section('blocks', 'Blocks', list.length > 1 ? grid([rowsChart({
    id: 'blocks',
    title: 'Temperature of blocks',
    note: `from the coldest to the hottest place of each${list.length > mostBars ? `; the ${mostBars} hottest of ${list.length}` : ', the hottest first'}`,
    axis: 'Temperature (°C)',
    scale: true,
    size: 'full',
    rows: hottest.map((block, i) => ({
      label: block.name, from: block.min_c, to: block.max_c, text: celsius(block.max_c, 1), color: i === 0 ? accent : soft,
      hint: `${quantity(block.power_w, 'W')}, mean ${celsius(block.mean_c)}`,
    })),
    csv: () => csv(columns, list.map((b) => [b.name, b.power_w, b.min_c, b.mean_c, b.max_c])),
  })]) : null,
  list.length ? table('Blocks', [
    { title: 'Block', cell: (b) => b.name },
    { title: 'Layer', cell: (b) => b.layer },
    { title: 'Power', numeric: true, cell: (b) => quantity(b.power_w, 'W') },
    { title: 'Coldest', numeric: true, cell: (b) => celsius(b.min_c) },
    { title: 'Mean', numeric: true, cell: (b) => celsius(b.mean_c) },
    { title: 'Hottest', numeric: true, cell: (b) => celsius(b.max_c) },
    { title: 'Spread', numeric: true, cell: (b) => kelvin(b.max_c - b.min_c) },
  ], list, 'small') : null,
  points.length ? table('Points of interest', [
    { title: 'Point', cell: (p) => p.name },
    { title: 'Temperature', numeric: true, cell: (p) => celsius(p.temperature_c) },
  ], points, 'small') : null);
}

const isSection = (map) => Boolean(map.y.edges);

function layers({ maps = [] }) {
  const own = maps.filter((map) => !isSection(map));
  return section('layers', 'Layers from above', own.length ? [
    h('p', { class: 'intro' }, 'Mean temperature through the thickness, or that of the coolant where it flows; each layer has a scale of its own. The lines are blocks. Point at a place to read it.'),
    grid(own.map((map) => fieldChart(map)))] : null);
}

function sections({ maps = [] }) {
  const own = maps.filter(isSection);
  return section('sections', 'Sections', own.length ? [
    h('p', { class: 'intro' }, 'Through the hottest place. Heights are drawn by the cube root of the thickness, so that thin films are seen.'),
    grid(own.map((map) => fieldChart(map, { size: 'full' })))] : null);
}

function coolants({ thermal, series = [] }) {
  const list = names(thermal.coolants);
  const along = series.filter((s) => s.id.startsWith('coolant'));
  return section('coolants', 'Coolant', along.length ? grid(along.map(seriesChart)) : null,
    list.length ? table('Coolant', [
      { title: 'Cavity', cell: (c) => c.name },
      { title: 'Heat', numeric: true, cell: (c) => quantity(c.heat_w, 'W') },
      { title: 'Inlet', numeric: true, cell: (c) => celsius(c.inlet_c) },
      { title: 'Outlet', numeric: true, cell: (c) => celsius(c.outlet_c) },
      { title: 'Hottest wall', numeric: true, cell: (c) => celsius(c.hottest_wall_c) },
      { title: 'Re', numeric: true, cell: (c) => (c.reynolds ? number(c.reynolds) : '') },
      { title: 'Pressure drop', numeric: true, cell: (c) => (c.pressure_drop_pa ? quantity(c.pressure_drop_pa, 'Pa') : '') },
      { title: 'Pump', numeric: true, cell: (c) => (c.pump_power_w ? quantity(c.pump_power_w, 'W') : '') },
    ], list, 'small') : null);
}

function ways({ thermal }) {
  const list = [...names(thermal.faces), ...names(thermal.coolants)].filter(({ heat_w: heat }) => isNumber(heat));
  const total = list.reduce((sum, { heat_w: heat }) => sum + heat, 0);
  return section('ways', 'Where the heat goes', list.length > 1 ? grid([rowsChart({
    id: 'ways',
    title: 'Ways of the heat',
    note: `${quantity(total, 'W')} in all`,
    axis: 'Heat (W)',
    size: 'full',
    rows: list.map(({ name, heat_w: heat }) => ({ label: name, from: 0, to: heat, text: `${quantity(heat, 'W')}, ${number((100 * heat) / total, 3)}\u202f%`, color: accent })),
    csv: () => csv([['way'], ['heat', 'W']], list.map(({ name, heat_w: heat }) => [name, heat])),
  })]) : null);
}

function times({ series = [] }) {
  const own = series.filter((s) => s.id.startsWith('transient'));
  return section('times', 'Over time', own.length ? grid(own.map(seriesChart)) : null);
}

// What a table can hold; more blocks become a map.
const mostColumns = 10;

function influence({ thermal }) {
  const found = thermal.influence;
  if (!found) return null;
  const { blocks: sources, targets, kelvin_per_watt: rows } = found;
  const intro = h('p', { class: 'intro' }, `How many kelvin each block and point warms for each watt of each block, conductivities and flows as they are. ${
    isNumber(found.error_k) ? `At 1.2 times these powers that is within ${number(found.error_k, 2)} K of a full solve.` : ''}`);
  return section('influence', 'Influence of blocks', intro, sources.length <= mostColumns
    ? table('Kelvin for each watt', [
      { title: 'Warmed', cell: ([target]) => target },
      ...sources.map((source, i) => ({ title: source, numeric: true, cell: ([, row]) => number(row[i], 3) })),
    ], targets.map((target, i) => [target, rows[i]]), 'small')
    : grid([mapChart({
      id: 'influence', title: 'Kelvin for each watt', x: { name: 'heated', unit: '1', labels: sources }, y: { name: 'warmed', unit: '1', labels: targets },
      values: rows, unit: 'K/W', messages: rows.map((row) => row.map(() => '')),
    })]));
}

function numerics({ thermal }) {
  const seconds = (value) => (isNumber(value) ? quantity(value, 's') : '');
  const rows = [
    ['Energy balance', number(thermal.energy_balance, 2), 'heat that enters less heat that leaves, relative to the heat'],
    ...(isNumber(thermal.grid_error_k) ? [['Error of the grid', kelvin(thermal.grid_error_k),
      `estimated: ${kelvin(thermal.grid_error_in_plane_k)} of the cells in the plane, ${kelvin(thermal.grid_error_through_k)} of those through layers`]] : []),
    ['Nodes', number(thermal.cells), `${number(thermal.solves)} ${thermal.solves === 1 ? 'solve' : 'solves'}, ${number(thermal.iterations)} iterations`],
    ['Time', seconds(thermal.solve_s), isNumber(thermal.grid_error_s) ? `and ${seconds(thermal.grid_error_s)} for the error of the grid` : ''],
    ...(thermal.transient ? [['Steps in time', number(thermal.transient.steps), `energy balance ${number(thermal.transient.energy_balance, 2)}, ${seconds(thermal.transient.solve_s)}`]] : []),
  ];
  return section('numerics', 'How it was solved', table('Numbers of the solve', [
    { title: 'Measure', cell: ([name]) => name },
    { title: 'Value', numeric: true, cell: ([, value]) => value },
    { title: 'Note', wide: true, cell: ([, , note]) => note },
  ], rows, 'small'));
}

const files = ({ files: rows = [] }) => section('files', 'Files', rows.length ? table('Files read', [
  { title: 'File', code: true, cell: (file) => file.name },
  { title: 'Bytes', numeric: true, cell: (file) => number(file.bytes) },
  { title: 'SHA-256', code: true, wide: true, cell: (file) => file.sha256 },
], rows, 'small') : null);

const stack = (result) => input({ ...result, design: result.stack }, 'stack');

export const thermalSections = [summary, blocks, layers, sections, coolants, ways, times, influence, numerics, files, assumptions, stack, again];
