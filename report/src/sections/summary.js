import { h, pretty, section, verdict } from '../dom.js';

const kickers = { 'waverack-sweep': 'waverack sweep', 'waverack-channel': 'waverack channel', 'waverack-com': 'waverack com', 'waverack-fec': 'waverack fec',
  'waverack-thermal': 'waverack thermal',
  'waverack-calibration': 'waverack calibrate',
  'waverack-yield': 'waverack yield',
  'waverack-cluster': 'waverack cluster' };

export function header(result) {
  const { program = {} } = result;
  const facts = [
    program.version && `waverack ${program.version}${program.commit ? ` (${program.commit})` : ''}`,
    result.seed !== undefined && `seed ${result.seed}`,
    `${result.format} ${result.version}`,
  ].filter(Boolean);
  return h('header', { id: 'top' },
    h('p', { class: 'kicker' }, kickers[result.format] ?? 'waverack report'),
    h('h1', {}, result.title ?? 'Result'),
    result.summary ? h('p', { class: 'lead' }, pretty(result.summary)) : null,
    h('p', { class: 'meta' }, facts.join(' · ')));
}

export function summary(result) {
  const cards = (result.headline ?? []).map((item) => h('div', { class: 'card', role: 'listitem' },
    h('div', { class: 'card-head' }, h('span', { class: 'card-label' }, pretty(item.label)), verdict(item.verdict)),
    h('div', { class: 'card-value' }, figureAndUnit(item.value)),
    item.note ? h('div', { class: 'card-note' }, pretty(item.note)) : null));
  return section('summary', 'Summary',
    cards.length ? h('div', { class: 'cards', role: 'list', 'aria-label': 'Headline figures' }, cards) : null,
    counts(result));
}

/** "5.2 pJ/bit" with a smaller unit, "1.2e-9" as a power of ten. */
function figureAndUnit(value) {
  const match = /^([−-]?[\d.,\u202f]+)(?:e([+-]?\d+))?(?:\s+(.+))?$/i.exec(String(value ?? '–').trim());
  if (!match) return String(value ?? '–');
  const [, mantissa, exponent, unit] = match;
  return [mantissa.replace('-', '−'),
    exponent ? ['\u202f×\u202f10', h('sup', {}, String(Number(exponent)).replace('-', '−'))] : '',
    unit ? h('span', { class: 'unit' }, `\u00a0${unit}`) : ''];
}

// What a reader must not miss at the top: failed checks, warnings, assumed numbers.
function counts({ checks = [], warnings = [], assumptions = [] }) {
  const failed = checks.filter((check) => check.verdict === 'fail').length;
  const parts = [];
  if (checks.length) {
    parts.push(h('a', { href: '#checks' }, failed ? `${failed} of ${checks.length} checks fail`
      : checks.length === 1 ? 'The one check passes' : `All ${checks.length} checks pass`));
  }
  const many = (n, word) => `${n} ${word}${n === 1 ? '' : 's'}`;
  if (warnings.length) parts.push(h('a', { href: '#assumptions' }, many(warnings.length, 'warning')));
  if (assumptions.length) parts.push(h('a', { href: '#assumptions' }, `${many(assumptions.length, 'assumed or claimed number')} used`));
  if (!parts.length) return null;
  return h('p', { class: 'counts' }, parts.flatMap((part, i) => (i ? [' · ', part] : [part])));
}
