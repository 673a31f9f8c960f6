// Numbers that were found instead of given.
import { h, section, table } from '../dom.js';
import { number } from '../format.js';

const shown = (value) => (Array.isArray(value) ? value.join(', ') : String(value));

export function operatingPoint({ operating_point: point }) {
  if (!point) return null;
  const { tecq } = point;
  return section('operating-point', 'Operating point',
    h('p', { class: 'intro' }, `Found for ${tecq ? `the least TECQ at ${tecq.test_point}` : 'the lowest error ratio'} in ${point.solves} solves, with the rest of the design as it is: `
      + (tecq ? `TECQ ${number(tecq.before_db)} dB before, ${number(tecq.after_db)} dB after; ` : '') + `BER ${number(point.ber_before)} before, `
      + `${number(point.ber_after)} after.${point.converged ? '' : ' The search ended before it had settled.'}`),
    table('What was found', [
      { title: 'Number', code: true, cell: (row) => row.path },
      { title: 'In the design', numeric: true, cell: (row) => shown(row.before) },
      { title: 'Found', numeric: true, cell: (row) => shown(row.after) },
    ], point.found));
}
