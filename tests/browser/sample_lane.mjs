// The lane of the made-up result: eyes from a random PAM4 pattern, curves from textbook shapes.

function stream(seed) {
  let state = seed >>> 0;
  const uniform = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  return { uniform, normal };
}

const pulse = (t, width, tail) => {
  const edge = (x) => 0.5 * (1 + Math.tanh(x / width));
  const body = edge(t + 0.5) - edge(t - 0.5);
  const ring = t > 0.5 ? tail * Math.exp(-(t - 0.5) * 0.9) * Math.sin(2.6 * (t - 0.5)) : 0;
  return body + ring;
};

function eye(point, title, { name, unit, low, high, width, tail, noise, jitter, seed }) {
  const { uniform, normal } = stream(seed);
  const nx = 128;
  const ny = 96;
  const span = high - low;
  const y = { name, unit, start: low - 0.22 * span, step: (1.44 * span) / ny, count: ny };
  const density = new Array(nx * ny).fill(0);
  const levels = [0, 1 / 3, 2 / 3, 1];
  for (let trace = 0; trace < 1800; trace += 1) {
    const symbols = Array.from({ length: 9 }, () => levels[Math.floor(uniform() * 4)]);
    const shift = jitter * normal();
    for (let i = 0; i < nx; i += 1) {
      const t = -1 + i / 64 + shift;
      let value = 0;
      for (let k = -5; k <= 3; k += 1) value += symbols[k + 5] * pulse(t - k, width, tail);
      const v = low + span * (value + noise * normal());
      const row = Math.floor((v - y.start) / y.step);
      if (row >= 0 && row < ny) density[row * nx + i] += 1;
    }
  }
  return { id: `eye.${point}`, kind: 'eye', title, test_point: point, x: { name: 'time', unit: 'UI', start: -1, step: 1 / 64, count: nx },
    y, density, csv: `series/eye.${point}.csv` };
}

const range = (n, f) => Array.from({ length: n }, (_, i) => f(i));

function line(id, title, columns, extra = {}) {
  return { id, kind: 'line', title, columns: columns.map(([name, unit, values]) => ({ name, unit, values })),
    x_scale: 'linear', y_scale: 'linear', csv: `series/${id}.csv`, ...extra };
}

function curves() {
  const t = range(321, (i) => -4 + i / 20);
  const f = range(200, (i) => 1e9 * 1.0222 ** i);
  const roll = (corner, order) => f.map((x) => -10 * Math.log10(1 + (x / corner) ** (2 * order)));
  const phase = range(201, (i) => (i - 100) / 200);
  const tail = (u, sharp) => Math.min(0.375, 0.375 * 10 ** (-sharp * (0.5 - Math.abs(u)) * 2));
  const eyes = [9.4, 8.3, 9.0];
  return [
    line('pulse.host_channel', 'Pulse response of the host channel', [
      ['time', 'UI', t], ['amplitude', 'V', t.map((x) => 0.31 * pulse(x, 0.55, 0.3))]]),
    line('pulse.decision', 'Pulse response at the decision', [
      ['time', 'UI', t], ['before equaliser', '1', t.map((x) => pulse(x, 0.34, 0.25))], ['after equaliser', '1', t.map((x) => pulse(x, 0.2, 0.02))]]),
    line('frequency_response', 'Frequency response', [['frequency', 'Hz', f], ['host channel', 'dB', f.map((x) => -6.2 * Math.sqrt(x / 26.56e9))],
      ['driver and modulator', 'dB', roll(41e9, 2)], ['receiver', 'dB', roll(38e9, 2.5)],
      ['end to end', 'dB', f.map((x, i) => -6.2 * Math.sqrt(x / 26.56e9) + roll(41e9, 2)[i] + roll(38e9, 2.5)[i])]],
    { x_scale: 'log', marks: [{ axis: 'x', value: 26.5625e9, label: 'Nyquist' }] }),
    line('bathtub', 'Bathtub', [['sampling phase', 'UI', phase], ['total', '1', phase.map((u) => eyes.reduce((s, e) => s + tail(u, e) / 3, 0))],
      ...['lower eye', 'middle eye', 'upper eye'].map((n, k) => [n, '1', phase.map((u) => (Math.abs(u) > 0.49 ? 0 : tail(u, eyes[k])))])],
    { y_scale: 'log', y_name: 'BER', marks: [{ axis: 'y', value: 2.4e-4, label: 'FEC limit' }] }),
    { id: 'penalties', kind: 'bars', title: 'Penalties', columns: [{ name: 'impairment', unit: '1', values: ['rin'] }, { name: 'penalty', unit: 'dB', values: [0.8] }] },
  ];
}

// Decision values of PAM4 with Gaussian noise: 2 × 10⁷ symbols, counted to the nearest whole one.
function decisionValues() {
  const [bins, start, sigma, symbols] = [512, -1.6, 0.075, 5e6];
  const step = 3.2 / bins;
  const density = (x, mean) => Math.exp(-0.5 * ((x - mean) / sigma) ** 2) / (sigma * Math.sqrt(2 * Math.PI));
  return { start, step, thresholds: [-2 / 3, 0, 2 / 3], levels: [-1, -1 / 3, 1 / 3, 1].map((mean) => {
    const expected = range(bins, (i) => density(start + step * (i + 0.5), mean));
    return { counts: expected.map((d) => Math.round(d * step * symbols)), expected_density: expected };
  }) };
}

