import { h, pretty, section, table } from '../dom.js';
import { decibel, isNumber, nameOfKey, number, ofKey, quantity, words } from '../format.js';

export function laneSection(result) {
  const lanes = result.lanes ?? [];
  return section('lane', lanes.length > 1 ? 'Lanes' : 'Lane', chain(result.design?.lane),
    lanes.map((lane) => [
      lanes.length > 1 ? h('h3', {}, words(lane.name ?? 'lane')) : null,
      lane.limits ? h('p', { class: 'limits' }, h('strong', {}, 'What limits the link. '), pretty(lane.limits)) : null,
      keyFigures(lane),
      segments(lane),
      counted(lane),
      weighed(lane),
      testPoints(lane),
      feedback(lane),
      bandwidths(lane),
    ]));
}

/** The chain of the design as a strip: parts as boxes, test points as marks between them. */
function chain(lane) {
  const parts = lane?.chain;
  if (!Array.isArray(parts) || !parts.length) return null;
  return h('ol', { class: 'chain', 'aria-label': 'Chain of parts, from transmitter to receiver' }, parts.map((item) => {
    const part = item.part ?? item.type;
    if (part === 'test_point') return h('li', { class: 'point' }, h('span', { class: 'box' }, item.name ?? ''));
    const name = item.name && item.name !== part ? item.name : null;
    return h('li', { class: 'part' }, h('span', { class: 'box' }, words(name ?? part), name ? h('small', {}, words(part).toLowerCase()) : null));
  }));
}

function keyFigures(lane) {
  const fec = lane.fec ?? {};
  const rows = [
    ['BER before FEC', lane.ber_pre_fec, number],
    ['Margin', lane.margin_db, decibel],
    ['SNR margin', lane.snr_margin_db, decibel],
    ...(lane.optical === false ? [] : [['BER at unlimited received power', lane.floor_ber, number]]),
    // The codes of coherent lanes are streams without codewords of their own.
    ...(lane.coherent ? [] : [
      ['Codeword error ratio after FEC', fec.codeword_error_ratio, number],
      ['Frame loss ratio', fec.frame_loss_ratio, number],
    ]),
    ['BER after FEC', fec.post_fec_ber, number],
    ['Reach', lane.reach_m, (value) => quantity(value, 'm')],
    ['Latency', lane.latency_s, (value) => quantity(value, 's')],
    ['Latency of the FEC', fec.latency_s, (value) => quantity(value, 's')],
  ].filter(([, value]) => value !== undefined);
  if (!rows.length) return null;
  return h('dl', { class: 'figures' }, rows.map(([name, value, show]) => h('div', {},
    h('dt', {}, name), h('dd', {}, value === null ? 'no finite value' : show(value)))));
}

/** A retimer ends one segment and begins the next; each has its own error rate. */
function segments(lane) {
  const rows = lane.segments ?? [];
  if (rows.length < 2) return null;
  return table('Segments', [
    { title: 'Segment', cell: (s) => words(s.name) },
    { title: 'BER before FEC', numeric: true, cell: (s) => number(s.ber_pre_fec) },
    { title: 'SNR margin', numeric: true, cell: (s) => decibel(s.snr_margin_db) },
    { title: 'SNR after the equaliser', numeric: true, cell: (s) => (isNumber(s.mmse_snr_db) ? decibel(s.mmse_snr_db) : '') },
    { title: 'Eye width', numeric: true, cell: (s) => (isNumber(s.eye_width_ui) ? quantity(s.eye_width_ui, 'UI') : '') },
  ], rows);
}

