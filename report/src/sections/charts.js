// The sections that show the result's own series, and the budgets of the lane.
import { h, section } from '../dom.js';
import { decibel, isNumber, percent, quantity } from '../format.js';
import { csv } from '../download.js';
import { figure } from '../charts/chart.js';
import { eyeChart } from '../charts/eye.js';
import { lineChart } from '../charts/line.js';
import { rowsChart } from '../charts/rows.js';
import { accent, good, soft } from '../theme.js';

const begins = (series, ...stems) => stems.some((stem) => series.id.startsWith(stem));

// These charts are drawn from the structured part of the result, which knows more than two columns.
const drawnElsewhere = ['noise', 'penalt', 'power', 'laser', 'cluster', 'symbol_error'];

export const isShown = (series) => series.kind !== 'bars' || !begins(series, ...drawnElsewhere);

export function eyes(result) {
  const all = (result.series ?? []).filter((series) => series.kind === 'eye');
  if (!all.length) return null;
  return section('eyes', 'Eyes',
    h('p', { class: 'intro' }, 'Density of the signal folded over two symbols, on a logarithmic colour scale: the darker, the more often.'),
    h('div', { class: all.length > 4 || all.length === 3 ? 'grid three' : 'grid' },
      all.map((series) => figure(eyeChart(series, eyeNote(result, series))))));
}

function eyeNote(result, series) {
  if (series.note) return series.note;
  if (!result.lanes) return undefined;
  if (!series.test_point) return 'symbols with drawn noise, of the waveform solver';
  const lanes = result.lanes ?? [];
  const lane = lanes.find((l) => l.name === series.lane) ?? lanes[0];
  const point = lane?.test_points?.[series.test_point];
  if (!point) return undefined;
  return [
    isNumber(point.oma_outer_dbm) && `OMA ${decibel(point.oma_outer_dbm, 'dBm')}`,
    isNumber(point.extinction_ratio_db) && `ER ${decibel(point.extinction_ratio_db)}`,
    isNumber(point.rlm) && `R_LM ${point.rlm.toFixed(3)}`,
    isNumber(point.tdecq_db) && `TDECQ ${decibel(point.tdecq_db)}`,
    isNumber(point.vec_db) && `VEC ${decibel(point.vec_db)}`,
  ].filter(Boolean).join(' · ') || undefined;
}

export function responses(result) {
  const all = (result.series ?? []).filter((s) => s.kind !== 'eye' && isShown(s) && !begins(s, 'bathtub', 'package', 'coherent'));
  return section('responses', 'Responses', all.length ? grid(all.map(seriesChart)) : null);
}

export function noise(result) {
  const lanes = result.lanes ?? [];
  const several = lanes.length > 1;
  const bathtubs = (result.series ?? []).filter((s) => s.kind === 'line' && begins(s, 'bathtub'));
  const charts = lanes.flatMap((lane) => {
    const tail = several ? `, ${lane.name}` : '';
    const id = (stem) => (several ? `${stem}.${lane.name}` : stem);
    return [budgetChart(lane, id('noise_budget'), tail), penaltyChart(lane, id('penalties'), tail)];
  });
  const errors = lanes.map((lane) => errorChart(lane, several ? `symbol_errors.${lane.name}` : 'symbol_errors', several ? `, ${lane.name}` : ''));
  const both = [...charts, ...bathtubs.map(seriesChart), ...errors].filter(Boolean);
  return section('noise', 'Noise and penalties', both.length ? grid(both) : null);
}

/** An odd one out takes the full width, so no chart stands beside a hole. */
export function grid(specs) {
  if (specs.length % 2) specs.at(-1).size = 'full';
  return h('div', { class: 'grid' }, specs.map(figure));
}

export function seriesChart(series) {
  if (series.kind === 'line') return lineChart(series);
  const [labels, values] = series.columns;
  return rowsChart({
    id: series.id,
    title: series.title,
    note: series.note,
    axis: [values.name, values.unit && values.unit !== '1' ? `(${values.unit})` : ''].join(' ').trim(),
    rows: labels.values.map((label, i) => ({
      label: String(label), from: 0, to: values.values[i], text: quantity(values.values[i], values.unit),
    })),
    csv: () => csv(series.columns.map((c) => [c.name, c.unit]), labels.values.map((_, i) => series.columns.map((c) => c.values[i]))),
  });
}

