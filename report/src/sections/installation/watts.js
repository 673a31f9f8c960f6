// Watts from the wall to the bit: two Sankey charts, the shares of all scenarios, and what cooling makes of them.
import { h, section, table } from '../../dom.js';
import { count, percent, quantity, words } from '../../format.js';
import { figure } from '../../charts/chart.js';
import { sankeyChart } from '../../charts/sankey.js';
import { stackChart } from '../../charts/stack.js';
import { colours, grey, perScenario } from './common.js';
import { facilityFlows, networkFlows } from './flows.js';

const tints = { whole: '#1c2430', it: '#5d7f9b', cooling: '#56a8cf', losses: '#b5400f', other: grey, node: '#8a9099', network: '#0b5c8a', place: '#5d7f9b', switch_box: '#7a6a2f', circuit_switch: '#8457a8',
  host: '#d9b13b', module: '#d9772b' };

const tinted = (flows, colour = () => grey) => ({ ...flows, nodes: flows.nodes.map((node) => ({ ...node, color: tints[node.kind] ?? colour(node.kind) })) });

function sankeys(result, scenario) {
  const colour = colours(result);
  const whole = tinted(facilityFlows(scenario));
  const networks = tinted(networkFlows(scenario), colour);
  const leaves = networks.nodes.filter((node) => node.depth === 3).length;
  const { hall } = scenario;
  return [
    sankeyChart({ id: 'cluster.watts', title: `From the wall to the bit, ${scenario.name}`, unit: 'W', ...whole, height: 440,
      note: `mean over the year: ${quantity(hall.facility_w, 'W')} at the meter, ${quantity(hall.it_w, 'W')} of it reach the IT; the networks take ${percent(scenario.cluster.network_w.value / hall.it_w)} of that` }),
    networks.links.length ? sankeyChart({ id: 'cluster.network_watts', title: `The networks alone, ${scenario.name}`, unit: 'W', ...networks, height: Math.max(260, 60 + 34 * leaves),
      note: 'on a scale of their own: by network, by place, by what is there; network cards count with the nodes. SerDes are the circuits that drive the modules: what co-packaging spares' }) : null,
  ].filter(Boolean).map(figure);
}

const isOptics = (kind) => ['module', 'external_laser', 'cable'].includes(kind);

function stacks(result) {
  const { scenarios } = result;
  const colour = colours(result);
  const byItem = (scenario) => {
    const values = {};
    for (const line of scenario.bill) {
      if (line.kind === 'node' || line.kind === 'fibre') continue;
      const name = isOptics(line.kind) ? line.item : line.kind === 'switch_box' ? 'switches' : line.kind === 'circuit_switch' ? 'circuit switches' : 'network cards';
      values[name] = (values[name] ?? 0) + line.power_w;
    }
    return values;
  };
  const byTier = (scenario) => {
    const values = {};
    for (const line of scenario.bill) {
      if (line.kind === 'node' || line.kind === 'fibre') continue;
      const name = `${line.network}, ${line.place === 'nic' ? 'at network cards' : line.place || line.item}`;
      values[name] = (values[name] ?? 0) + line.power_w;
    }
    return values;
  };
  const byPart = ({ hall }) => {
    const values = {};
    for (const item of hall.items) {
      const name = item.cause === 'nodes' || item.cause === 'network_cards' ? 'nodes' : item.network ? 'networks' : item.part === 'it' ? 'fans and supplies of IT' : item.part;
      values[name] = (values[name] ?? 0) + item.power_w;
    }
    return values;
  };
  const parts = (rows, tint) => [...new Set(rows.flatMap((row) => Object.keys(row.values)))].map((name, i) => ({ name, color: tint(name, i) }));
  const rowsOf = (values) => scenarios.map((scenario) => ({ label: scenario.name, values: values(scenario) }));
  const ofItems = { switches: tints.switch_box, 'circuit switches': tints.circuit_switch, 'network cards': tints.node };
  const ofParts = { nodes: tints.node, networks: tints.network, 'fans and supplies of IT': tints.it, cooling: tints.cooling, losses: tints.losses, other: tints.other };
  const tiers = ['#0b5c8a', '#56a8cf', '#9cc3da', '#7a6a2f', '#d9b13b', '#2d9174', '#8457a8', '#b53a5a'];
  const chart = (id, title, note, values, tint, size) => {
    const rows = rowsOf(values);
    return stackChart({ id, title, note, axis: 'Power', unit: 'W', rows, parts: parts(rows, tint), size });
  };
  return h('div', { class: 'grid' }, [
    chart('cluster.power_by_technology', 'Networks by technology', 'what their watts go into', byItem, (name) => ofItems[name] ?? colour(name), 'half'),
    chart('cluster.power_by_tier', 'Networks by tier', 'where their watts go; optics with the switch or card they are at', byTier, (_, i) => tiers[i % tiers.length], 'half'),
    chart('cluster.power_by_part', 'The whole hall', 'what the meter counts', byPart, (name) => ofParts[name] ?? grey, 'full'),
  ].map(figure));
}

function causesTable({ scenarios }) {
  const rows = [...new Set(scenarios.flatMap(({ hall }) => hall.items.map((item) => item.cause)))].map((cause) => ({
    cause,
    part: scenarios.flatMap(({ hall }) => hall.items).find((item) => item.cause === cause).part,
  }));
  const watts = (scenario, cause) => scenario.hall.items.filter((item) => item.cause === cause).reduce((sum, item) => sum + item.power_w, 0);
  return h('details', {}, h('summary', {}, 'Watts by cause, and PUE split by them'), table('Watts by cause; their part of PUE in parentheses', [
    { title: 'Cause', cell: ({ cause }) => words(cause) },
    { title: 'Counts as', cell: ({ part }) => (part === 'it' ? 'IT' : part) },
    ...scenarios.map((scenario) => ({ title: scenario.name, numeric: true,
      cell: ({ cause }) => `${quantity(watts(scenario, cause), 'W')} (${(watts(scenario, cause) / scenario.hall.it_w).toFixed(4)})` })),
  ], rows, 'small'));
}

function plant({ scenarios }) {
  const rows = [
    ['PUE', ({ cluster }) => cluster.pue.value.toFixed(3)],
    ['TUE', ({ cluster }) => cluster.tue.value.toFixed(3)],
    ['Heat carried by liquid', ({ hall }) => percent(hall.heat_to_liquid_w / hall.it_w)],
    ['Share of the heat of the air that chillers carry', ({ hall }) => percent(hall.chiller_share_air)],
    ['Share of the heat of the liquid that chillers carry', ({ hall }) => percent(hall.chiller_share_liquid)],
    ['At the warmest hour', ({ hall }) => quantity(hall.warmest_hour_w, 'W')],
    ['To be provisioned, all boxes at their maximum', ({ hall }) => quantity(hall.provisioned_w, 'W')],
    ['Water a year', ({ hall }) => count(hall.water_m3_per_year) + '\u00a0m³'],
  ];
  return table('Cooling and provisioning', [
    { title: 'Measure', cell: ([name]) => name },
    ...scenarios.map((scenario) => ({ title: scenario.name, numeric: true, cell: ([, show]) => show(scenario) })),
  ], rows, 'small');
}

export function watts(result) {
  return section('watts', 'Watts from the wall to the bit',
    perScenario(result, (scenario) => h('div', { class: 'grid' }, sankeys(result, scenario))),
    stacks(result), plant(result), causesTable(result));
}
