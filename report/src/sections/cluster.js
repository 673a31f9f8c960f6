import { h, section, table } from '../dom.js';
import { isNumber, nameOfKey, percent, prefixFor, quantity, unitOfKey, words } from '../format.js';
import { csv } from '../download.js';
import { figure } from '../charts/chart.js';
import { rowsChart } from '../charts/rows.js';
import { accent, soft } from '../theme.js';

export function clusterSection({ cluster }) {
  if (!cluster) return null;
  const comparison = (cluster.comparison ?? []).filter((item) => item && item.name);
  const charts = [
    comparisonChart(comparison, 'network', 'Network power', (item) => item.network_w, 'modules, switches and host ports'),
    savingsChart(cluster.savings ?? [])
      ?? comparisonChart(comparison, 'facility', 'Facility power', facility, 'IT power × PUE: the same saving, seen from the meter of the hall'),
  ].filter(Boolean);
  if (charts.length === 1) charts[0].size = 'full';
  return section('cluster', 'Cluster',
    valueTable(cluster),
    charts.length ? h('div', { class: 'grid' }, charts.map(figure)) : null,
    comparisonTable(comparison));
}

const facility = (item) => (isNumber(item.it_w) && isNumber(item.pue) ? item.it_w * item.pue : null);

function valueTable(cluster) {
  const rows = Object.entries(cluster).filter(([, item]) => item && typeof item === 'object' && 'value' in item);
  if (!rows.length) return null;
  const show = (key, value) => (isNumber(value) ? quantity(value, unitOfKey(key)) : '');
  const same = ({ value, low, high }) => low === value && high === value;
  return table('The cluster with this design', [
    { title: 'Quantity', cell: ([key]) => nameOfKey(key) },
    { title: 'Value', numeric: true, cell: ([key, item]) => show(key, item.value) || '–' },
    { title: 'Low', numeric: true, cell: ([key, item]) => (same(item) ? '' : show(key, item.low)) },
    { title: 'High', numeric: true, cell: ([key, item]) => (same(item) ? '' : show(key, item.high)) },
  ], rows);
}

/** The first entry is this design; the largest is what a saving is measured against. */
function comparisonChart(comparison, id, title, valueOf, note) {
  const items = comparison.map((item) => ({ name: item.name, value: valueOf(item) }));
  const known = items.filter((item) => isNumber(item.value));
  if (!known.length) return null;
  const most = Math.max(...known.map((item) => item.value));
  const [factor, prefix] = prefixFor(most, 'W');
  return rowsChart({
    id: `cluster_${id}`,
    title,
    note,
    axis: `${title} (${prefix}W)`,
    rows: items.map(({ name, value }, i) => ({
      label: name,
      from: 0,
      to: isNumber(value) ? value / factor : null,
      text: isNumber(value) ? `${quantity(value, 'W')}${value < most ? ` · −${percent(1 - value / most, 2)}` : ''}` : '–',
      color: i === 0 ? accent : soft,
    })),
    csv: () => csv([['name'], ['network power', 'W'], ['IT power', 'W'], ['PUE']],
      comparison.map((c) => [c.name, c.network_w, c.it_w, c.pue])),
  });
}

/** One change through ever wider meters: what is large at the module is small at the hall. */
function savingsChart(savings) {
  if (!savings.length) return null;
  return rowsChart({
    id: 'cluster_savings',
    title: 'The saving, meter by meter',
    note: 'power saved against the baseline, at each boundary from the inside out',
    axis: 'Saving (%)',
    rows: savings.map((item, i) => ({
      label: words(item.boundary),
      from: 0,
      to: isNumber(item.saving) ? item.saving * 100 : null,
      text: percent(item.saving),
      hint: isNumber(item.value_w) && isNumber(item.baseline_w) ? `${quantity(item.value_w, 'W')} against ${quantity(item.baseline_w, 'W')}` : undefined,
      color: i === savings.length - 1 ? accent : soft,
    })),
    csv: () => csv([['boundary'], ['design', 'W'], ['baseline', 'W'], ['saving']],
      savings.map((s) => [s.boundary, s.value_w, s.baseline_w, s.saving])),
  });
}

function comparisonTable(comparison) {
  if (!comparison.length) return null;
  const keys = [...new Set(comparison.flatMap(Object.keys))].filter((key) => key !== 'name');
  return table('Comparison', [
    { title: 'Technology', cell: (item) => item.name },
    ...keys.map((key) => ({
      title: nameOfKey(key),
      numeric: true,
      cell: (item) => (isNumber(item[key]) ? quantity(item[key], unitOfKey(key)) : item[key]),
    })),
  ], comparison);
}