export function budgetChart(lane, id, tail) {
  const items = [...(lane.noise_budget ?? [])].sort((a, b) => (b.share ?? 0) - (a.share ?? 0));
  if (!items.length) return null;
  return rowsChart({
    id,
    title: `Noise budget at the decision${tail}`,
    note: 'share of the noise variance of each source, and its rms value',
    axis: 'Share of variance (%)',
    rows: items.map((item, i) => ({
      label: item.label ?? item.source,
      from: 0,
      to: isNumber(item.share) ? item.share * 100 : null,
      text: [percent(item.share), isNumber(item.rms) && quantity(item.rms, item.unit)].filter(Boolean).join(' · '),
      color: i === 0 ? accent : soft,
    })),
    csv: () => csv([['source'], ['label'], ['rms'], ['unit'], ['share']], items.map((i) => [i.source, i.label, i.rms, i.unit, i.share])),
  });
}

function penaltyChart(lane, id, tail) {
  // Where the link closes only without an impairment the penalty is not finite: it belongs on top.
  const rank = (item) => (isNumber(item.penalty_db) ? item.penalty_db : Infinity);
  const items = [...(lane.penalties ?? [])].sort((a, b) => rank(b) - rank(a) || 0);
  if (!items.length) return null;
  return rowsChart({
    id,
    title: `What limits the link${tail}`,
    note: 'margin won back when one impairment is removed and the lane solved again',
    axis: 'Penalty (dB)',
    rows: items.map((item, i) => ({
      label: item.label ?? item.impairment,
      from: 0,
      to: item.penalty_db,
      text: isNumber(item.penalty_db) ? decibel(item.penalty_db) : 'no finite value',
      hint: isNumber(item.snr_margin_db_without) ? `SNR margin without it ${decibel(item.snr_margin_db_without)}` : undefined,
      color: item.penalty_db < 0 ? good : i === 0 ? accent : soft,
    })),
    csv: () => csv([['impairment'], ['label'], ['penalty', 'dB'], ['SNR margin without it', 'dB']],
      items.map((i) => [i.impairment, i.label, i.penalty_db, i.snr_margin_db_without])),
  });
}

// Shares of codewords with 0, 1, … wrong symbols, of a lane of one segment whose errors were counted.
function countedCodewords(lane) {
  if (lane.segments?.length !== 1) return null;
  const ways = lane.segments[0].counted?.codewords?.find((c) => c.interleaving === lane.fec.interleaved);
  const total = ways?.wrong_code_symbols.reduce((sum, n) => sum + n, 0);
  return total ? ways.wrong_code_symbols.map((n) => n / total) : null;
}

function errorChart(lane, id, tail) {
  const histogram = lane.fec?.symbol_error_histogram;
  if (!Array.isArray(histogram) || !histogram.some((p) => p > 0)) return null;
  // Beyond this probability nobody waits long enough to see one.
  const last = histogram.findLastIndex((p) => p > 1e-30);
  const shown = histogram.slice(0, last + 1);
  const limit = lane.fec.correctable_symbols;
  const counted = countedCodewords(lane);
  return lineChart({
    id,
    title: `Symbol errors per codeword${tail}`,
    y_scale: 'log',
    step: true,
    columns: [
      { name: 'symbol errors in one codeword', unit: '1', values: shown.map((_, i) => i) },
      { name: counted ? 'expected' : 'probability', unit: '1', values: shown },
      ...(counted ? [{ name: 'counted', unit: '1', values: shown.map((_, i) => counted[i] || NaN) }] : []),
    ],
    marks: limit <= last ? [{ axis: 'x', value: limit, label: `corrects ${limit}` }] : [],
    note: isNumber(limit) && limit > last ? `the code corrects ${limit}` : undefined,
  });
}
