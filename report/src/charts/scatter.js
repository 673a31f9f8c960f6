// Points over two quantities, in the colour of a third.
import { csv } from '../download.js';
import { accent, text, tooltip } from '../theme.js';
import { niceStep, scaleOf, valueAxis } from './axes.js';
import { css, palette } from './palette.js';

const ramp = palette([[0, 86, 168, 207], [0.5, 132, 87, 168], [1, 181, 58, 90]]);

/** Round ends around the points, so that none lies on the frame. */
function room(values, parts) {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const step = niceStep(high > low ? high - low : Math.abs(high) * 0.1 || 1, parts);
  const [min, max] = [Math.floor(low / step - 0.2) * step, Math.ceil(high / step + 0.2) * step];
  return { min: low >= 0 ? Math.max(min, 0) : min, max, interval: step };
}

function scaling(axis, values) {
  if (!axis.scale) return scaleOf(values, axis.unit);
  const [factor, unit] = axis.scale(Math.max(...values.map(Math.abs)));
  return { factor, unit };
}

/**
 * points: [{x, y, colour?, lines: [words, …]}]; x, y, colour: {name, unit, show}, and of axes that are not SI units `scale`, from
 * the largest value to [factor, unit]. `colour` of the chart may be left out. A mouse over a point shows its values and its lines.
 */
export function scatterChart({ id, title, note, size = 'half', points, x, y, colour, table }) {
  const all = colour ? points.map((p) => p.colour) : [];
  const [least, most] = [Math.min(...all), Math.max(...all)];
  const share = (value) => (most > least ? (value - least) / (most - least) : 0);
  const colorOf = (point) => (colour ? css(ramp(share(point.colour))) : accent);
  const [sx, sy] = [scaling(x, points.map((p) => p.x)), scaling(y, points.map((p) => p.y))];
  const named = (axis, scale) => (scale.unit ? `${axis.name} (${scale.unit})` : axis.name);
  const legend = !colour ? null : most > least
    ? [[0, least], [0.5, (least + most) / 2], [1, most]].map(([t, value]) => ({ name: `${colour.show(value)} ${colour.name}`, color: css(ramp(t)) }))
    : [{ name: `${colour.show(least)} ${colour.name}`, color: css(ramp(0)) }];
  return {
    id,
    title,
    note,
    size,
    legend,
    alt: `${title}: ${points.length} points of ${y.name} over ${x.name}`,
    csv: () => csv(...table()),
    height: (width) => (width < 340 ? 225 : 275),
    option: (width) => ({
      grid: { left: 66, right: 16, top: 12, bottom: 42 },
      tooltip: { ...tooltip, trigger: 'item', extraCssText: 'max-width:340px;white-space:normal', formatter: ({ dataIndex }) => words(points[dataIndex], { x, y, colour }) },
      xAxis: valueAxis(named(x, sx), { nameGap: 26, grid: false, ...room(points.map((p) => p.x / sx.factor), width < 450 ? 4 : 7) }),
      yAxis: valueAxis(named(y, sy), { nameGap: 48, ...room(points.map((p) => p.y / sy.factor), 5) }),
      series: [{
        type: 'line',
        symbol: 'circle',
        symbolSize: 11,
        showAllSymbol: true,
        lineStyle: { width: 0 },
        data: points.map((p) => ({ value: [p.x / sx.factor, p.y / sy.factor], itemStyle: { color: colorOf(p), borderColor: '#fff', borderWidth: 0.5, opacity: 1 } })),
      }],
    }),
  };
}

function words(point, { x, y, colour }) {
  const box = document.createElement('div');
  const line = (content, strong) => {
    const part = document.createElement(strong ? 'b' : 'div');
    part.textContent = content;
    part.style.color = text.color;
    box.append(part);
  };
  line([x.show(point.x), y.show(point.y), colour ? `${colour.show(point.colour)} ${colour.name}` : ''].filter(Boolean).join(', '), true);
  (point.lines ?? []).forEach((content) => line(content));
  return box;
}
