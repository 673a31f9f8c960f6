// Received symbols of one polarisation as a cloud, with the same scale on both axes.
import { csv } from '../download.js';
import { accent } from '../theme.js';
import { valueAxis } from './axes.js';

const sides = { left: 52, right: 14, top: 10, bottom: 42 };

export function constellationChart(series, note) {
  const [inPhase, quadrature] = series.columns;
  const reach = 1.15 * Math.max(1, ...inPhase.values.map(Math.abs), ...quadrature.values.map(Math.abs));
  const height = (width) => Math.min(380, Math.max(240, width * 0.72));
  return {
    id: series.id,
    title: series.title,
    note,
    alt: `${series.title}: ${inPhase.values.length} symbols in the plane of in-phase and quadrature`,
    height,
    option: (width) => {
      const across = (width - sides.left - sides.right) / (height(width) - sides.top - sides.bottom);
      const axis = (name, end, gap) => ({ ...valueAxis(name, { nameGap: gap, grid: true }), min: -end, max: end,
        axisLabel: { ...valueAxis('', {}).axisLabel, customValues: [-1, -0.5, 0, 0.5, 1] }, splitNumber: 4 });
      return {
        grid: sides,
        xAxis: axis('in-phase', reach * across, 26),
        yAxis: axis('quadrature', reach, 36),
        series: [{
          type: 'line',
          data: inPhase.values.map((value, i) => [value, quadrature.values[i]]),
          showSymbol: true,
          symbol: 'circle',
          symbolSize: 2.2,
          lineStyle: { width: 0 },
          itemStyle: { color: accent, opacity: 0.35 },
          silent: true,
        }],
      };
    },
    csv: () => csv(series.columns.map((c) => [c.name]), inPhase.values.map((value, i) => [value, quadrature.values[i]])),
  };
}