const counted = () => ({ symbols: 2e7, bits: 4e7, symbol_errors: 130, bit_errors: 130, ber_low: 2.7e-6, ber_high: 3.9e-6, expected_ber: 3.1e-6, bursts: 130,
  burst_lengths: [130], code_symbols: 4e6, code_symbol_errors: 130, codewords: [], interrupted: false, precise: false, decision_values: decisionValues() });

const chain = [
  ['host_transmitter', { taps: [0, -0.08, 0.84, -0.08], swing: '0.8 V' }], ['transmission_line', { name: 'host_channel', loss: '6.2 dB' }],
  ['test_point', { name: 'TP1a' }], ['linear_driver', { gain: '12 dB' }], ['mach_zehnder', { v_pi_l: { value: '2.2 V cm', source: 'amf-dr8', kind: 'measured' } }],
  ['test_point', { name: 'TP2' }], ['fibre', { length: '500 m' }], ['connector', { loss: '0.3 dB' }], ['test_point', { name: 'TP3' }],
  ['photodiode', { responsivity: '0.9 A/W' }], ['tia', { noise: '16 pA/sqrt(Hz)' }], ['test_point', { name: 'TP4' }], ['receiver', { ffe_taps: 15 }],
].map(([part, fields]) => ({ part, ...fields }));

export function lanePart() {
  const electrical = { domain: 'voltage', unit: 'V' };
  const optical = { domain: 'optical_field', unit: 'mW' };
  const budget = [['tia', 'TIA input noise', 2.31e-6, 0.46], ['rin', 'Laser RIN', 1.72e-6, 0.26], ['driver', 'Driver output noise', 1.21e-6, 0.13],
    ['shot', 'Shot noise', 0.94e-6, 0.08], ['adc', 'ADC noise', 0.71e-6, 0.045], ['tx', 'Transmitter SNDR', 0.5e-6, 0.025]];
  const ladder = [['isi', 'Residual intersymbol interference', 1.42, 5.1], ['tia', 'TIA input noise', 1.17, 4.8], ['rin', 'Laser RIN', 0.81, 4.3],
    ['compression', 'Driver and modulator compression', 0.55, 4.0], ['jitter', 'Jitter', 0.34, 3.8], ['mpi', 'Multi-path interference', 0.18, 3.7],
    ['dispersion', 'Chromatic dispersion', -0.02, 3.5]];
  return {
    design: { symbol_rate: '53.125 GBd', modulation: 'PAM4', fec: 'KP4', chain },
    lane: {
      name: 'lane', ber_pre_fec: 4.1e-9, margin_db: 2.63, snr_margin_db: 3.52, floor_ber: 2.2e-13, latency_s: 1.28e-7,
      limits: 'Residual intersymbol interference costs most (1.4 dB), then the TIA’s noise; a receiver with more taps wins 0.6 dB back.',
      noise_budget: budget.map(([source, label, rms, share]) => ({ source, label, rms, unit: 'A', share })),
      penalties: ladder.map(([impairment, label, penalty_db, snr]) => ({ impairment, label, penalty_db, snr_margin_db_without: snr })),
      fec: { code: 'KP4', codeword_error_ratio: 3.1e-41, frame_loss_ratio: 9.4e-42, correctable_symbols: 15,
        symbol_error_histogram: range(24, (k) => 0.99 * 10 ** (-4.4 * k - 0.02 * k * k)) },
      segments: [{ name: 'host_transmitter → receiver', ber_pre_fec: 4.1e-9, counted: counted() }],
      test_points: {
        TP1a: { ...electrical, rlm: 0.978, eecq_db: 2.1, vec_db: 6.4, veo_v: 0.061 },
        TP2: { ...optical, oma_outer_dbm: 0.42, extinction_ratio_db: 4.6, rlm: 0.962, tdecq_db: 1.83 },
        TP3: { ...optical, oma_outer_dbm: -2.61, extinction_ratio_db: 4.5, rlm: 0.961, tdecq_db: 1.97 },
        TP4: { ...electrical, rlm: 0.951, vec_db: 7.2, veo_v: 0.052 },
      },
      feedback: { laser: 'diode_laser', level_db: -34.2, critical_level_db: -7.3, critical_level_held: false, margin_db: 26.9,
        reflectors: [{ name: 'facet', count: 1, level_db: -38.5, margin_db: 31.2 }, { name: 'photodiode', count: 4, level_db: -46.1, margin_db: 38.8 }] },
    },
    series: [
      eye('TP1a', 'Eye at TP1a', { name: 'voltage', unit: 'V', low: -0.3, high: 0.3, width: 0.3, tail: 0.1, noise: 0.012, jitter: 0.02, seed: 1 }),
      eye('TP2', 'Eye at TP2', { name: 'power', unit: 'mW', low: 0.55, high: 1.65, width: 0.25, tail: 0.05, noise: 0.014, jitter: 0.018, seed: 2 }),
      eye('TP3', 'Eye at TP3', { name: 'power', unit: 'mW', low: 0.27, high: 0.82, width: 0.27, tail: 0.06, noise: 0.016, jitter: 0.02, seed: 3 }),
      eye('TP4', 'Eye at TP4', { name: 'voltage', unit: 'V', low: -0.15, high: 0.15, width: 0.35, tail: 0.08, noise: 0.028, jitter: 0.022, seed: 4 }),
      { ...eye('sampler', 'Eye at the sampler', { name: 'voltage', unit: 'V', low: -0.2, high: 0.2, width: 0.3, tail: 0.05, noise: 0.03, jitter: 0, seed: 5 }),
        id: 'counted_eye.sampler', test_point: undefined },
      ...curves(),
    ],
  };
}
