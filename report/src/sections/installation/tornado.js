// Which uncertain inputs matter most to an answer.
import { h, section } from '../../dom.js';
import { isNumber, moneyScale, percent, prefixFor } from '../../format.js';
import { csv } from '../../download.js';
import { figure } from '../../charts/chart.js';
import { rowsChart } from '../../charts/rows.js';
import { accent, soft } from '../../theme.js';
import { inputName, perScenario, shown } from './common.js';

const most = 8;

/** How one number is drawn: [factor of the axis, its unit, words]. */
function scaleOf(key, unit, values, isSaving) {
  if (isSaving) return [0.01, '%', (v) => percent(v)];
  if (key === 'goodput') return [0.01, '%', (v) => percent(v, 4)];
  const shownUnit = unit === 's' ? 'h' : unit;
  if (unit === 's') return [3600, shownUnit, (v) => shown(key, v, unit)];
  if (unit === 'USD') {
    const [factor, word] = moneyScale(Math.max(...values.map(Math.abs)));
    return [factor, word, (v) => shown(key, v, unit)];
  }
  const [factor, prefix] = prefixFor(Math.max(...values.map(Math.abs)), unit);
  return [factor, `${prefix}${unit}`, (v) => shown(key, v, unit)];
}

const share = (value) => (value < 0.001 ? '< 0.1\u202f%' : percent(value));

function tornadoChart(quantityName, of, id, item, key, swings, isSaving) {
  if (!swings?.length || !isNumber(item?.value)) return null;
  const top = swings.slice(0, most);
  const [factor, unit, show] = scaleOf(key, item.unit ?? '', top.flatMap((s) => [s.at_low, s.at_high]), isSaving);
  return rowsChart({
    id: `tornado.${id}`,
    title: `${quantityName}, ${of}`,
    note: `${show(item.value)} with every input at its value; each bar moves one input from its low to its high end; beside it, its share of the spread`,
    axis: unit ? `${quantityName} (${unit})` : quantityName,
    scale: true,
    rows: top.map((swing, i) => ({
      label: inputName(swing.input),
      from: Math.min(swing.at_low, swing.at_high) / factor,
      to: Math.max(swing.at_low, swing.at_high) / factor,
      text: isNumber(swing.variance_share) ? share(swing.variance_share) : '',
      hint: `${swing.input}: ${show(swing.at_low)} at its low end, ${show(swing.at_high)} at its high end`,
      color: i ? soft : accent,
    })),
    csv: () => csv([['input'], ['at low'], ['at high'], ['share of variance']], swings.map((s) => [s.input, s.at_low, s.at_high, s.variance_share])),
  });
}

export function matters(result) {
  const { scenarios } = result;
  if (!scenarios.some((scenario) => scenario.tornado)) return null;
  const [base] = scenarios;
  return section('matters', 'What matters most',
    h('p', { class: 'intro' }, 'An input at the top decides; one that is missing here may be wrong without harm. Shares of the spread are those of the variance over all draws, as far as it is linear in the input.'),
    perScenario(result, (scenario) => {
      const saved = scenario === base ? [] : [['Saved at the meter', 'facility_w'], ['Saved in the networks', 'network_w']];
      const charts = [
        ...[['Power at the meter', 'facility_w'], ['Power of the networks', 'network_w'], ['Goodput', 'goodput'], ['Cost over the years', 'cost_usd']]
          .map(([title, key]) => tornadoChart(title, scenario.name, key, scenario.cluster[key], key, scenario.tornado?.[key])),
        ...saved.map(([title, key]) => tornadoChart(title, `${scenario.name} against ${base.name}`, `saved.${key}`, scenario.saved?.[key], key, scenario.tornado_of_saving?.[key], true)),
      ].filter(Boolean);
      if (charts.length % 2) charts.at(-1).size = 'full';
      return h('div', { class: 'grid' }, charts.map(figure));
    }));
}
