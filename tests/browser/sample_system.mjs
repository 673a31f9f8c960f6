// Module, cluster, claims, checks and assumptions of the made-up result.

function modulePart() {
  const item = ([name, place, count, unit_w, kind, source]) => ({ name, place, count, unit_w, total_w: count * unit_w, kind, source });
  const items = [
    ['driver', 'module', 32, 0.145, 'datasheet', 'an invented data sheet, table 3'], ['tia', 'module', 32, 0.118, 'datasheet', 'an invented data sheet, table 5'],
    ['modulator heater', 'module', 32, 0.012, 'assumed', 'typical of depletion modulators'], ['controller', 'module', 1, 1.1, 'assumed', 'one small microcontroller'],
    ['voltage regulators', 'module', 1, 1.3, 'derived', '90 % efficient'], ['external laser', 'laser', 8, 0.56, 'datasheet', '12 % wall-plug efficiency'],
    ['laser cooler', 'laser', 1, 0.9, 'assumed', ''], ['host serdes', 'host', 32, 0.29, 'assumed', 'long-reach class in 3 nm'],
    ['pumps and fans', 'cooling', 1, 1.5, 'derived', 'PUE − 1'],
  ].map(item);
  const sum = (...places) => items.filter((i) => places.includes(i.place)).reduce((s, i) => s + i.total_w, 0);
  const power = { module: sum('module'), with_laser: sum('module', 'laser'), with_host: sum('module', 'laser', 'host'),
    with_cooling: sum('module', 'laser', 'host', 'cooling') };
  const energy = Object.fromEntries(Object.entries(power).map(([key, watts]) => [key, (watts / 3.2e12) * 1e12]));
  const stages = [['laser', 0], ['laser connector', 0.5], ['splitter 1:4', 6.4], ['coupling into the engine', 1.2], ['modulator insertion loss', 5.1],
    ['modulation', 2.2], ['coupling out of the engine', 1.2], ['transmit connector', 0.3], ['fibre, 500 m', 0.2], ['receive connector', 0.3],
    ['coupling into the receiver', 1.0], ['margin', 2.6]];
  let level = 17.6;
  const ladder = stages.map(([name, loss_db]) => ({ name, loss_db, power_dbm_after: (level -= loss_db) }));
  const laser = { lasers: 8, lanes_per_laser: 4, power_dbm: 17.6, power_needed_dbm: 15.4, margin_db: 2.2, wall_plug_w: 5.38, elsfp_class: 'HP', ladder,
    watts_of_one: { laser_w: 0.36, cooler_w: 0.15, control_w: 0.16, efficiency_laser: 0.16, efficiency: 0.086 },
    end_of_life: { allowances: [{ name: 'laser ageing', loss_db: 1 }, { name: 'worst of 32 lanes', loss_db: 1.71 }], total_db: 2.71, power_needed_dbm: 17.1,
      margin_db: 0.49, elsfp_class: 'VHP' },
    laser_modules: { fibres: 8, wavelengths: 1, spares: 1, lanes: 32, share: 1, power_w: 5.38, stated_power_w: 6 },
    blast_radius: [{ what: 'laser', lanes: 4, dark: 0, gbps: 0, modules: 0 }, { what: 'laser_module', lanes: 32, dark: 32, gbps: 3200, modules: 1 }],
    redundancy: { lasers: 9, needed: 8, laser_fails: 8.8e-4, light_fails: 2.8e-5, failures: 7.9e-3 },
    fibres: { laser: 8, signal: 64, wavelengths: 1, edge: 0.9 },
    of_switch: { tbps: 102.4, modules: 32, lasers: 256, laser_modules: 32, laser_fibres: 256, signal_fibres: 2048, laser_w: 172, light_fails: 8.9e-4 } };
  const densities = [['edge', 'mm', 1.6, 160], ['footprint', 'mm²', 0.08, 8]].map(([name, per, lanes, gbps]) => ({ name, per, lanes, gbps }));
  return { mac_rate_gbps: 3200, power_w: power, energy_pj_per_bit: energy, power_items: items,
    temperatures_c: { driver: { min: 61.2, mean: 68, max: 71.5 }, tia: { min: 58, mean: 63.9, max: 66 } },
    laser, densities, heat_flux_w_per_cm2: 2.2 };
}

