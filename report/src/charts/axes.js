// Value axes in engineering units.
import { isNumber, number, prefixFor, superscript, unitText } from '../format.js';
import { axisLine, axisText, hair, text } from '../theme.js';

/** A step of 1, 2 or 5 times a power of ten that cuts `range` into about `parts`. */
export function niceStep(range, parts) {
  const rough = range / parts;
  const power10 = 10 ** Math.floor(Math.log10(rough));
  return power10 * ([1, 2, 5, 10].find((m) => m * power10 >= rough * 0.999) ?? 10);
}

/** The scale that turns stored values of one axis into shown ones: {factor, unit}. */
export function scaleOf(values, unit) {
  let largest = 0;
  for (const value of values) if (isNumber(value) && Math.abs(value) > largest) largest = Math.abs(value);
  const shown = unitText(unit);
  const [factor, prefix] = prefixFor(largest, shown);
  return { factor, unit: `${prefix}${shown}` };
}

export const axisName = (name, unit) => {
  const words = name.charAt(0).toUpperCase() + name.slice(1).replace(/_/g, ' ');
  return unit ? `${words} (${unit})`.trim().replace(/^\((.*)\)$/, '$1') : words;
};

const power = (value) => {
  const exponent = Math.log10(value);
  return Number.isInteger(Math.round(exponent * 1e6) / 1e6) && (exponent < -2 || exponent > 3)
    ? `10${superscript(Math.round(exponent))}` : number(value);
};

export function valueAxis(name, { log = false, grid = true, ...rest } = {}) {
  return {
    type: log ? 'log' : 'value',
    name,
    nameLocation: 'middle',
    nameTextStyle: { ...text, color: axisText.color },
    axisLabel: { ...axisText, hideOverlap: true, formatter: log ? power : (value) => number(value, 4) },
    axisLine: { show: true, onZero: false, lineStyle: { color: axisLine } },
    axisTick: { show: true, lineStyle: { color: axisLine } },
    splitLine: { show: grid, lineStyle: { color: hair } },
    ...rest,
  };
}

/** An axis of names, each in the middle of its place. */
export function nameAxis(name, names, rest = {}) {
  return {
    type: 'category',
    data: names.map(String),
    name,
    nameLocation: 'middle',
    nameGap: 26,
    nameTextStyle: { ...text, color: axisText.color },
    axisLabel: { ...axisText, hideOverlap: true },
    axisLine: { onZero: false, lineStyle: { color: axisLine } },
    axisTick: { show: false },
    ...rest,
  };
}
