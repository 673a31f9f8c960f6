// The report of a cluster: what it draws, how it is joined, how much it works, what it costs, and what decides.
import { section, table } from '../../dom.js';
import { number } from '../../format.js';
import { again, input } from '../input.js';
import { summary } from '../summary.js';
import { assumptions } from '../tables.js';
import { comparison } from './compare.js';
import { cost } from './cost.js';
import { crossovers } from './crossover.js';
import { fronts } from './fronts.js';
import { goodput } from './job.js';
import { reach } from './reach.js';
import { matters } from './tornado.js';
import { racks, topology } from './topology.js';
import { watts } from './watts.js';

const files = ({ files: rows = [] }) => section('files', 'Files', rows.length ? table('Files read', [
  { title: 'File', code: true, cell: (file) => file.name },
  { title: 'Bytes', numeric: true, cell: (file) => number(file.bytes) },
  { title: 'SHA-256', code: true, wide: true, cell: (file) => file.sha256 },
], rows, 'small') : null);

// The file of the cluster is the input of this report.
const asInput = (result) => ({ ...result, design: result.cluster });

export const installationSections = [summary, comparison, watts, topology, racks, fronts, crossovers, goodput, cost, matters, reach, files, assumptions,
  (result) => input(asInput(result), 'cluster'), (result) => again(asInput(result))];
