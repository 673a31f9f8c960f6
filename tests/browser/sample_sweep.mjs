// Made-up sweeps for the browser test: numbers from short formulas, not computed by waverack. Each comes with the number
// of charts that its report must hold, counted here by hand.

const range = (n, f) => Array.from({ length: n }, (_, i) => f(i));

function sweep(axes, quantities, { missing = [], complete = true, tuned = [] } = {}) {
  const count = axes.reduce((n, axis) => n * axis.values.length, 1);
  const indices = range(count, (i) => axes.reduceRight((found, axis) => {
    found.at.unshift(found.rest % axis.values.length);
    return { at: found.at, rest: Math.floor(found.rest / axis.values.length) };
  }, { at: [], rest: i }).at);
  const points = indices.map((at, i) => (missing.includes(i) ? { at, status: 'error', message: 'lane.chain.fibre.length: out of range & <wrong>' }
    : i % 3 === 2 ? { at, status: 'fail', message: 'lane.ber_pre_fec is 0.00224, above 0.00024' } : { at, status: 'pass', message: '' }));
  return {
    format: 'waverack-sweep', version: 1, program: { version: '0.0.0', commit: 'sample' }, name: 'sample', title: 'sample',
    summary: 'Made-up numbers.', complete, points_wanted: complete ? count : count + 10, axes,
    limits: [{ name: 'lane.ber_pre_fec', bound: 'at_most', limit: 2.4e-4 }],
    quantities: quantities.map(([name, unit, f]) => ({ name, unit, values: indices.map((at, i) => (missing.includes(i) ? null : f(...at))) })),
    tuned: tuned.map(([path, unit, f]) => ({ path, unit, before: `1 ${unit}`, values: indices.map((at, i) => (missing.includes(i) ? null : f(...at))) })),
    points,
    design: { title: 'sample', lane: { pattern: 'PRBS9Q' } },
  };
}

const length = (n) => ({ path: 'lane.chain.fibre.length', given: `lane.chain.fibre.length=1 km:${n} km:${n}`, scale: 'linear', unit: 'km', values: range(n, (i) => i + 1) });
const power = (n) => ({ path: 'lane.light.cw_laser.output_power', given: 'lane.light.cw_laser.output_power=10 dBm:18 dBm:9', scale: 'linear', unit: 'dBm', values: range(n, (i) => 10 + i) });
const card = { path: 'lane.chain.tia.card', given: 'lane.chain.tia.card=fast,slow', scale: 'text', unit: '1', values: ['fast', 'slow <old>'] };
const ber = ['lane.ber_pre_fec', '1', (i, j = 0) => 10 ** (-9 + 0.6 * i - 0.4 * j)];
const floor = ['lane.floor_ber', '1', (i) => 1e-12 * (1 + i)];
const margin = ['lane.margin_db', 'dB', (i, j = 0) => (i > 8 ? null : 4 - i + 0.7 * j)];
const energies = ['module', 'with_laser', 'with_host', 'with_cooling'].map((end, k) => [`module.energy_pj_per_bit.${end}`, 'pJ/bit', (i, j = 0) => 3 + k + 0.1 * j + 0.01 * i]);
const rate = ['module.mac_rate_gbps', 'Gb/s', () => 3200];

export const sweeps = {
  // One chart for both error ratios, one for the margin, one for the four energies; the rate is the same everywhere.
  'one path': [3, sweep([length(12)], [ber, floor, margin, ...energies, rate], { missing: [11] })],
  // A chart each for BER and margin, and one energy for all four.
  'two paths as curves': [3, sweep([length(8), card], [ber, margin, ...energies])],
  'two paths as maps': [3, sweep([length(10), power(9)], [ber, margin, ...energies], { missing: [17] })],
  'a path of names': [2, sweep([card], [ber, margin])],
  // The curves of two paths for each value of the third.
  'three paths': [4, sweep([card, length(7), power(3)], [['lane.ber_pre_fec', '1', (k, i, j) => ber[2](i, j) * (1 + k)], ['lane.margin_db', 'dB', (k, i, j) => 4 - i + j - k]])],
  // BER and the gain that was found; taps are in the table alone.
  'found anew': [2, sweep([length(5)], [ber], { missing: [4], tuned: [['lane.chain.linear_driver.gain', 'dB', (i) => 10 + i], ['lane.chain.host_transmitter.taps', '1', (i) => [0, 0.9, -0.1 * i]]] })],
  'interrupted': [1, sweep([length(5)], [ber], { complete: false })],
  'nothing solved': [0, sweep([length(2)], [ber], { missing: [0, 1] })],
};