/** What the waveform solver counted, a row for each segment. */
function counted(lane) {
  const rows = (lane.segments ?? []).filter((segment) => segment.counted);
  if (!rows.length) return null;
  const found = (segment) => segment.counted;
  return table('Counted errors', [
    { title: 'Segment', cell: (s) => words(s.name) },
    { title: 'Symbols', numeric: true, cell: (s) => number(found(s).symbols) },
    { title: 'Wrong bits', numeric: true, cell: (s) => number(found(s).bit_errors) },
    { title: 'BER, 95 % interval', numeric: true, cell: (s) => `${number(found(s).ber_low)} to ${number(found(s).ber_high)}` },
    { title: 'Semi-analytic BER', numeric: true, cell: (s) => number(found(s).expected_ber) },
    { title: 'Bursts', numeric: true, cell: (s) => number(found(s).bursts) },
    { title: 'Wrong 10-bit symbols', numeric: true, cell: (s) => number(found(s).code_symbol_errors) },
  ], rows);
}

/** What importance sampling found, a row for each segment. */
function weighed(lane) {
  const rows = (lane.segments ?? []).filter((segment) => segment.weighed);
  if (!rows.length) return null;
  const found = (segment) => segment.weighed;
  return table('Importance sampling', [
    { title: 'Segment', cell: (s) => words(s.name) },
    { title: 'Decisions', numeric: true, cell: (s) => number(found(s).decisions) },
    { title: 'BER', numeric: true, cell: (s) => number(found(s).ber) },
    { title: 'Standard error', numeric: true, cell: (s) => number(found(s).standard_error) },
    { title: 'Semi-analytic BER', numeric: true, cell: (s) => number(found(s).expected_ber) },
  ], rows);
}

/** Every point that sends light back into the laser, against the level at which the laser loses its coherence. */
function feedback({ feedback: found }) {
  if (!found) return null;
  const together = { name: 'All together', level_db: found.level_db, margin_db: found.margin_db };
  return table(`Light that comes back into the laser, critical level ${decibel(found.critical_level_db)}`, [
    { title: 'Reflector', cell: (r) => words(r.name) },
    { title: 'Of each laser', numeric: true, cell: (r) => (isNumber(r.count) ? number(r.count) : '') },
    { title: 'Level of one', numeric: true, cell: (r) => decibel(r.level_db) },
    { title: 'Margin of one', numeric: true, cell: (r) => decibel(r.margin_db) },
  ], [...(found.reflectors ?? []), together]);
}

function testPoints(lane) {
  const points = Object.entries(lane.test_points ?? {});
  if (!points.length) return null;
  const keys = [...new Set(points.flatMap(([, point]) => Object.keys(point)))]
    .filter((key) => key !== 'domain' && key !== 'unit' && points.some(([, p]) => isNumber(p[key]) || typeof p[key] === 'string'));
  return table('Test points', [
    { title: 'Test point', cell: ([name]) => name },
    { title: 'Domain', cell: ([, point]) => point.domain?.replace(/_/g, ' ') },
    ...keys.map((key) => ({
      title: nameOfKey(key),
      numeric: true,
      cell: ([, point]) => (point[key] === undefined || point[key] === null ? '' : ofKey(key, point[key])),
    })),
  ], points);
}

/** Driver, modulator, photodiode and TIA, and what they come to under each definition of "combined". */
function bandwidths({ bandwidth }) {
  const blocks = bandwidth?.blocks ?? [];
  if (!blocks.length) return null;
  const combined = (name, rule, product) => ({ name, ghz: rule, product });
  const rows = [
    ...blocks.map(({ name, bandwidth_ghz }) => ({ name: words(name), ghz: bandwidth_ghz })),
    combined('Driver and modulator', bandwidth.transmitter_ghz, bandwidth.transmitter_cascade_ghz),
    combined('All blocks', bandwidth.combined_ghz, bandwidth.cascade_ghz),
  ];
  return table('Bandwidths', [
    { title: 'Block', cell: (row) => row.name },
    { title: 'Alone, or by 1/f\u00b2 = \u03a3\u20091/f\u1d62\u00b2', numeric: true, cell: (row) => (isNumber(row.ghz) ? quantity(row.ghz * 1e9, 'Hz') : '') },
    { title: '\u22123 dB of the product', numeric: true, cell: (row) => (isNumber(row.product) ? quantity(row.product * 1e9, 'Hz') : '') },
  ], rows);
}
