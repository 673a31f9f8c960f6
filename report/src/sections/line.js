// The report of a line system: its measures, light along it, its channels, and the modules that would work over it.
import { h, section, table, verdict } from '../dom.js';
import { decibel, isNumber, number, quantity } from '../format.js';
import { lineChart } from '../charts/line.js';
import { grid } from './charts.js';
import { measures } from './channel.js';
import { again } from './input.js';

const names = { 'line.along': 'OSNR, GSNR', 'line.power': 'power', 'line.channels': 'SNR' };
const level = (value) => (isNumber(value) ? value.toFixed(2) : '–');

const curves = ({ series = [] }) => section('curves', 'Along the line and over the channels',
  series.length ? grid(series.map((s) => lineChart({ ...s, y_name: names[s.id] }))) : null);

function modules({ modules: list = [], line }) {
  return section('modules', 'Modules', list.length ? [
    h('p', { class: 'intro' }, `Each on the line alone, in its worst channel; the margin is that of the GSNR${line.system_margin_db ? ` beyond the ${decibel(line.system_margin_db)} that the equipment asks for` : ''}.`),
    table('Modules over this line', [
      { title: 'Module', cell: (m) => m.name },
      { title: 'Symbol rate', numeric: true, cell: (m) => `${number(m.symbol_rate_gbd, 4)} GBd` },
      { title: 'Spacing', numeric: true, cell: (m) => quantity(m.spacing_ghz * 1e9, 'Hz') },
      { title: 'GSNR in 0.1 nm', numeric: true, cell: (m) => decibel(m.gsnr_01nm_db) },
      { title: 'Needed', numeric: true, cell: (m) => decibel(m.required_gsnr_01nm_db) },
      { title: 'Margin', numeric: true, cell: (m) => decibel(m.margin_db) },
      { title: 'Closes', cell: (m) => verdict(m.closes ? 'pass' : 'fail') },
      { title: 'Note', wide: true, cell: (m) => m.note },
    ], list)] : null);
}

function elements({ elements: list = [], line }) {
  return section('elements', 'Elements', list.length ? table(`Channel ${line.followed_channel}, behind each element`, [
    { title: 'Element', cell: (e) => e.uid },
    { title: 'Type', cell: (e) => [e.type, e.type_variety].filter(Boolean).join(', ') },
    { title: 'km', numeric: true, cell: (e) => level(e.distance_km) },
    { title: 'dBm', numeric: true, cell: (e) => level(e.power_dbm) },
    { title: 'OSNR 0.1 nm', numeric: true, cell: (e) => level(e.osnr_01nm_db) },
    { title: 'Nonlinear SNR', numeric: true, cell: (e) => level(e.snr_nonlinear_db) },
    { title: 'GSNR 0.1 nm', numeric: true, cell: (e) => level(e.gsnr_01nm_db) },
    { title: 'GSNR', numeric: true, cell: (e) => level(e.gsnr_signal_db) },
    { title: 'ps/nm', numeric: true, cell: (e) => level(e.dispersion_ps_per_nm) },
    { title: 'PMD ps', numeric: true, cell: (e) => level(e.pmd_ps) },
    { title: 'PDL dB', numeric: true, cell: (e) => level(e.pdl_db) },
  ], list, 'small') : null);
}

function channels({ channels: list = [], line }) {
  return section('channels', 'Channels', list.length ? table('At the end of the line', [
    { title: 'Channel', numeric: true, cell: (c) => c.channel },
    { title: 'THz', numeric: true, cell: (c) => c.frequency_thz.toFixed(3) },
    { title: 'dBm', numeric: true, cell: (c) => level(c.power_dbm) },
    { title: 'OSNR 0.1 nm', numeric: true, cell: (c) => level(c.osnr_01nm_db) },
    { title: 'Nonlinear SNR', numeric: true, cell: (c) => level(c.snr_nonlinear_db) },
    { title: 'GSNR 0.1 nm', numeric: true, cell: (c) => level(c.gsnr_01nm_db) },
    { title: 'GSNR', numeric: true, cell: (c) => level(c.gsnr_signal_db) },
    { title: '', cell: (c) => (c.channel === line.worst_channel ? 'worst' : c.channel === line.best_channel ? 'best' : '') },
  ], list, 'small') : null);
}

export const lineSections = [measures, curves, modules, elements, channels, again];