const clusterPart = () => ({
  gpus: { value: 32768, low: 32768, high: 32768 }, modules: { value: 98304, low: 78643, high: 98304 }, switches: { value: 640, low: 512, high: 768 },
  network_w: { value: 2.31e6, low: 2.1e6, high: 2.6e6 }, it_w: { value: 46.2e6, low: 45e6, high: 47.8e6 }, pue: { value: 1.16, low: 1.12, high: 1.19 },
  tue: { value: 1.22, low: 1.17, high: 1.26 }, cost_usd: { value: null, low: null, high: null },
  savings: [['module', 16.6, 52], ['module_with_host', 25.9, 60], ['switch', 1160, 1810], ['network', 2.31e6, 4.05e6], ['cluster', 46.2e6, 47.9e6],
    ['facility', 53.6e6, 56e6]].map(([boundary, value_w, baseline_w]) => ({ boundary, value_w, baseline_w, saving: 1 - value_w / baseline_w })),
  comparison: [
    { name: 'CPO 3.2T', network_w: 2.31e6, it_w: 46.2e6, pue: 1.16 }, { name: 'LPO 1.6T', network_w: 3.02e6, it_w: 46.9e6, pue: 1.17 },
    { name: 'DSP 800G DR8', network_w: 4.05e6, it_w: 47.9e6, pue: 1.17 },
  ],
});

export function systemPart() {
  const claim = (id, words, computed, low, high, unit, boundary, verdict, hinges_on) => ({ id, claim: words, computed, low, high, unit, boundary,
    verdict, hinges_on, command: `waverack claims ${id}` });
  return {
    module: modulePart(),
    cluster: clusterPart(),
    claims: [
      { ...claim('C2', '5 pJ/bit, about 70 % below pluggables', 5.31, 4.6, 6.2, 'pJ/bit', 'with_laser', 'conditional', 'which pluggable is the baseline'),
        cases: [{ baseline: '800G DSP', computed: 5.31, inside: true }, { baseline: '1.6T LPO', computed: 7.1, inside: false }] },
      claim('C3', 'channel density 4–8 times that of modules', 5.2, 4, null, '1', 'module', 'reproduced', 'fibre pitch'),
      claim('C5', 'cluster PUE 1.25 → 1.12', 1.16, 1.12, 1.19, '1', 'facility', 'refuted', 'liquid cooling, not CPO'),
      claim('C6', 'compute density per rack + 40 %', null, null, null, '%', 'rack', 'pending', 'rack solver'),
      claim('C1', '“world first”', null, null, null, '', '', 'outside_scope', 'no model can judge priority'),
    ],
    checks: [
      { name: 'lane.ber_pre_fec', value: 4.1e-9, limit: 2.4e-4, margin: 47.7, unit: '1', source: 'IEEE 802.3 clause 91', verdict: 'pass' },
      { name: 'TDECQ at TP2', value: 1.83, limit: 3.4, margin: 1.57, unit: 'dB', source: 'IEEE 802.3 clause 124', verdict: 'pass' },
      { name: 'module.energy_pj_per_bit.with_laser', value: 5.31, limit: 5, margin: -0.31, unit: 'pJ/bit', source: 'limits of this design', verdict: 'fail' },
    ],
    assumptions: [
      { path: 'lane.chain.tia.noise', value: '16 pA/sqrt(Hz)', kind: 'assumed', source: 'typical of SiGe at this bandwidth', where: 'card' },
      { path: 'lane.chain.mach_zehnder.excess_loss', value: '1.5 dB', kind: 'assumed', source: 'room for process spread', where: 'default' },
      { path: 'module.laser.wall_plug_efficiency', value: '12 %', kind: 'claim', source: 'a maker’s announcement', where: 'card' },
      { path: 'cluster.fill', value: '80 %', kind: 'claim', source: 'a launch article', where: 'design' },
    ],
    warnings: [
      { message: 'The fibre model is used 3 nm outside its stated wavelength range.', path: 'lane.chain.fibre.wavelength' },
      { message: 'A message with <b>markup</b> and </script> stays text.', path: null },
    ],
  };
}
