// The report of a channel: its measures as a table, its charts, the files and what is to be said of them.
import { h, section, table } from '../dom.js';
import { responses } from './charts.js';
import { files } from './files.js';
import { again } from './input.js';

export const measures = ({ rows = [] }) => section('measures', 'Measures', rows.length ? table('What was found', [
  { title: 'Measure', cell: (row) => row.name },
  { title: 'Value', numeric: true, cell: (row) => row.text },
  { title: 'Note', wide: true, cell: (row) => row.note },
], rows) : null);

export const remarks = ({ remarks: texts = [] }) => section('remarks', 'Remarks', texts.length ? h('ul', {}, texts.map((text) => h('li', {}, `${text}.`))) : null);

export const channelSections = [measures, responses, remarks, files, again];
