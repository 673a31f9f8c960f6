// What no other choice of designs beats in watts, cost and failures (--pareto).
import { h, section, table } from '../../dom.js';
import { isNumber, money, moneyScale, number, quantity } from '../../format.js';
import { figure } from '../../charts/chart.js';
import { scatterChart } from '../../charts/scatter.js';
import { perScenario } from './common.js';

const failures = { name: 'failures a year', show: (value) => number(value) };

const lines = (front, point) => point.designs.map((design, i) => `${front.links[i]}: ${design || 'nothing'}`);

/** Watts against cost in the colour of the failures; without prices, watts against failures. */
function chart(scenario, front) {
  const priced = front.points.every((point) => isNumber(point.cost_usd));
  const cost = { name: 'Cost of modules, lasers, cables', unit: 'USD', show: money, scale: moneyScale };
  const points = front.points.map((point) => ({ x: point.watts, y: priced ? point.cost_usd : point.failures_per_year,
    colour: point.failures_per_year, lines: lines(front, point) }));
  return scatterChart({
    id: `cluster.front.${front.network}`,
    title: `Choices for ${front.network}, ${scenario.name}`,
    note: `${front.points.length === 1 ? 'one choice beats' : `${front.points.length} choices, none of which beats another in all of`} watts, ${priced ? 'cost' : 'not cost, for prices are missing,'} and failures${front.thinned ? '; thinned evenly along the watts' : ''}`,
    points,
    x: { name: 'Modules, lasers, cables, more SerDes', unit: 'W', show: (value) => quantity(value, 'W') },
    y: priced ? cost : { name: 'Failures a year', unit: '', show: (value) => `${number(value)} failures a year` },
    colour: priced ? failures : undefined,
    table: () => [[['watts', 'W'], ['cost', 'USD'], ['failures a year'], ...front.links.map((name) => [name])],
      front.points.map((p) => [p.watts, p.cost_usd, p.failures_per_year, ...p.designs])],
  });
}

/** At most so many rows, evenly along the front with both of its ends. */
function some(points, most = 12) {
  if (points.length <= most) return points;
  return Array.from({ length: most }, (_, i) => points[Math.round((i * (points.length - 1)) / (most - 1))]);
}

const choices = (scenario, front) => table(`Choices for ${front.network}, ${scenario.name}${front.points.length > 12 ? `; 12 of ${front.points.length}` : ''}`, [
  { title: 'Watts', numeric: true, cell: (p) => quantity(p.watts, 'W') },
  { title: 'Cost', numeric: true, cell: (p) => (isNumber(p.cost_usd) ? money(p.cost_usd) : 'not known') },
  { title: 'Failures a year', numeric: true, cell: (p) => number(p.failures_per_year) },
  ...front.links.map((name, i) => ({ title: name, cell: (p) => p.designs[i] || 'nothing' })),
], some(front.points), 'small');

export function fronts(result) {
  if (!result.scenarios.some((scenario) => scenario.fronts?.some((front) => front.points.length))) return null;
  return section('fronts', 'Choices that none beats',
    h('p', { class: 'intro' }, 'For each network every choice of designs that no other one beats in watts, cost and failures together, with fibres and switches left out, as they are the same in all. Any other choice is beaten in one of the three by one of these that is no worse in the others.'),
    perScenario(result, (scenario) => {
      const shown = (scenario.fronts ?? []).filter((front) => front.points.length);
      const charts = shown.map((front) => chart(scenario, front));
      if (charts.length % 2) charts.at(-1).size = 'full';
      return [h('div', { class: 'grid' }, charts.map(figure)), ...shown.map((front) => choices(scenario, front))];
    }));
}
