// Colours for quantities: every palette is monotonic in brightness, so that it also prints in grey.

/** stops: [[0, r, g, b, a?], …, [1, r, g, b, a?]]; a function from 0 … 1 to [r, g, b, a]. */
export function palette(stops) {
  return (t) => {
    const upper = Math.max(stops.findIndex(([at]) => at >= t), 1);
    const [a, b] = [stops[upper - 1], stops[upper]];
    const w = (t - a[0]) / (b[0] - a[0]);
    return [1, 2, 3, 4].map((c) => Math.round((a[c] ?? 255) + w * ((b[c] ?? 255) - (a[c] ?? 255))));
  };
}

export const css = ([r, g, b]) => `rgb(${r},${g},${b})`;

/** The bar beside a chart that tells what the colours of 0 … 1 mean: `words(t)` at five places, or at one. */
export function colourBar({ x, y, width, height }, colour, words, { ink, quiet, family, one = false }) {
  const left = x + width + 14;
  const children = [];
  const parts = 60;
  for (let k = 0; k < parts; k += 1) {
    const bottom = Math.round(y + height * (1 - k / parts));
    const top = Math.round(y + height * (1 - (k + 1) / parts));
    children.push({ type: 'rect', shape: { x: left, y: top, width: 10, height: bottom - top }, style: { fill: css(colour((k + 0.5) / parts)) } });
  }
  for (const t of one ? [0.5] : [0, 0.25, 0.5, 0.75, 1]) {
    const end = t === 0 || t === 1;
    children.push({ type: 'text', x: left + 15, y: y + height * (1 - t),
      style: { text: words(t), fill: end ? ink : quiet, font: `10.5px ${family}`, verticalAlign: t === 0 ? 'bottom' : t === 1 ? 'top' : 'middle' } });
  }
  return { type: 'group', children };
}
