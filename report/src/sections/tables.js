import { h, pretty, section, table, verdict } from '../dom.js';
import { decibel, isNumber, nameOfKey, number, quantity, words } from '../format.js';

const value = (v, unit) => (isNumber(v) ? quantity(v, unit) : v ?? '');

export function claims({ claims: rows = [] }) {
  if (!rows.length) return null;
  const band = ({ low, high }) => (isNumber(low) && isNumber(high) ? `${number(low)} … ${number(high)}`
    : isNumber(low) ? `≥ ${number(low)}` : isNumber(high) ? `≤ ${number(high)}` : '');
  const reason = (c) => {
    const cases = (c.cases ?? []).length > 1 ? c.cases : [];
    if (!cases.length) return c.hinges_on;
    return [pretty(c.hinges_on), h('ul', { class: 'cases' }, cases.map((k) => h('li', {},
      `${k.baseline}: ${isNumber(k.computed) ? quantity(k.computed, c.unit) : '–'} `, k.inside ? '✓\u00a0inside' : '✗\u00a0outside')))];
  };
  return section('claims', 'Claims',
    h('p', { class: 'intro' }, 'Each claim is computed first and judged afterwards. Reproduced: inside our band for every stated '
      + 'baseline. Conditional: for some of them. Refuted: for none.'),
    table('Launch claims, computed and judged', [
      { title: 'Id', cell: (c) => c.id },
      { title: 'Claim', cell: (c) => c.claim, wide: true },
      { title: 'Computed', numeric: true, cell: (c) => value(c.computed, c.unit) },
      { title: 'Band', numeric: true, cell: band },
      { title: 'Boundary', cell: (c) => String(c.boundary ?? '').replace(/_/g, ' ') },
      { title: 'Verdict', cell: (c) => verdict(c.verdict) },
      { title: 'Hinges on', cell: reason, wide: true },
      { title: 'Command', code: true, cell: (c) => c.command },
    ], rows, 'small'));
}

/** "module.energy_pj_per_bit.with_laser" as "Module: energy, with laser"; other names as they are. */
function nameOfPath(name) {
  if (!/^[a-z_]+(\.\w+)+$/.test(name)) return name;
  const [scale, ...rest] = name.split('.');
  // Words begin small behind the colon, abbreviations stay as they are.
  const text = rest.map((key) => nameOfKey(key).replace(/^[A-Z](?=[a-z])/, (c) => c.toLowerCase())).join(', ');
  return `${words(scale)}: ${text}`;
}

export function checks({ checks: rows = [] }) {
  if (!rows.length) return null;
  // A ratio without unit, such as a BER, has its margin in decibels.
  const margin = (c) => (isNumber(c.margin) && (!c.unit || c.unit === '1') ? decibel(c.margin) : value(c.margin, c.unit));
  return section('checks', 'Checks', table('Results against their limits', [
    { title: 'Check', cell: (c) => nameOfPath(c.name) },
    { title: 'Value', numeric: true, cell: (c) => value(c.value, c.unit) },
    { title: 'Limit', numeric: true, cell: (c) => value(c.limit, c.unit) },
    { title: 'Margin', numeric: true, cell: margin },
    { title: 'Verdict', cell: (c) => verdict(c.verdict) },
    { title: 'Source of the limit', cell: (c) => c.source, wide: true },
  ], rows));
}

const placeIn = (n) => (!isNumber(n.value) ? 'not computed' : n.value < n.low ? 'below it' : n.value > n.high ? 'above it' : 'within it');

export function published({ published: rows = [] }) {
  if (!rows.length) return null;
  return section('published', 'Beside published ranges', table('What was computed and what others state', [
    { title: 'Quantity', cell: (n) => nameOfPath(n.name) },
    { title: 'Computed', numeric: true, cell: (n) => value(n.value, n.unit) },
    { title: 'Published', numeric: true, cell: (n) => [number(n.low), ' … ', value(n.high, n.unit)] },
    { title: 'Place', cell: placeIn },
    { title: 'Who states it', cell: (n) => n.source, wide: true },
  ], rows));
}

export function assumptions({ assumptions: rows = [], warnings = [] }) {
  if (!rows.length && !warnings.length) return null;
  return section('assumptions', 'Assumptions and warnings',
    warnings.length ? h('ul', { class: 'warnings' }, warnings.map((w) => h('li', {},
      h('strong', {}, 'Warning. '), pretty(w.message), w.path ? [' ', h('code', {}, w.path)] : null))) : null,
    rows.length ? h('p', { class: 'intro' }, 'Numbers that this result uses and that nobody measured for it: assumed by us, or claimed by a maker.') : null,
    rows.length ? table('Assumed and claimed numbers', [
      { title: 'Where it enters', code: true, cell: (a) => a.path },
      { title: 'Value', numeric: true, cell: (a) => (typeof a.value === 'number' ? number(a.value) : a.value) },
      { title: 'Kind', cell: (a) => a.kind },
      { title: 'Source', cell: (a) => a.source, wide: true },
      { title: 'Set in', cell: (a) => a.where },
    ], rows, 'small') : null);
}
