// What joins what: a picture of every network, and the links with what serves them.
import { h, section, table } from '../../dom.js';
import { count, decibel, isNumber, number, percent, quantity, words } from '../../format.js';
import { figure } from '../../charts/chart.js';
import { stackChart } from '../../charts/stack.js';
import { topologyPicture } from '../../charts/topology.js';
import { colours, perScenario } from './common.js';

const kinds = { clos: 'folded Clos', rail_optimised: 'rail-optimised Clos', rail_only: 'rails without links among them', dragonfly: 'dragonfly', torus: 'torus', scale_up: 'scale-up domains', file: 'from a file' };

const metres = (from, to) => (from === to ? `${number(to)}\u00a0m` : `${number(from)} to ${number(to)}\u00a0m`);
const unserved = 'nothing serves them';

/** One line of words for each technology that serves links of a class. */
function linkLines(item, rows) {
  const own = rows.filter((row) => row.class === item.name);
  const rate = `${count(item.rate_gbps)} Gb/s`;
  if (!own.length) return [`${item.name}: ${count(item.count)} links of ${rate}`];
  return own.map((row) => `${item.name}: ${count(row.links)} links of ${rate}, ${metres(row.shortest_m, row.longest_m)}, ${row.technology || unserved}`);
}

function shape(network, gpus) {
  const dims = network.dims?.length ? ` of ${network.dims.join(' × ')}${network.cube ? `, cubes of ${network.cube}` : ''}` : '';
  const domains = network.domain ? ` of ${network.domain} GPUs: ${count(gpus / network.domain)} of them` : '';
  return [`${kinds[network.topology] ?? words(network.topology)}${dims}${domains}`,
    network.planes > 1 ? `${network.planes} planes` : '', network.rails ? `${network.rails} rails` : '',
    network.radix ? `switches of ${network.radix} ports` : '', `${count(network.endpoints)} ports of GPUs at ${count(network.port_rate_gbps)} Gb/s`,
    isNumber(network.bisection_bps) && network.bisection_bps > 0 ? `bisection ${quantity(network.bisection_bps, 'bit/s')}` : '',
    network.topology === 'torus' ? `at most ${count(network.diameter_switches)} ${network.diameter_switches === 1 ? 'GPU' : 'GPUs'} on the way` : `at most ${count(network.diameter_switches)} ${network.diameter_switches === 1 ? 'switch' : 'switches'} on the way, ${number(network.mean_switches)} on average`].filter(Boolean).join(' · ');
}

function picture(result, scenario, network) {
  const colour = colours(result);
  const rows = scenario.links.filter((row) => row.network === network.name);
  const item = (test) => scenario.bill.find((line) => line.network === network.name && test(line))?.item ?? '';
  const gpus = scenario.cluster.gpus.value;
  const switches = network.switches.map((s) => ({ tier: s.tier, count: s.count, title: `${count(s.count)} × ${s.name}`, detail: item((line) => line.kind === 'switch_box' && line.place === s.name) }));
  const circuits = network.circuit_switches.map((s) => ({ count: s.count, title: `${count(s.count)} × ${s.name}`, detail: `optical: ${item((line) => line.kind === 'circuit_switch' && line.place === s.name)}` }));
  const links = network.link_classes.map((link) => ({
    name: link.name, a: link.ends[0], b: link.ends[1], lines: linkLines(link, rows),
    colour: colour(rows.find((row) => row.class === link.name)?.technology),
  }));
  return h('figure', { class: 'picture' },
    h('figcaption', {}, h('span', { class: 'title' }, `Network ${network.name}, ${scenario.name}`), h('span', { class: 'note' }, shape(network, gpus))),
    h('div', { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': `Picture of network ${network.name}` }, topologyPicture({
      kind: network.topology,
      label: `${shape(network, gpus)}. ${switches.map((s) => s.title).join(', ')}; ${links.flatMap((link) => link.lines).join('; ')}`,
      endpoints: { count: gpus, title: `${count(gpus)} GPUs`, detail: `${network.ports_per_gpu} port${network.ports_per_gpu > 1 ? 's' : ''} each` },
      switches, circuits, links,
    })));
}

