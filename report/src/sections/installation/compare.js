// The scenarios beside one another, and one change as each meter sees it.
import { h, section, table } from '../../dom.js';
import { isNumber, percent, quantity, words } from '../../format.js';
import { csv } from '../../download.js';
import { figure } from '../../charts/chart.js';
import { rowsChart } from '../../charts/rows.js';
import { accent, soft } from '../../theme.js';
import { bandCell, withBand } from './common.js';

const meters = { module: 'one end of a link', module_with_host: 'with the SerDes of its host', switch: 'a switch with the optics at it', network: 'all networks',
  cluster: 'all IT', cluster_cooled_alike: 'all IT, its boxes cooled as those of the first scenario', facility: 'the meter of the hall',
  facility_cooled_alike: 'the meter of the hall, cooled as that of the first scenario' };

// What is saved with the cooling of the first scenario says nothing more where the cooling is the same.
const told = (savings) => savings.filter(({ boundary, saving }) => {
  const whole = boundary.endsWith('_cooled_alike') && savings.find((s) => s.boundary === boundary.replace('_cooled_alike', ''));
  return !whole || Math.abs(whole.saving - saving) > 1e-9;
});

function savedChart(scenario, base, size) {
  return rowsChart({
    id: `cluster.saved.${scenario.name}`,
    title: `${scenario.name} against ${base.name}, meter by meter`,
    note: 'power saved, from the module outwards: the same change, ever more of what it does not touch; cooled alike: what is left of it with the cooling of the first scenario',
    axis: 'Saving (%)',
    size,
    rows: told(scenario.savings).map((saving) => {
      const band = isNumber(saving.low) && { value: saving.saving, low: saving.low, high: saving.high };
      return {
        label: words(saving.boundary),
        from: 0,
        to: 100 * saving.saving,
        text: band ? withBand('', band, (v) => percent(v)) : percent(saving.saving),
        hint: `${meters[saving.boundary]}: ${quantity(saving.value_w, 'W')} against ${quantity(saving.baseline_w, 'W')}`,
        color: saving.boundary === 'facility' ? accent : soft,
      };
    }),
    csv: () => csv([['boundary'], [scenario.name, 'W'], [base.name, 'W'], ['saving'], ['low'], ['high']],
      scenario.savings.map((s) => [s.boundary, s.value_w, s.baseline_w, s.saving, s.low, s.high])),
  });
}

export function comparison({ scenarios, quantities, samples }) {
  const [base, ...others] = scenarios;
  const charts = others.map((scenario) => savedChart(scenario, base, others.length % 2 && scenario === others.at(-1) ? 'full' : 'half'));
  return section('scenarios', scenarios.length > 1 ? 'The scenarios compared' : 'The cluster in numbers',
    h('p', { class: 'intro' }, samples > 0
      ? `In grey: the range that holds nine in ten of ${samples} draws of all uncertain inputs. The value above it has every input at its stated value, and need not lie in the middle.`
      : 'Every input at its stated value; bands need samples.'),
    table(scenarios.length > 1 ? 'The same cluster, built in different ways' : 'The cluster', [
      { title: 'Quantity', cell: ({ label }) => label },
      ...scenarios.map((scenario) => ({ title: scenario.name, numeric: true, cell: ({ key }) => bandCell(key, scenario.cluster[key]) })),
    ], quantities.filter(({ key }) => scenarios.some((s) => isNumber(s.cluster[key]?.value))), 'small'),
    charts.length ? h('div', { class: 'grid' }, charts.map(figure)) : null);
}
