// The report of forward error correction: its measures as a table, the waterfall and the wrong symbols of codewords.
import { section } from '../dom.js';
import { lineChart } from '../charts/line.js';
import { measures } from './channel.js';
import { grid } from './charts.js';
import { again } from './input.js';

const curves = ({ series = [] }) => section('curves', 'Curves', grid(series.map((s) => lineChart({ ...s, y_name: 'Ratio' }))));

export const fecSections = [measures, curves, again];
