// Curves over one abscissa: columns[0] is x, the others are drawn. With x_scale "text" the abscissa is a row of names, and
// marks stand above them without a line. A column may have a colour of its own, and be drawn as points, of a size of their own.
import { csv } from '../download.js';
import { isNumber, quantity, unitText } from '../format.js';
import { accent, bad, dashes, lines, text, tooltip } from '../theme.js';
import { axisName, nameAxis, niceStep, scaleOf, valueAxis } from './axes.js';

const escape = (words) => String(words).replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);

/** Curves that share a unit share an axis; a second unit gets the axis on the right. */
function axesOf(columns, common) {
  const units = [...new Set(columns.map((c) => c.unit ?? '1'))].slice(0, 2);
  return units.map((unit) => {
    const members = columns.filter((c) => (c.unit ?? '1') === unit);
    const scale = scaleOf(members.flatMap((c) => c.values), unit);
    const name = members.length === 1 ? axisName(members[0].name, scale.unit) : axisName(common ?? (unit === 'dB' ? 'level' : ''), scale.unit);
    return { unit, scale, name };
  });
}

function markLine(marks, scales) {
  if (!marks?.length) return undefined;
  return {
    silent: true,
    symbol: 'none',
    // The default rounds a position to two decimals, which would send a BER to zero.
    precision: 20,
    lineStyle: { color: bad, width: 1.2, type: [5, 3] },
    label: { ...text, fontSize: 11, color: bad, formatter: '{b}', textBorderColor: '#fff', textBorderWidth: 3 },
    data: marks.map(({ axis, value, label }) => ({
      name: label ?? '',
      [axis === 'x' ? 'xAxis' : 'yAxis']: value / scales[axis === 'x' ? 'x' : 'y'].factor,
      label: axis === 'x' ? { position: 'end', rotate: 0, distance: 3 } : { position: 'insideEndTop' },
    })),
  };
}

// A logarithmic axis runs over whole decades; curves fall towards 1e-300, readers do not.
function decadesOf(columns, scale) {
  const values = columns.flatMap((column) => column.values).filter((value) => value > 0).map((value) => value / scale.factor);
  const low = Math.floor(Math.log10(Math.max(values.reduce((a, b) => Math.min(a, b), Infinity), 1e-30)) + 1e-9);
  const high = Math.ceil(Math.log10(values.reduce((a, b) => Math.max(a, b), 0)) - 1e-9);
  return high > low ? { min: 10 ** low, max: 10 ** high, interval: Math.ceil((high - low) / 7) } : { min: 10 ** low };
}

function multiples(min, max, step) {
  const out = [];
  for (let k = Math.ceil(min / step - 1e-6); k * step <= max + 1e-6 * step; k += 1) out.push(Number((k * step).toPrecision(12)));
  return out;
}

function decades(min, max) {
  const leading = max / min < 1000 ? [1, 2, 5] : [1];
  const out = [];
  for (let p = Math.floor(Math.log10(min)); 10 ** p <= max; p += 1) {
    out.push(...leading.map((m) => Number((m * 10 ** p).toPrecision(12))).filter((v) => v >= min * 0.999 && v <= max * 1.001));
  }
  return out;
}

/** The axis ends where the data end; labels stand at round numbers only. */
function limits(values, log, width) {
  const min = values.reduce((a, b) => Math.min(a, b), Infinity);
  const max = values.reduce((a, b) => Math.max(a, b), -Infinity);
  if (!(max > min)) return {};
  const customValues = log ? decades(min, max) : multiples(min, max, niceStep(max - min, width < 450 ? 5 : 8));
  const { axisLabel, axisTick } = valueAxis('', { log });
  return { min, max, axisLabel: { ...axisLabel, customValues }, axisTick: { ...axisTick, customValues } };
}

