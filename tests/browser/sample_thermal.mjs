// A made-up heat solve for the browser test: numbers from short formulas, not computed by waverack. The number of its charts is
// counted here by hand: bars of the blocks, two layers, a section, the coolant along its flow, the ways of the heat, times.

const range = (n, f) => Array.from({ length: n }, (_, i) => f(i));
const warm = (x, y) => 52 + 9 * Math.exp(-((x - 6) ** 2 + (y - 2) ** 2) / 6) + 0.6 * y;

function layer(id, title, extra, outlines) {
  const [columns, rows] = [40, 32];
  return {
    id: `map.${id}`, title, csv: `series/map.${id}.csv`, unit: 'degC', note: 'hottest at x 6.1 mm, y 2.0 mm',
    x: { name: 'x', unit: 'm', start: 0, step: 0.25e-3, count: columns },
    y: { name: 'y', unit: 'm', start: 0, step: 0.25e-3, count: rows },
    // A corner where there is nothing.
    values: range(columns * rows, (k) => {
      const [i, j] = [k % columns, Math.floor(k / columns)];
      return i > 34 && j > 27 ? null : warm(0.25 * i, 0.25 * j) + extra;
    }),
    outlines,
  };
}

const edges = [0, 1e-3, 1.07e-3, 1.37e-3, 1.372e-3, 1.41e-3, 1.71e-3, 1.76e-3, 2.76e-3];
const crossSection = {
  id: 'section.y', title: 'Section along x at y = 2.0 mm', csv: 'series/section.y.csv', unit: 'degC', note: 'hottest at x 6.1 mm',
  x: { name: 'x', unit: 'm', start: 0, step: 0.25e-3, count: 40 },
  y: { name: 'z', unit: 'm', edges },
  values: edges.slice(1).flatMap((_, j) => range(40, (i) => (j > 3 && i > 30 ? null : warm(0.25 * i, 2) - Math.abs(j - 3) * 1.5))),
  outlines: ['substrate', 'C4', 'PIC', 'rings', 'bumps', 'EIC', 'TIM', 'cold plate'].map((name, j) => ({ name, x0: 0, x1: j > 3 ? 7.75e-3 : 10e-3, y0: edges[j], y1: edges[j + 1] })),
};

export const thermalCharts = 7;

export const thermal = {
  format: 'waverack-thermal', version: 1, program: { version: '0.0.0', commit: 'sample' }, title: 'sample engine',
  summary: 'Made-up numbers of an engine.', command: 'waverack thermal sample.toml -o again',
  headline: [{ label: 'Hottest place', value: '61.0 °C', note: 'drivers' }, { label: 'Grid error', value: '0.21 K', note: 'estimated' }],
  warnings: [{ path: 'cavities.plate', message: 'Re 3000 lies between laminar and turbulent <flow>' }],
  thermal: {
    blocks: {
      drivers: { layer: 'EIC', power_w: 7, min_c: 51.2, mean_c: 55.5, max_c: 61.0 },
      TIAs: { layer: 'EIC', power_w: 5, min_c: 50.1, mean_c: 53.0, max_c: 57.2 },
      'rings & <heaters>': { layer: 'PIC', power_w: 2.4, min_c: 52.0, mean_c: 54.0, max_c: 58.4 },
    },
    points: { 'ring 7': { temperature_c: 57.31 } },
    coolants: { plate: { heat_w: 13.9, inlet_c: 40, outlet_c: 42.1, hottest_wall_c: 47.9, reynolds: 412, pressure_drop_pa: 6200, pump_power_w: 0.021 } },
    faces: { board: { heat_w: 0.5 } },
    power_w: 14.4, energy_balance: 1e-11, grid_error_k: 0.21, grid_error_in_plane_k: 0.15, grid_error_through_k: 0.06, grid_error_s: 0.4,
    cells: 24000, iterations: 11, solves: 2, solve_s: 0.3, transient: { steps: 49, energy_balance: 2e-12, solve_s: 1.2 },
    influence: { blocks: ['drivers', 'TIAs'], targets: ['drivers', 'TIAs', 'ring 7'], kelvin_per_watt: [[1.4, 0.6], [0.6, 1.5], [0.9, 0.7]], base_c: [40, 40, 40], error_k: 0.02 },
  },
  files: [{ name: 'sample.flp', sha256: 'ab'.repeat(32), bytes: 120 }],
  stack: { title: 'sample engine', width: '10 mm', layers: [{ name: 'EIC', thickness: '2 um' }] },
  maps: [
    layer('eic', 'EIC', 0, [{ name: 'drivers', x0: 0, x1: 10e-3, y0: 0, y1: 3e-3 }, { name: 'TIAs', x0: 0, x1: 10e-3, y0: 5e-3, y1: 8e-3 }]),
    layer('pic', 'PIC', 1.5, [{ name: 'rings & <heaters>', x0: 0, x1: 10e-3, y0: 1e-3, y1: 1.4e-3 }]),
    crossSection,
  ],
  series: [
    { id: 'coolant', kind: 'line', title: 'Coolant along the flow', x_scale: 'linear', y_scale: 'linear', csv: 'series/coolant.csv',
      columns: [{ name: 'along the flow', unit: 'm', values: range(32, (i) => 0.25e-3 * i) }, { name: 'plate', unit: 'degC', values: range(32, (i) => 40 + 0.066 * i) }] },
    { id: 'transient', kind: 'line', title: 'Blocks over time', x_scale: 'linear', y_scale: 'linear', csv: 'series/transient.csv',
      columns: [{ name: 'time', unit: 's', values: range(50, (i) => 2e-3 * i) }, ...['drivers', 'TIAs'].map((name, k) => ({ name, unit: 'degC', values: range(50, (i) => 40 + (15 - 3 * k) * (1 - Math.exp(-i / 12))) }))] },
  ],
};
