// The report of COM: verdicts, the package cases side by side, each case with its pulse, noise and equalisers, the channel and its files.
import { h, section, table } from '../dom.js';
import { decibel, isNumber, number, quantity } from '../format.js';
import { csv } from '../download.js';
import { lineChart } from '../charts/line.js';
import { rowsChart } from '../charts/rows.js';
import { accent, lines, soft } from '../theme.js';
import { remarks } from './channel.js';
import { budgetChart, grid } from './charts.js';
import { files } from './files.js';
import { again } from './input.js';
import { summary } from './summary.js';
import { assumptions, checks } from './tables.js';

const millivolts = (value) => (isNumber(value) ? `${(value * 1e3).toFixed(3)}\u00a0mV` : '–');

const rows = [
  ['COM', 'com_db', decibel],
  ['of it credit of MLSE', 'mlse_credit_db', (value) => (value ? decibel(value) : '')],
  ['VEC', 'vec_db', decibel],
  ['VEO', 'veo_v', millivolts],
  ['FOM', 'fom_db', decibel],
  ['Signal A_s', 'a_s_v', millivolts],
  ['Noise A_ni at DER0', 'a_ni_v', millivolts],
  ['Receiver noise, σ', 'sigma_n_v', millivolts],
  ['Transmitter noise, σ', 'sigma_tx_v', millivolts],
  ['Intersymbol interference, σ', 'sigma_isi_v', millivolts],
  ['Crosstalk, σ', 'sigma_xt_v', millivolts],
  ['Jitter, σ', 'sigma_j_v', millivolts],
  ['All of them, σ', 'sigma_all_v', millivolts],
  ['Pulse peak, unequalised', 'unequalised_peak_v', millivolts],
  ['Settled voltage', 'settled_voltage_v', millivolts],
  ['Loss with packages', 'loss_with_packages_db', decibel],
  ['Loss from die to die', 'die_to_die_loss_db', decibel],
  ['Errors after an error', 'error_propagation', (value) => (value.length ? number(value[0]) : '')],
  ['Error ratio at the limit of COM', 'der_at_limit', (value) => number(value)],
  ['DC gain of the CTLE', 'dc_gain_db', decibel],
  ['Low-frequency gain of the CTLE', 'dc_gain_low_db', decibel],
];

function cases({ com, method }) {
  const cell = (item, key) => item[key] ?? item.equaliser[key];
  const used = rows.filter(([, key, text]) => com.cases.some((item) => text(cell(item, key)) !== ''));
  return section('cases', 'Package cases',
    h('p', { class: 'intro' }, `${method}. ${com.sheet}.`),
    table('What was found for each package', [
      { title: 'Quantity', cell: ([name]) => name },
      ...com.cases.map((item) => ({ title: item.name, numeric: true, cell: ([, key, text]) => text(cell(item, key)) })),
    ], used, 'small'));
}

function pulseChart(series, item) {
  const [time, pulse, ...dots] = series.columns;
  const feedback = item.equaliser.feedback_taps.length;
  return lineChart({
    ...series,
    y_name: 'voltage',
    note: `the cursor is ${millivolts(item.main_cursor_v)}; what is left at the symbols is interference${feedback ? `; feedback takes ${feedback > 1 ? `symbols 1 to ${feedback}` : 'symbol 1'}` : ''}`,
    columns: [time, { ...pulse, color: lines[0] }, ...dots.map((column, i) => ({ ...column, points: true, size: 7, color: lines[i + 1] }))],
    marks: [{ axis: 'x', value: 0, label: 'cursor' },
      ...(feedback > 2 ? [{ axis: 'x', value: feedback + 0.5, label: 'end of feedback' }] : [])],
  }, { size: 'full' });
}

const taps = (id, title, note, weights, first, cursor) => rowsChart({
  id,
  title,
  note,
  axis: 'Weight',
  rows: weights.map((weight, i) => ({ place: first + i, weight })).filter(({ weight, place }) => weight !== 0 || weights.length < 12 || place === cursor)
    .map(({ place, weight }) => ({
      label: place === cursor ? 'cursor' : `${place > 0 ? '+' : '−'}${Math.abs(place)}`,
      from: 0,
      to: weight,
      text: number(weight, 4),
      color: place === cursor ? accent : soft,
    })),
  csv: () => csv([['symbols after the cursor'], ['weight']], weights.map((weight, i) => [first + i, weight])),
});

function tapCharts({ name, equaliser }, settings) {
  const { transmitter_taps: sent, receiver_taps: received, feedback_taps: feedback } = equaliser;
  const before = settings.transmitter.pre_taps.length;
  return [
    taps(`transmit_taps.${name}`, `Transmit taps, ${name}`, 'one symbol apart', sent, -before, 0),
    received.length ? taps(`receiver_taps.${name}`, `Receiver taps, ${name}`, 'of the feed-forward equaliser; zeros are left out', received,
      -settings.receiver_ffe.pre_taps, 0) : null,
    feedback.length ? taps(`feedback_taps.${name}`, `Feedback taps, ${name}`, 'relative to the cursor', feedback, 1, 0) : null,
  ].filter(Boolean);
}

function oneCase(result, item) {
  const series = (stem) => result.series.find((s) => s.id === `${stem}.${item.name}`);
  const noise = [{ axis: 'x', value: item.a_ni_v, label: 'A_ni' }, { axis: 'x', value: item.a_s_v, label: 'A_s' }];
  const { detector_error_ratio: allowed } = result.com;
  return section(`case-${item.name.replace(/\W+/g, '-')}`, `Package case ${item.name}`, grid([
    pulseChart(series('pulse'), item),
  ]), grid([
    budgetChart({ noise_budget: item.noise_budget }, `noise_budget.${item.name}`, `, ${item.name}`),
    lineChart(series('equalisers')),
    ...tapCharts(item, result.settings),
    lineChart({ ...series('noise_density'), note: 'at the decision, beside one symbol', marks: [{ axis: 'x', value: -item.a_ni_v, label: '−A_ni' }, noise[0]], y_name: 'Density' }),
    lineChart({ ...series('noise_exceeds'), y_name: 'Probability', marks: [...noise, { axis: 'y', value: allowed, label: 'DER0' }],
      note: `A_ni ${millivolts(item.a_ni_v)} is exceeded with probability ${number(allowed)}` }),
  ]));
}

const eachCase = (result) => result.com.cases.map((item) => oneCase(result, item));

function channel(result) {
  const { com } = result;
  const nyquist = com.nyquist_hz;
  const own = result.series.filter((series) => !series.id.includes('.'));
  return section('channel', 'Channel',
    table('The channel without packages', [
      { title: 'Measure', cell: ([name]) => name },
      { title: 'Value', numeric: true, cell: ([, value]) => value },
      { title: 'Note', wide: true, cell: ([, , note]) => note },
    ], [
      ['Loss', decibel(com.channel_loss_db), `at ${quantity(nyquist, 'Hz', 6)}, the Nyquist frequency`],
      ['Fitted loss', decibel(com.fitted_loss_db), 'likewise'],
      ['Effective return loss', decibel(com.erl_db), `port 1 ${decibel(com.erl11_db)}, port 2 ${decibel(com.erl22_db)}`],
      ...(com.icn_v ? [['Integrated crosstalk', millivolts(com.icn_v), 'rms, as COM code 4.50 counts']] : []),
    ], 'small'),
    grid(own.map((series) => lineChart(series.id === 'loss' ? { ...series, marks: [{ axis: 'x', value: nyquist, label: 'Nyquist' }] } : series))));
}

export const comSections = [summary, checks, cases, eachCase, channel, files, remarks, assumptions, again];
