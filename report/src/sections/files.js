// The files of a channel: what they hold, and what they are worth.
import { h, section, table } from '../dom.js';
import { isNumber, number, percent, quantity } from '../format.js';

const swap = { true: 'exchanged', false: 'in order' };

export function files({ files: rows = [], ports, why_ports: why }) {
  // One list for all files, or one for each.
  const lists = [...new Set((ports ? [ports] : rows.map((file) => file.ports_taken)).map((list) => list.join(', ')))];
  const order = lists[0]?.split(', ').length === 4 ? ' (in+, in−, out+, out−)' : ' (in, out)';
  return section('files', 'Files',
    h('p', { class: 'intro' }, `Ports ${lists.join(' and ')}${order}: ${why}.`),
    table('Files read', [
      { title: 'File', code: true, cell: (file) => file.path },
      { title: 'Path', cell: (file) => file.what },
      { title: 'Ports', numeric: true, cell: (file) => file.ports },
      { title: 'Points', numeric: true, cell: (file) => file.points },
      { title: 'Up to', numeric: true, cell: (file) => quantity(file.last_frequency_hz, 'Hz') },
    ], rows, 'small'),
    table('What the files are worth', [
      { title: 'File', code: true, cell: (file) => file.path.split('/').at(-1) },
      { title: 'Largest singular value', numeric: true, cell: ({ quality: q }) => `${q.largest_singular_value.toFixed(5)} at ${quantity(q.largest_singular_value_at_hz, 'Hz')}` },
      { title: 'Largest |Sij − Sji|', numeric: true, cell: ({ quality: q }) => asymmetry(q) },
      { title: 'Passivity', numeric: true, cell: ({ quality: q }) => percent(q.passivity_percent / 100, 4) },
      { title: 'Reciprocity', numeric: true, cell: ({ quality: q }) => percent(q.reciprocity_percent / 100, 4) },
      { title: 'Causality', numeric: true, cell: ({ quality: q }) => percent(q.causality_percent / 100, 4) },
      { title: 'Early energy', numeric: true, cell: ({ quality: q }) => (q.lines.length ? percent(Math.max(...q.lines.map((line) => line.early_energy))) : '–') },
      { title: '+ and −', cell: ({ quality: q }) => swap[q.swapped] ?? 'not told by crosstalk' },
    ], rows, 'small'),
    h('p', { class: 'intro' }, 'Passivity, reciprocity and causality as IEEE 370 counts them in the frequency domain, 100 % at best. Early energy: what comes '
      + 'before the front of the pulse that a line from end to end carries.'));
}

function asymmetry({ largest_asymmetry: value, largest_asymmetry_at_hz: at }) {
  if (!isNumber(value)) return '–';
  return value === 0 ? '0' : `${number(value)} at ${quantity(at, 'Hz')}`;
}
