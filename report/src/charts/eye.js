// Eye diagrams: a density as an image between axes, like a sampling oscilloscope on white paper.
import { csv } from '../download.js';
import { unitText } from '../format.js';
import { axisName, scaleOf, valueAxis } from './axes.js';
import { palette } from './palette.js';

// Dark where the signal is often.
const colour = palette([[0, 255, 240, 200, 0], [0.04, 254, 226, 150, 150], [0.2, 252, 178, 92, 245], [0.4, 240, 112, 74, 255],
  [0.6, 200, 52, 98, 255], [0.8, 124, 27, 110, 255], [1, 38, 10, 74, 255]]);

const map = new Uint8ClampedArray(Array.from({ length: 256 }, (_, i) => colour(i / 255)).flat());

function paint({ x, y, density }) {
  const canvas = document.createElement('canvas');
  canvas.width = x.count;
  canvas.height = y.count;
  const context = canvas.getContext('2d');
  const image = context.createImageData(x.count, y.count);
  // A few very dense cells (crossing points, flat tops) must not wash out the rest.
  const filled = density.filter((d) => d > 0).sort((a, b) => a - b);
  const full = filled[Math.floor(filled.length * 0.995)] ?? 1;
  const contrast = 24;
  for (let row = 0; row < y.count; row += 1) {
    for (let column = 0; column < x.count; column += 1) {
      const d = density[row * x.count + column];
      if (!(d > 0)) continue;
      const t = Math.min(Math.log1p((contrast * d) / full) / Math.log1p(contrast), 1);
      const from = 4 * Math.round(t * 255);
      // Row 0 is the lowest amplitude, the image's first row the highest.
      image.data.set(map.subarray(from, from + 4), 4 * ((y.count - 1 - row) * x.count + column));
    }
  }
  context.putImageData(image, 0, 0);
  return canvas;
}

export function eyeChart(series, note) {
  const { x, y } = series;
  const picture = paint(series);
  const end = (axis) => axis.start + axis.step * axis.count;
  const sx = scaleOf([x.start, end(x)], x.unit);
  const sy = scaleOf([y.start, end(y)], y.unit);
  const box = [x.start / sx.factor, end(x) / sx.factor, y.start / sy.factor, end(y) / sy.factor];
  return {
    id: series.id,
    title: series.title,
    note,
    size: 'eye',
    alt: `${series.title}: eye diagram, ${x.name} from ${box[0].toPrecision(3)} to ${box[1].toPrecision(3)} ${sx.unit}, `
      + `${y.name} from ${box[2].toPrecision(3)} to ${box[3].toPrecision(3)} ${sy.unit}`,
    height: (width) => Math.min(Math.max(width * 0.72, 230), 360),
    option: () => ({
      grid: { left: 58, right: 10, top: 8, bottom: 40 },
      xAxis: valueAxis(axisName(x.name, sx.unit), { min: box[0], max: box[1], nameGap: 24 }),
      yAxis: valueAxis(axisName(y.name, sy.unit), { min: box[2], max: box[3], nameGap: 40,
        axisLabel: { ...valueAxis('').axisLabel, showMinLabel: false, showMaxLabel: false } }),
      series: [{
        type: 'custom',
        silent: true,
        clip: true,
        encode: { x: [0, 1], y: [2, 3] },
        data: [box],
        renderItem: (_, api) => {
          const [left, top] = api.coord([box[0], box[3]]);
          const [right, bottom] = api.coord([box[1], box[2]]);
          return { type: 'image', style: { image: picture, x: left, y: top, width: right - left, height: bottom - top } };
        },
      }],
    }),
    csv: () => csv([[x.name, unitText(x.unit)], [y.name, unitText(y.unit)], ['density', '']],
      series.density.map((d, i) => [
        x.start + x.step * ((i % x.count) + 0.5),
        y.start + y.step * (Math.floor(i / x.count) + 0.5),
        d,
      ])),
  };
}