export function lineChart(series, { size = 'half', note = series.note } = {}) {
  const [x, ...ys] = series.columns;
  const logX = series.x_scale === 'log';
  const logY = series.y_scale === 'log';
  const named = series.x_scale === 'text';
  const sx = named ? { factor: 1, unit: '' } : scaleOf(x.values, x.unit);
  const axes = axesOf(ys, series.y_name);
  const axisOf = (column) => Math.max(axes.findIndex((a) => a.unit === (column.unit ?? '1')), 0);
  const points = (column) => {
    const { factor } = axes[axisOf(column)].scale;
    return x.values.map((value, i) => {
      const y = column.values[i];
      return [named ? i : value / sx.factor, isNumber(y) && !(logY && y <= 0) ? y / factor : null];
    }).filter(([at]) => isNumber(at) && !(logX && at <= 0));
  };
  const colorOf = (column, i) => column.color ?? lines[i % lines.length];
  const dashOf = (column, i) => (column.points ? 'dotted' : column.color ? 'solid' : dashes[i % dashes.length]);
  const legend = ys.length > 1
    ? ys.map((c, i) => ({ name: c.name.replace(/_/g, ' '), color: colorOf(c, i), dash: dashOf(c, i) })) : null;
  const first = sx.factor === 1 ? x.values : x.values.map((v) => v / sx.factor);
  const ends = first.filter((v) => isNumber(v) && !(logX && v <= 0));
  return {
    id: series.id,
    title: series.title,
    note,
    legend,
    size,
    alt: `${series.title}: ${ys.map((c) => c.name).join(', ')} over ${x.name}`,
    height: (width) => (width < 340 ? 225 : 275),
    option: (width) => ({
      grid: { left: 62, right: axes.length > 1 ? 60 : 16, top: series.marks?.some((m) => m.axis === 'x') ? 24 : 12, bottom: 42 },
      tooltip: {
        ...tooltip,
        trigger: 'axis',
        axisPointer: { type: 'line', lineStyle: { color: accent, width: 1 } },
        formatter: (items) => {
          const at = named ? escape(items[0].axisValue) : quantity(items[0].axisValue * sx.factor, x.unit, 4);
          const head = `${escape(x.name)} ${at}`;
          return [head, ...items.filter((item) => item.value[1] !== null).map((item) => {
            const column = ys[item.seriesIndex];
            const value = item.value[1] * axes[axisOf(column)].scale.factor;
            return `<span style="color:${item.color}">■</span> ${escape(column.name.replace(/_/g, ' '))} <b>${quantity(value, column.unit, 4)}</b>`;
          })].join('<br>');
        },
      },
      xAxis: named ? nameAxis(axisName(x.name, ''), x.values)
        : valueAxis(axisName(x.name, sx.unit), { log: logX, nameGap: 26, grid: false, ...limits(ends, logX, width) }),
      yAxis: axes.map((axis, i) => valueAxis(axis.name, {
        log: logY, nameGap: 44, grid: i === 0, scale: true,
        ...(logY ? decadesOf(ys, axis.scale) : {}),
      })),
      series: ys.map((column, i) => ({
        type: 'line',
        name: column.name,
        yAxisIndex: axisOf(column),
        data: points(column),
        showSymbol: named || Boolean(series.symbols || column.points),
        symbol: 'circle',
        symbolSize: named ? 9 : column.points ? column.size ?? 3.5 : 5,
        sampling: x.values.length > 4000 ? 'minmax' : undefined,
        step: series.step ? 'middle' : undefined,
        lineStyle: { width: named || column.points ? 0 : 1.8, color: colorOf(column, i), type: dashOf(column, i) },
        itemStyle: { color: colorOf(column, i), opacity: column.points && !column.size ? 0.55 : 1 },
        markLine: i === 0 ? markLine(series.marks, { x: sx, y: axes[0].scale }) : undefined,
      })),
    }),
    csv: () => csv(series.columns.map((c) => [c.name, unitText(c.unit)]),
      x.values.map((_, i) => series.columns.map((c) => c.values[i]))),
  };
}
