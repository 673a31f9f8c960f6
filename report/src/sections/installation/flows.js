// Where the watts go, as places and flows between them; plain arithmetic on one scenario, for the Sankey charts.

const isOptics = (line) => ['module', 'external_laser', 'cable'].includes(line.kind);
const sum = (list, value) => list.reduce((total, item) => total + value(item), 0);

const causes = { server_fans: 'Server fans', power_supplies: 'Power supplies of optics', room_fans: 'Room fans', coolant_pumps: 'Coolant pumps', water_pumps: 'Water pumps', chillers: 'Chillers',
  tower_fans: 'Fans outdoors', distribution: 'Distribution', ups: 'UPS', transformers: 'Transformers', miscellaneous: 'Lights, offices' };

const parts = { cooling: 'Cooling', losses: 'Losses', other: 'Other' };

/** nodes: [{name, label, depth, kind}], links: [{source, target, value}]; a flow of nothing is left out. */
function book() {
  const nodes = [];
  const links = [];
  const place = (name, label, depth, kind) => {
    if (!nodes.some((node) => node.name === name)) nodes.push({ name, label, depth, kind });
    return name;
  };
  const flow = (source, target, value) => {
    if (value > 0) links.push({ source, target, value });
  };
  const done = () => ({ nodes: nodes.filter((node, i) => i === 0 || links.some((link) => link.target === node.name)), links });
  return { place, flow, done };
}

/**
 * From the meter of the hall to what a network is made of. Network cards are parts of nodes and count with them; all that
 * hall.items list appears once.
 */
export function facilityFlows({ hall }) {
  const { place, flow, done } = book();
  const meter = place('meter', 'At the meter', 0, 'whole');
  const of = (test) => sum(hall.items.filter(test), (item) => item.power_w);
  const it = place('it', 'IT', 1, 'it');
  flow(meter, it, of((item) => item.part === 'it'));
  // Places are drawn in this order from top to bottom, so that few flows cross.
  const inNetwork = (item) => item.part === 'it' && item.network && item.cause !== 'network_cards';
  for (const network of new Set(hall.items.filter(inNetwork).map((item) => item.network))) {
    const own = (cause) => of((item) => item.network === network && item.cause === cause);
    const name = place(`network ${network}`, `Network ${network}`, 2, 'network');
    flow(it, name, of((item) => inNetwork(item) && item.network === network));
    flow(name, place(`${network} switches`, 'Switches', 3, 'switch_box'), own('switches'));
    flow(name, place(`${network} optics`, 'Modules, lasers, cables', 3, 'module'), own('optics'));
    flow(name, place(`${network} circuits`, 'Circuit switches', 3, 'circuit_switch'), own('circuit_switches'));
  }
  flow(it, place('nodes', 'Nodes with their cards', 2, 'node'), of((item) => item.cause === 'nodes' || item.cause === 'network_cards'));
  for (const cause of ['server_fans', 'power_supplies']) flow(it, place(cause, causes[cause], 2, 'it'), of((item) => item.cause === cause));
  for (const [part, label] of Object.entries(parts)) {
    flow(meter, place(part, label, 1, part), of((item) => item.part === part));
    for (const item of hall.items.filter((i) => i.part === part)) {
      if (part !== 'other') flow(part, place(item.cause, causes[item.cause] ?? item.cause, 2, part), item.power_w);
    }
  }
  return done();
}

/**
 * The watts of the networks alone, on a scale of their own: by place, then by what is there; a switch's watts split into the
 * SerDes of its ports and the rest. Network cards are left to the nodes.
 */
export function networkFlows({ bill }) {
  const { place, flow, done } = book();
  const all = place('networks', 'Networks', 0, 'whole');
  const lines = bill.filter((line) => line.kind !== 'node' && line.kind !== 'network_card' && line.power_w > 0);
  for (const network of new Set(lines.map((line) => line.network))) {
    const own = lines.filter((line) => line.network === network);
    const name = place(network, network, 1, 'network');
    flow(all, name, sum(own, (line) => line.power_w));
    for (const spot of new Set(own.map((line) => line.place))) {
      const here = own.filter((line) => line.place === spot);
      const at = place(`${network} ${spot}`, spot === 'nic' ? 'at network cards' : /^leaf|^spine|^core|^router/.test(spot) ? `at ${spot}` : spot, 2, 'place');
      flow(name, at, sum(here, (line) => line.power_w));
      for (const line of here.filter((l) => l.kind === 'switch_box' || l.kind === 'circuit_switch')) {
        const serdes = line.kind === 'switch_box' ? sum(bill.filter((l) => isOptics(l) && l.network === network && l.place === spot), (l) => l.host_w) : 0;
        // A box that draws less than its SerDes would is not split.
        const split = serdes < line.power_w ? serdes : 0;
        flow(at, place(`${at} serdes`, 'SerDes of its ports', 3, 'host'), split);
        flow(at, place(`${at} ${line.item}`, `${line.item}${split > 0 ? ', the rest' : ''}`, 3, line.kind), line.power_w - split);
      }
      for (const item of new Set(here.filter(isOptics).map((line) => line.item))) {
        flow(at, place(`${at} ${item}`, item, 3, item), sum(here.filter((l) => isOptics(l) && l.item === item), (l) => l.power_w));
      }
    }
  }
  return done();
}
