// A coherent lane: closed form and simulation beside one another, the line, and what the receiver saw.
import { h, section, table } from '../dom.js';
import { count, decibel, isNumber, number, quantity } from '../format.js';
import { figure } from '../charts/chart.js';
import { constellationChart } from '../charts/constellation.js';
import { lineChart } from '../charts/line.js';
import { grid } from './charts.js';

export const isCoherent = (series) => series.id.startsWith('coherent.');

export function coherentSection(result) {
  const coherent = result.lanes?.[0]?.coherent;
  if (!coherent) return null;
  const series = (result.series ?? []).filter(isCoherent);
  const clouds = series.filter((s) => s.id.startsWith('coherent.constellation'));
  const others = series.filter((s) => !clouds.includes(s));
  const { simulation } = coherent;
  return section('coherent', 'Coherent lane',
    h('p', { class: 'intro' }, introduction(coherent)),
    comparison(coherent),
    clouds.length ? h('div', { class: 'grid' }, clouds.map((s, i) => figure(constellationChart(s,
      simulation ? `SNR ${decibel(i ? simulation.snr_y_db : simulation.snr_x_db)}` : undefined)))) : null,
    others.length ? grid(others.map((s) => lineChart({ ...s, y_name: s.id === 'coherent.launch_power' ? 'SNR, margin' : undefined }))) : null,
    lineTable(coherent.closed_form));
}

function introduction({ frame, format, line_rate_gbps: line, net_rate_gbps: net, fec_mode: mode, error_free: free, closed_form: closed, simulation }) {
  const asNoise = simulation?.neighbours_as_noise_snr_db;
  const judged = mode === 'decoded' ? 'the code was decoded' : 'judged by the threshold of the normalised GMI';
  return [
    `${frame}, ${format}: ${quantity(line * 1e9, 'b/s')} on the line carry ${quantity(net * 1e9, 'b/s')}.`,
    closed?.channels > 1 ? `The line has ${count(closed.channels)} channels, ${number(closed.channel_spacing_ghz)} GHz apart.` : null,
    isNumber(asNoise) ? `One is simulated; what the others do by the closed form, ${decibel(asNoise)}, is added as white noise.` : null,
    mode === 'none' ? null : `${free ? 'Error-free' : 'Not error-free'} behind the FEC (${judged}).`,
    simulation?.interrupted ? 'The simulation was interrupted.' : null,
    simulation?.aligned ? `The receiver found the frame, a laser offset of ${number(simulation.frequency_offset_ghz)} GHz and a clock ${number(simulation.clock_offset_ppm)} ppm off; ${count(simulation.cycle_slips)} cycle slips were mended${simulation.frame_losses > 0 ? `, and the frame was lost ${count(simulation.frame_losses)} times` : ""}.` : null,
  ].filter(Boolean).join(' ');
}

function comparison({ closed_form: closed, simulation }) {
  const rows = [
    ['Power into the first fibre', decibel(closed.launch_power_dbm, 'dBm')],
    ['Best power there', decibel(closed.best_launch_power_dbm, 'dBm')],
    ['Power received', decibel(closed.received_power_dbm, 'dBm')],
    ['OSNR in 0.1 nm', decibel(closed.osnr_db)],
    ['SNR of the fibre’s interference, EGN', decibel(closed.snr_nonlinear_db)],
    ['the same by GN, which takes every signal for noise', decibel(closed.snr_nonlinear_gn_db)],
    isNumber(closed.snr_neighbours_db) ? ['of it, by neighbouring channels', decibel(closed.snr_neighbours_db)] : null,
    isNumber(closed.snr_overlap_db) ? ['Light of neighbours in the band', decibel(closed.snr_overlap_db)] : null,
    ['GSNR in the signal’s band', decibel(closed.gsnr_db)],
    ['SNR of both modules alone', decibel(closed.snr_transceiver_db)],
    ['SNR at the decision', decibel(closed.snr_db), decibel(simulation?.snr_db)],
    ['SNR that the code needs, in theory', decibel(closed.required_snr_db)],
    ['BER before FEC', number(closed.ber_pre_fec), simulation && number(simulation.ber_pre_fec)],
    ['GMI, bits per symbol and polarisation', number(closed.gmi, 4), simulation && number(simulation.gmi, 4)],
    ['Normalised GMI', number(closed.ngmi, 4), simulation && number(simulation.ngmi, 4)],
    ['Error vector magnitude', null, simulation && `${number(simulation.evm * 100)} %`],
    ['Accumulated dispersion', quantity(closed.dispersion_ps_per_nm, 'ps/nm')],
    ['Mean differential group delay', isNumber(closed.mean_dgd_ps) ? `${number(closed.mean_dgd_ps)} ps` : null],
    ['Polarisation-dependent loss', decibel(closed.pdl_db)],
  ].filter(Boolean);
  return table('Closed form and simulation', [
    { title: 'Quantity', cell: ([name]) => name },
    { title: 'Closed form', numeric: true, cell: ([, value]) => value },
    { title: 'Simulated', numeric: true, cell: ([, , value]) => (simulation?.aligned ? value ?? '' : '') },
  ], rows);
}

const lineTable = ({ line = [] }) => (line.length ? table('The line', [
  { title: 'Behind', cell: (step) => step.name },
  { title: 'Power', numeric: true, cell: (step) => decibel(step.power_dbm, 'dBm') },
  { title: 'OSNR in 0.1 nm', numeric: true, cell: (step) => (isNumber(step.osnr_db) ? decibel(step.osnr_db) : '') },
], line) : null);
