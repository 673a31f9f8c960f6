// What the sections of a cluster share: words for its quantities, colours of its technologies, the choice of a scenario.
import { h } from '../../dom.js';
import { count, duration, isNumber, missing, money, percent, quantity, words } from '../../format.js';
import { drawAll } from '../../charts/chart.js';
import { lines } from '../../theme.js';

/** A value of scenario.cluster in words. */
export function shown(key, value, unit) {
  if (!isNumber(value)) return missing;
  if (unit === 's') return duration(value);
  if (unit === 'USD') return money(value);
  if (unit === 'kWh') return quantity(value * 1e3, 'Wh');
  if (unit) return quantity(value, unit);
  if (key === 'pue' || key === 'tue') return value.toFixed(3);
  return key === 'goodput' ? percent(value, 3) : count(value);
}

const hasBand = ({ low, high }) => isNumber(low) && isNumber(high) && low < high;

/** "36.7 MW (34.9 MW … 38.6 MW)"; without a band the value alone. */
export function withBand(key, item, show = (value) => shown(key, value, item.unit)) {
  if (!item) return missing;
  const [value, low, high] = [item.value, item.low, item.high].map((v) => (isNumber(v) ? show(v) : missing));
  return hasBand(item) && low !== high ? `${value} (${low} … ${high})` : value;
}

/** The same for a cell of a table: the band on a line of its own. */
export function bandCell(key, item, show = (value) => shown(key, value, item.unit)) {
  const text = withBand(key, item, show);
  const [value, band] = text.split(/ \((?=.* … )/);
  return band ? [value, h('div', { class: 'band' }, band.slice(0, -1))] : value;
}

/** "technologies.dr8-1.6t-dsp.module_power" as "dr8-1.6t-dsp: module power". */
export function inputName(path) {
  const parts = String(path).split('.');
  // Names of designs hold dots of their own: "dr8-1", "6t-dsp".
  const at = parts.findIndex((part, i) => i > 0 && /^[a-z][a-z_]+(\[\d+\])?$/.test(part));
  const stem = parts.slice(['technologies', 'prices', 'networks'].includes(parts[0]) ? 1 : 0, at > 0 ? at : parts.length).join('.');
  // Words begin small, abbreviations stay as they are.
  const rest = at > 0 ? parts.slice(at).map((part) => words(part).replace(/^[A-Z](?=[a-z])/, (c) => c.toLowerCase())).join(', ') : '';
  if (parts[0] === 'prices') return `Price of ${parts.slice(1).join('.')}`;
  const head = /^[a-z_]+$/.test(stem) ? words(stem) : stem;
  return rest ? `${head}: ${rest}` : head;
}

const pairEnds = (name) => String(name ?? '').split(' - ');

/** A colour for each technology, the same in all sections; ends of two designs take that of the switch's. */
export function colours({ technologies = [] }) {
  const known = new Map(technologies.map((technology, i) => [technology.name, lines[i % lines.length]]));
  return (name) => known.get(name) ?? known.get(String(name).replace(/ laser$/, '')) ?? known.get(pairEnds(name).at(-1)) ?? '#8a9099';
}

export const grey = '#b9c1cb';

let chosen = 0;
const panels = [];

/** What one scenario has to show, with buttons for the others; one choice holds for the whole page. */
export function perScenario({ scenarios }, make) {
  if (scenarios.length === 1) return make(scenarios[0]);
  const body = h('div', {});
  const buttons = scenarios.map((scenario, i) => h('button', { type: 'button', onclick: () => choose(i, buttons[i]) }, scenario.name));
  const show = (i) => {
    buttons.forEach((button, j) => button.setAttribute('aria-pressed', String(i === j)));
    body.replaceChildren(...[make(scenarios[i])].flat(Infinity).filter(Boolean));
  };
  panels.push(show);
  show(chosen);
  return [h('div', { class: 'switcher', role: 'group', 'aria-label': 'Scenario' }, h('span', {}, 'Scenario'), buttons), body];
}

/** The page keeps its place under the button, whatever grows or shrinks above it. */
function choose(i, button) {
  const before = button.getBoundingClientRect().top;
  chosen = i;
  panels.forEach((show) => show(i));
  drawAll();
  window.scrollBy({ top: button.getBoundingClientRect().top - before, behavior: 'instant' });
}
