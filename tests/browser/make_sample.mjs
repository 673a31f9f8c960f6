// Writes a made-up result for the browser test. Its numbers are invented to fill every section of the report;
// they are not computed by waverack and must not be quoted.
// Usage: node make_sample.mjs <report template.html> <output.html> [result.json]
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { lanePart } from './sample_lane.mjs';
import { systemPart } from './sample_system.mjs';

export function makeSample() {
  const lane = lanePart();
  const system = systemPart();
  return {
    format: 'waverack-result', version: 1, program: { version: '0.0.0', commit: 'sample' }, seed: 1,
    title: 'sample',
    summary: 'Made-up numbers that fill every section of the report: a 3.2 Tb/s co-packaged engine of 32 lanes over 500 m of fibre. '
      + 'Nothing here was computed.',
    design: {
      lane: lane.design,
      module: { lanes: 32, rate: '106.25 Gb/s', note: 'a </script> in the data must not end the page' },
      cluster: { bandwidth_per_node: '81.92 Tb/s', fill: { value: '80 %', source: 'a launch article', kind: 'claim' } },
    },
    headline: [
      { label: 'BER before FEC', value: '4.1e-9', note: 'limit 2.4e-4', verdict: 'pass' },
      { label: 'Margin', value: '2.63 dB', note: 'extra loss until the FEC limit', verdict: 'pass' },
      { label: 'Energy, with laser', value: '5.31 pJ/bit', note: 'limit 5 pJ/bit', verdict: 'fail' },
      { label: 'Module power', value: '13.4 W', note: '3.2 Tb/s, both directions', verdict: 'info' },
      { label: 'Laser', value: '17.6 dBm', note: 'ELSFP class HP', verdict: 'info' },
      { label: 'Network power', value: '2.31 MW', note: '32 768 GPUs, −43 % against pluggables' },
      { label: 'PUE', value: '1.16', note: 'liquid cooling', verdict: 'info' },
      { label: 'Latency', value: '128 ns', note: 'FEC included, fibre excluded' },
    ],
    operating_point: { found: [{ path: 'lane.chain.linear_driver.gain', before: '12 dB', after: '13.2 dB' },
      { path: 'lane.chain.host_transmitter.taps', before: [0, 1, 0], after: [-0.05, 0.9, -0.05] }], ber_before: 3e-8, ber_after: 4.1e-9, solves: 81, converged: true },
    lanes: [lane.lane],
    ...system,
    series: lane.series,
  };
}

/** Puts a result into the page the way the program does. */
export function fill(template, result) {
  const text = JSON.stringify(result).replace(/</g, '\\u003c');
  return template.replace('/*WAVERACK_RESULT*/', () => text);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [template, output, json] = process.argv.slice(2);
  const result = makeSample();
  writeFileSync(output, fill(readFileSync(template, 'utf8'), result));
  if (json) writeFileSync(json, JSON.stringify(result));
}
