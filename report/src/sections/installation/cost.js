// What it costs to buy and to run, and how sure the prices are.
import { h, section, table } from '../../dom.js';
import { count, isNumber, money, moneyScale, percent, words } from '../../format.js';
import { figure } from '../../charts/chart.js';
import { stackChart } from '../../charts/stack.js';
import { accent } from '../../theme.js';
import { bandCell, perScenario } from './common.js';

const kinds = { node: 'nodes', switch_box: 'switches', module: 'modules', external_laser: 'lasers', cable: 'cables', fibre: 'fibres', circuit_switch: 'circuit switches', network_card: 'network cards' };
const kindColours = { nodes: '#8a9099', switches: '#7a6a2f', modules: '#d9772b', lasers: '#b53a5a', cables: '#2d9174', fibres: '#9cc3da', 'circuit switches': '#8457a8', 'network cards': '#b9c1cb' };

const shares = ({ scenarios }) => stackChart({
  id: 'cluster.cost',
  title: 'To buy, and a year of running it',
  note: 'of what has a price; spares are those on the shelf',
  axis: 'Cost',
  unit: 'USD',
  show: money,
  scale: moneyScale,
  parts: [['to buy', accent], ['spares', '#9cc3da'], ['energy of a year', '#d9772b'], ['maintenance of a year', '#d9b13b']].map(([name, color]) => ({ name, color })),
  rows: scenarios.map(({ name, cost }) => ({ label: name, values: { 'to buy': cost.capital_usd, spares: cost.spares_usd, 'energy of a year': cost.electricity_usd_per_year,
    'maintenance of a year': cost.maintenance_usd_per_year } })),
});

function ofNetworks({ scenarios }) {
  const rows = scenarios.map((scenario) => {
    const values = {};
    for (const line of scenario.bill) {
      if (!line.network || !isNumber(line.price_usd)) continue;
      const name = kinds[line.kind];
      values[name] = (values[name] ?? 0) + line.price_usd * line.quantity;
    }
    return { label: scenario.name, values };
  });
  if (!rows.some((row) => Object.keys(row.values).length)) return null;
  return stackChart({
    id: 'cluster.network_cost',
    title: 'The networks alone, to buy',
    note: 'without spares; what has no price is left out',
    axis: 'Cost',
    unit: 'USD',
    show: money,
    scale: moneyScale,
    parts: Object.entries(kindColours).map(([name, color]) => ({ name, color })),
    rows,
  });
}

function perNetwork({ scenarios }) {
  const rows = scenarios.flatMap((scenario) => scenario.cost.networks.map((network) => ({ ...network, scenario: scenario.name })));
  return table('Cost by network; over the years, with spares, energy and upkeep', [
    { title: 'Scenario', cell: (row) => row.scenario },
    { title: 'Network', cell: (row) => row.name },
    { title: 'To buy', numeric: true, cell: (row) => money(row.capital_usd) },
    { title: 'Share of all capital', numeric: true, cell: (row) => (isNumber(row.share) ? percent(row.share) : '') },
    { title: 'Over the years', numeric: true, cell: (row) => money(row.total_usd) },
    { title: 'A Tb/s of injection', numeric: true, cell: (row) => money(row.usd_per_tbps_injection) },
    { title: 'A Tb/s of bisection', numeric: true, cell: (row) => money(row.usd_per_tbps_bisection) },
  ], rows, 'small');
}

const totals = ({ scenarios, quantities }) => table('Cost', [
  { title: 'Measure', cell: ({ label }) => label },
  ...scenarios.map((scenario) => ({ title: scenario.name, numeric: true, cell: ({ key }) => bandCell(key, scenario.cluster[key]) })),
], quantities.filter(({ unit }) => unit === 'USD'), 'small');

/** Lines of one item together, with the price of one and where it comes from. */
function prices(scenario) {
  const items = new Map();
  for (const line of scenario.bill) {
    if (!line.quantity) continue;
    const key = `${line.kind} ${line.item}`;
    const known = items.get(key);
    if (known) known.quantity += line.quantity;
    else items.set(key, { ...line });
  }
  return [...items.values()];
}

const priceTable = (scenario) => table(`Prices of one, ${scenario.name}`, [
  { title: 'Item', cell: (row) => row.item },
  { title: 'Kind', cell: (row) => words(row.kind) },
  { title: 'Quantity', numeric: true, cell: (row) => count(row.quantity) },
  { title: 'Price', numeric: true, cell: (row) => (isNumber(row.price_usd) ? money(row.price_usd) : 'not known') },
  { title: 'Range', numeric: true, cell: (row) => (isNumber(row.price_low_usd) && row.price_low_usd < row.price_high_usd ? `${money(row.price_low_usd)} … ${money(row.price_high_usd)}` : '') },
  { title: 'Source', wide: true, cell: (row) => row.price_source },
], prices(scenario), 'small');

function missing({ scenarios }) {
  const lacking = scenarios.map((scenario) => ({ name: scenario.name, items: [...new Set(prices(scenario).filter((row) => !isNumber(row.price_usd)).map((row) => row.item))] }));
  if (!lacking.some(({ items }) => items.length)) return null;
  return h('p', { class: 'limits' }, h('strong', {}, 'Without a price, and not counted as zero: '),
    lacking.filter(({ items }) => items.length).map(({ name, items }) => `${name}: ${items.join(', ')}`).join('; '), '. Sums leave them out; --prices FILE.csv gives them one.');
}

export function cost(result) {
  const charts = [shares(result), ofNetworks(result)].filter(Boolean);
  if (charts.length % 2) charts.at(-1).size = 'full';
  return section('cost', 'What it costs',
    h('p', { class: 'intro' }, 'Prices of others, with their ranges and sources in the last table. Where one is missing the sums are of the rest.'),
    missing(result), h('div', { class: 'grid' }, charts.map(figure)), totals(result), perNetwork(result),
    perScenario(result, priceTable));
}