const linkTable = (scenario) => table(`What serves the links, ${scenario.name}`, [
  { title: 'Network', cell: (row) => row.network },
  { title: 'Links', cell: (row) => row.class },
  { title: 'Count', numeric: true, cell: (row) => count(row.links) },
  { title: 'Rate', numeric: true, cell: (row) => `${count(row.rate_gbps)}\u00a0Gb/s` },
  { title: 'Length', numeric: true, cell: (row) => metres(row.shortest_m, row.longest_m) },
  { title: 'Design', cell: (row) => row.technology || unserved },
  { title: 'Margin', numeric: true, cell: (row) => (isNumber(row.margin_db) ? decibel(row.margin_db) : '') },
  { title: 'BER before FEC', numeric: true, cell: (row) => (isNumber(row.ber_pre_fec) ? number(row.ber_pre_fec) : '') },
  { title: 'Frames lost', numeric: true, cell: (row) => (isNumber(row.frame_loss) ? number(row.frame_loss) : '') },
  { title: 'Latency', numeric: true, cell: (row) => quantity(row.latency_s, 's') },
], scenario.links, 'small');

function refusals({ refused = [] }) {
  if (!refused.length) return null;
  return h('details', {}, h('summary', {}, `Why other designs do not serve links: ${refused.length} reason${refused.length > 1 ? 's' : ''}`),
    table('Designs that were not feasible', [
      { title: 'Network', cell: (row) => row.network },
      { title: 'Links', cell: (row) => row.links },
      { title: 'Design', cell: (row) => row.technology },
      { title: 'Reason', wide: true, cell: (row) => row.reason },
    ], refused, 'small'));
}

const assumedLengths = ({ networks }) => {
  const assumed = networks.flatMap((n) => n.link_classes.filter((link) => link.lengths_assumed).map((link) => `${n.name} ${link.name}`));
  return assumed.length ? h('p', { class: 'intro' }, `Lengths of ${assumed.join(', ')} are assumed; the file may state its own.`) : null;
};

export function topology(result) {
  return section('topology', 'What joins what',
    h('p', { class: 'intro' }, 'A few boxes stand for many. The colour of a bundle of links is that of the design that serves them; margins are those of the longest link.'),
    perScenario(result, (scenario) => [scenario.networks.map((network) => picture(result, scenario, network)), assumedLengths(scenario), linkTable(scenario), refusals(scenario)]));
}

const limits = { power: 'power', air_cooling: 'cooling by air', liquid_cooling: 'cooling by liquid', height: 'height', faceplate: 'room for plugs' };

export function racks({ scenarios }) {
  const rows = scenarios.flatMap((scenario) => scenario.rack.fills.map((fill, i) => ({ ...fill, scenario: i === 0 ? scenario.name : '' })));
  const tints = ['#8a9099', '#0b5c8a', '#56a8cf', '#9cc3da', '#7a6a2f', '#d9b13b', '#2d9174'];
  const names = [...new Set(rows.map((row) => row.name))];
  const chart = stackChart({
    id: 'cluster.racks', title: 'Racks', note: 'by what stands in them', axis: 'Racks', unit: '', size: 'full', show: count,
    parts: names.map((name, i) => ({ name, color: tints[i % tints.length] })),
    rows: scenarios.map(({ name, rack }) => ({ label: name, values: Object.fromEntries(rack.fills.map((fill) => [fill.name, fill.racks])) })),
  });
  const [base] = scenarios;
  const change = ({ rack }) => (rack.gpus_per_rack === base.rack.gpus_per_rack ? '' : ` (${rack.gpus_per_rack >= base.rack.gpus_per_rack ? '+' : '−'}${percent(Math.abs(rack.gpus_per_rack / base.rack.gpus_per_rack - 1))})`);
  return section('racks', 'Racks and what limits them',
    h('p', { class: 'intro' }, scenarios.map((s) => `${s.name}: ${number(s.rack.gpus_per_rack)} GPUs a rack${change(s)}, limited by ${limits[s.rack.limit]}`).join('; '), '.'),
    h('div', { class: 'grid' }, figure(chart)),
    table('Racks by what stands in them', [
      { title: 'Scenario', cell: (row) => row.scenario || '\u00a0' },
      { title: 'In the rack', cell: (row) => row.name },
      { title: 'A rack holds', numeric: true, cell: (row) => (row.boxes_per_rack >= 1 ? count(row.boxes_per_rack) : `1/${count(1 / row.boxes_per_rack)}`) },
      { title: 'Racks', numeric: true, cell: (row) => count(row.racks) },
      { title: 'Power of a rack', numeric: true, cell: (row) => quantity(row.power_w, 'W') },
      { title: 'What a further one would exceed', cell: (row) => limits[row.limit] },
    ], rows, 'small'));
}
