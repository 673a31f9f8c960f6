// Where one technology takes over from another: in one table, as need against limit, and as maps.
import { h, section, table } from '../../dom.js';
import { number, quantity, unitText } from '../../format.js';
import { figure } from '../../charts/chart.js';
import { lineChart } from '../../charts/line.js';
import { regionsChart } from '../../charts/regions.js';
import { inputName } from './common.js';

// Units such as bit/s get prefixes, others are said as they are.
const at = (value, unit) => (unit === 'dB' ? `${number(value)}\u00a0dB` : quantity(value, unit));

function sentence(crossing) {
  const { challenger, incumbent, above, found, value, unit } = crossing;
  if (!found) return crossing.challenger_always ? `${challenger} in place of ${incumbent} all over the range` : `${incumbent} all over the range`;
  return `${challenger} in place of ${incumbent} ${above ? 'above' : 'below'} ${at(value, unit)}`;
}

const range = ({ low, high, unit, from, to }) => `${low <= from ? '≤ ' : ''}${at(low, unit)} … ${high >= to ? '≥ ' : ''}${at(high, unit)}`;

function needChart(crossing, series) {
  const { found, value, low, high, from, to, unit } = crossing;
  const inside = (v) => v > from && v < to;
  return lineChart({
    ...series,
    title: `${crossing.challenger} over ${crossing.incumbent}: ${crossing.need}`,
    // Both axes have their own words; the legend tells need from limit.
    y_name: '',
    columns: series.columns.map((column, i) => ({ ...column, name: i === 0 ? crossing.variable : i === 1 ? `need: ${crossing.need}` : `limit: ${crossing.limit}` })),
    marks: found ? [
      { axis: 'x', value, label: at(value, unit) },
      ...[low, high].filter((v) => inside(v) && Math.abs(Math.log(v / value)) > 0.01).map((v) => ({ axis: 'x', value: v, label: '' })),
    ] : [],
    note: `${sentence(crossing)}; with all inputs at the ends that move it there, ${range(crossing)}`,
  });
}

const kinds = {
  passive_copper: ['passive copper', '#e9c46a'],
  active_copper: ['active copper', '#d9772b'],
  linear_module: ['linear modules', '#9fd3c0'],
  retimed_module: ['DSP modules', '#56a8cf'],
  co_packaged: ['CPO', '#2f5f9e'],
  none: ['none of them', '#e3e7ec'],
};

const titles = {
  'rate-length': ['What serves a link, by rate and length', 'the first of these that does, from copper to engines beside the switch; cages as they are. Point at a place to read it.'],
  'rate-cage': ['What serves longer links, by rate and watts of a cage', 'the first of these that does, for links that copper does not reach; dots: the pluggable designs of the scenarios. Point at a place to read it.'],
};

const mapChart = ({ id, x, y, technologies, first }, points) => regionsChart({
  id: `cluster.map.${id}`, title: titles[id][0], note: titles[id][1], x, y, cells: first, points,
  kinds: technologies.map((name) => ({ name: kinds[name][0], color: kinds[name][1] })),
});

export function crossovers(result) {
  const { crossovers: list = [], maps = [], series = [], largest_pluggable: largest } = result;
  if (!list.length) return null;
  const pluggables = result.technologies.filter((t) => t.form === 'pluggable').map((t) => ({ name: t.name, x: 1e9 * t.mac_rate_gbps, y: t.module_w }));
  const charts = list.map((crossing) => [crossing, series.find((s) => s.id === `crossover.${crossing.id}`)]).filter(([, s]) => s).map(([crossing, s]) => needChart(crossing, s));
  if (charts.length % 2) charts.at(-1).size = 'full';
  return section('crossovers', 'Where one technology takes over from another',
    largest ? h('p', { class: 'intro' }, `Pluggable modules serve up to ${at(largest.rate_bps, 'bit/s')} (${at(largest.low_bps, 'bit/s')} … ${at(largest.high_bps, 'bit/s')}); ${largest.decided_by} decides. `
      + 'The laws are scaled from the designs of the scenarios where there are such, and from published numbers elsewhere.') : null,
    h('div', { class: 'grid' }, maps.map((map) => figure(mapChart(map, map.id === 'rate-cage' ? pluggables : [])))),
    table('Crossings', [
      { title: 'Takes over', cell: (c) => sentence(c) },
      { title: 'Along', cell: (c) => `${c.variable}${c.unit ? ` (${unitText(c.unit)})` : ''}` },
      { title: 'Range', numeric: true, cell: range },
      { title: 'Moved most by', wide: true, cell: (c) => c.causes.slice(0, 2).map((cause) => `${inputName(cause.input)} (${at(cause.low, c.unit)} … ${at(cause.high, c.unit)})`).join('; ') },
    ], list, 'small'),
    h('div', { class: 'grid' }, charts.map(figure)));
}
