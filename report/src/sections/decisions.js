// The decision values that the waveform solver counted, over the densities that the semi-analytic solver expects.
import { h, section } from '../dom.js';
import { number, words } from '../format.js';
import { lineChart } from '../charts/line.js';
import { lines } from '../theme.js';
import { grid } from './charts.js';

export function decisions(result) {
  const specs = (result.lanes ?? []).flatMap((lane) => {
    const segments = lane.segments ?? [];
    return segments.flatMap((segment, s) => (segment.counted?.decision_values?.levels?.length
      ? [chart(segment, segments.length > 1 ? s + 1 : 0)] : []));
  });
  if (!specs.length) return null;
  return section('decisions', 'Decisions',
    h('p', { class: 'intro' }, 'Values at the decision, by the symbol that was sent. Points are what the waveform solver counted, lines the densities that the semi-analytic solver '
      + 'computes for the same equaliser. Beyond the dashed thresholds a symbol is wrong.'),
    grid(specs));
}

function chart(segment, place) {
  const { counted } = segment;
  const { start, step, thresholds, levels } = counted.decision_values;
  const bins = levels[0].counts.length;
  // Where neither solver has anything to show, the axis ends.
  const least = 0.5 / (Math.max(counted.symbols, 1) * step);
  const shown = [...Array(bins).keys()].filter((i) => levels.some((level) => level.counts[i] > 0 || level.expected_density[i] > least));
  const [first, last] = [shown[0] ?? 0, (shown.at(-1) ?? 0) + 1];
  const columns = levels.flatMap((level, l) => {
    const total = level.counts.reduce((sum, count) => sum + count, 0);
    // The outermost bins hold everything beyond them, so they are no densities.
    const density = (count, i) => (i === 0 || i === bins - 1 || count === 0 ? null : count / (total * step));
    const color = lines[l % lines.length];
    return [
      { name: `level ${l}, counted`, unit: '1', values: level.counts.map(density).slice(first, last), color, points: true },
      { name: `level ${l}, expected`, unit: '1', values: level.expected_density.map((value) => (value > least ? value : null)).slice(first, last), color },
    ];
  });
  return lineChart({
    id: place ? `decisions.${place}` : 'decisions',
    title: place ? `Decision values, ${words(segment.name)}` : 'Decision values',
    note: `${number(counted.symbols)} symbols`,
    y_scale: 'log',
    y_name: 'Probability density',
    columns: [{ name: 'decision value', unit: '1', values: shown.length ? [...Array(last - first).keys()].map((i) => start + step * (first + i + 0.5)) : [] }, ...columns],
    marks: thresholds.map((value) => ({ axis: 'x', value })),
  }, { size: 'full' });
}
