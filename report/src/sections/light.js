import { h, section, table } from '../dom.js';
import { decibel, isNumber, number, percent, quantity, words } from '../format.js';
import { csv } from '../download.js';
import { figure } from '../charts/chart.js';
import { rowsChart } from '../charts/rows.js';
import { accent, lines, soft } from '../theme.js';

export function laserSection({ module }) {
  const laser = module?.laser;
  const ladder = laser?.ladder ?? [];
  if (!laser) return null;
  const facts = factsOf(laser);
  if (!facts.length && !ladder.length) return null;
  return section('laser', 'Laser budget',
    facts.length ? h('p', { class: 'intro' }, facts.join(' · ')) : null,
    ladder.length ? h('div', { class: 'grid' }, figure(ladderChart(ladder, laser.end_of_life))) : null,
    supplyTable(laser),
    failureTable(laser));
}

function factsOf(laser) {
  const end = laser.end_of_life ?? {};
  return [
    isNumber(laser.power_dbm) && `${decibel(laser.power_dbm, 'dBm')} for each laser fibre`,
    isNumber(laser.power_needed_dbm) && `${decibel(laser.power_needed_dbm, 'dBm')} needed`,
    isNumber(laser.margin_db) && `${decibel(laser.margin_db)} to spare`,
    laser.elsfp_class && `ELSFP power class ${laser.elsfp_class}`,
    isNumber(end.power_needed_dbm) && `${decibel(end.power_needed_dbm, 'dBm')} for every lane at the end of life`,
    end.elsfp_class && `class ${end.elsfp_class} then`,
    laser.drive && `${quantity(laser.drive.current_a, 'A')} each, junction at ${quantity(laser.drive.junction_c, '°C')}`,
    isNumber(laser.largest_power_dbm) && `${decibel(laser.largest_power_dbm, 'dBm')} at most`,
    isNumber(laser.wall_plug_w) && `${quantity(laser.wall_plug_w, 'W')} at the wall plug`,
  ].filter(Boolean);
}

function ladderChart(ladder, end = {}) {
  let before = null;
  const row = (name, loss_db, after, colour) => {
    const from = before ?? after;
    before = isNumber(after) ? after : before;
    const loss = isNumber(loss_db) && loss_db !== 0 ? decibel(-loss_db) : null;
    return { label: words(name), from, to: after, color: loss ? colour(loss_db) : accent,
      text: [loss, decibel(after, 'dBm')].filter(Boolean).join(' → ') };
  };
  const rows = ladder.map((item) => row(item.name, item.loss_db, item.power_dbm_after, (loss) => (loss > 0 ? soft : lines[2])));
  for (const { name, loss_db } of end.allowances ?? [])
    rows.push(row(/ lane/.test(name) ? name : `years: ${name}`, loss_db, before - loss_db, () => lines[3]));
  if (isNumber(end.margin_db)) rows.push(row('to spare', end.margin_db, before - end.margin_db, (loss) => (loss > 0 ? lines[2] : lines[1])));
  return rowsChart({
    id: 'laser_ladder',
    title: 'From the laser to the receiver',
    note: `each step’s loss and the power left behind it${rows.length > ladder.length ? '; then what the years and the worst lane take, down to what the receiver needs' : ''}`,
    axis: 'Optical power (dBm)',
    size: 'full',
    connect: true,
    scale: true,
    rows,
    csv: () => csv([['stage'], ['loss', 'dB'], ['power behind it', 'dBm'], ['added until the end of life', 'dB']],
      ladder.map((i) => [i.name, i.loss_db, i.power_dbm_after, i.end_of_life_loss_db])),
  });
}

function supplyTable({ watts_of_one: watts, laser_modules: modules, of_switch: full, fibres, lasers, lanes_per_laser: lanes }) {
  if (!watts) return null;
  const rows = [
    ['Lasers', `${number(lasers)}, ${number(lanes)} lanes each`],
    ['One laser', [[watts.laser_w, ''], [watts.cooler_w, ' cooler'], [watts.control_w, ' control']]
      .filter(([w]) => w > 0).map(([w, what]) => quantity(w, 'W') + what).join(' + ')],
    ['Efficiency of the laser itself', watts.efficiency_laser > watts.efficiency && percent(watts.efficiency_laser, 3)],
    ['Efficiency at the plug', percent(watts.efficiency, 3)],
    ['Laser modules', modules && `${number(modules.share)}, of ${number(modules.fibres)} fibres and ${quantity(modules.power_w, 'W')} each`],
    ['Their maker states', modules?.stated_power_w > 0 && quantity(modules.stated_power_w, 'W')],
    ['Fibres', fibres && `${number(fibres.signal)}${fibres.laser ? ` and ${number(fibres.laser)} from lasers` : ''}`],
    ['Edge that they take', isNumber(fibres?.edge) && percent(fibres.edge)],
    ['In a switch', full && `${number(full.modules)} modules, ${full.laser_modules ? `${number(full.laser_modules)} laser modules of ` : 'lasers of '}${
      quantity(full.laser_w, 'W')}, ${number(full.laser_fibres + full.signal_fibres)} fibres`],
  ].filter(([, value]) => value);
  return table('Where the light comes from', [
    { title: 'What', cell: ([name]) => name },
    { title: 'How much', cell: ([, value]) => value, wide: true },
  ], rows);
}

const failing = { laser: 'a laser', laser_fibre: 'a laser fibre', laser_module: 'a laser module', fibre: 'a signal fibre', module: 'a module' };

function failureTable({ blast_radius: rows = [], redundancy }) {
  if (!rows.length) return null;
  return [
    table('What a failure takes down', [
      { title: 'What fails', cell: (i) => failing[i.what] ?? words(i.what) },
      { title: 'Lanes', numeric: true, cell: (i) => number(i.lanes) },
      { title: 'Dark', numeric: true, cell: (i) => number(i.dark) },
      { title: 'Rate', numeric: true, cell: (i) => quantity(i.gbps * 1e9, 'b/s') },
      { title: 'Modules', numeric: true, cell: (i) => number(i.modules) },
    ], rows),
    redundancy && h('p', { class: 'intro' }, `${number(redundancy.needed)} of ${number(redundancy.lasers)} lasers must work; they do not in ${
      number(100 * redundancy.light_fails)}\u202f% of such groups after the service time.`),
  ];
}
