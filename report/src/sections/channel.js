// The report of a channel: its measures as a table, its charts, the files and what is to be said of them.
import { h, section, table } from '../dom.js';
import { quantity } from '../format.js';
import { responses } from './charts.js';
import { again } from './input.js';

const measures = ({ rows = [] }) => section('measures', 'Measures', rows.length ? table('Measures of the channel', [
  { title: 'Measure', cell: (row) => row.name },
  { title: 'Value', numeric: true, cell: (row) => row.text },
  { title: 'Note', wide: true, cell: (row) => row.note },
], rows) : null);

const files = ({ files: rows = [], ports = [], why_ports: why }) => section('files', 'Files',
  h('p', { class: 'intro' }, `Ports ${ports.join(', ')}${ports.length === 4 ? ' (in+, in−, out+, out−)' : ' (in, out)'}: ${why}.`),
  table('Files read', [
    { title: 'File', code: true, cell: (file) => file.path },
    { title: 'Path', cell: (file) => file.what },
    { title: 'Ports', numeric: true, cell: (file) => file.ports },
    { title: 'Points', numeric: true, cell: (file) => file.points },
    { title: 'Up to', numeric: true, cell: (file) => quantity(file.last_frequency_hz, 'Hz') },
  ], rows, 'small'));

const remarks = ({ remarks: texts = [] }) => section('remarks', 'Remarks', texts.length ? h('ul', {}, texts.map((text) => h('li', {}, `${text}.`))) : null);

export const channelSections = [measures, responses, remarks, files, again];
