// Numbers and units as people read them.

const prefixes = [[1e12, 'T'], [1e9, 'G'], [1e6, 'M'], [1e3, 'k'], [1, ''], [1e-3, 'm'], [1e-6, 'µ'],
  [1e-9, 'n'], [1e-12, 'p'], [1e-15, 'f']];
const prefixable = new Set(['W', 'V', 'A', 's', 'Hz', 'm', 'J', 'Bd', 'F', 'Ω', 'b/s', 'Wh', 'B']);
const superscripts = { '-': '⁻', 0: '⁰', 1: '¹', 2: '²', 3: '³', 4: '⁴', 5: '⁵', 6: '⁶', 7: '⁷', 8: '⁸', 9: '⁹' };

export const missing = '–';

export const isNumber = (value) => typeof value === 'number' && Number.isFinite(value);

export function unitText(unit) {
  if (unit === undefined || unit === null || unit === '1') return '';
  return String(unit).replace(/^bit\/s$/, 'b/s').replace(/\bOhm\b/i, 'Ω').replace(/\bu(?=[mAVWs]\b)/, 'µ').replace(/\bdegC\b/, '°C')
    .replace(/sqrt\(Hz\)/, '√Hz');
}

export const superscript = (n) => String(n).replace(/./g, (c) => superscripts[c] ?? c);

/** A plain number: about `digits` significant digits, powers of ten outside 1e-3 … 1e6. */
export function number(value, digits = 3) {
  if (!isNumber(value)) return missing;
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size < 1e-3 || size >= 1e6) {
    const [mantissa, exponent] = value.toExponential(Math.max(digits - 2, 0)).split('e');
    return `${minus(mantissa)} × 10${superscript(Number(exponent))}`;
  }
  if (size >= 1000) return minus(grouped(Math.round(value)));
  return minus(String(Number(value.toPrecision(digits))));
}

const grouped = (integer) => (Math.abs(integer) < 10000 ? String(integer)
  : String(integer).replace(/\B(?=(\d{3})+$)/g, '\u202f'));

const minus = (text) => text.replace('-', '−');

export const decibel = (value, unit = 'dB') => (isNumber(value)
  ? `${minus(value.toFixed(2))}\u00a0${unit}` : missing);

/** The power of 1000 that makes values up to `largest` easy to read, as [factor, prefix]. */
export function prefixFor(largest, unit) {
  if (!prefixable.has(unit) || !isNumber(largest) || largest === 0) return [1, ''];
  return prefixes.find(([factor]) => Math.abs(largest) >= factor * 0.9995) ?? prefixes.at(-1);
}

/** A quantity with its unit, in engineering units. */
export function quantity(value, unit, digits = 3) {
  if (!isNumber(value)) return missing;
  const shown = unitText(unit);
  if (/^dB/.test(shown)) return decibel(value, shown);
  const [factor, prefix] = prefixFor(value, shown);
  const full = `${prefix}${shown}`;
  if (full === '') return number(value, digits);
  return `${padded(value / factor, digits)}${full === '%' ? '\u202f%' : `\u00a0${full}`}`;
}

// Quantities keep their zeros, so that a column of them lines up: 3.50 W under 5.18 W.
function padded(value, digits) {
  const size = Math.abs(value);
  if (size >= 0.1 && size < 1) return minus(value.toFixed(2));
  // 99.97 to two digits would be 1.0e+2.
  return size >= 0.01 && size < 10 ** digits - 0.5 ? minus(value.toPrecision(digits)) : number(value, digits);
}

/** 18432 as "18 432". */
export const count = (value) => (isNumber(value) ? minus(grouped(Math.round(value))) : missing);

/** A time as people plan with it: hours and days where it is long. */
export function duration(seconds, digits = 3) {
  if (!isNumber(seconds)) return missing;
  if (seconds >= 3 * 86400) return `${padded(seconds / 86400, digits)}\u00a0d`;
  if (seconds >= 3600) return `${padded(seconds / 3600, digits)}\u00a0h`;
  return seconds >= 120 ? `${padded(seconds / 60, digits)}\u00a0min` : quantity(seconds, 's', digits);
}

/** What makes dollars up to `largest` easy to read: [factor, unit]. */
export const moneyScale = (largest) => [[1e9, 'bn USD'], [1e6, 'm USD'], [1e3, 'k USD']].find(([factor]) => Math.abs(largest) >= factor * 0.9995) ?? [1, 'USD'];

export function money(value, digits = 3) {
  if (!isNumber(value)) return missing;
  const [factor, unit] = moneyScale(value);
  return `${padded(value / factor, digits)}\u00a0${unit.replace(' ', '\u00a0')}`;
}

export const percent = (share, digits = 2) => (isNumber(share) ? `${padded(share * 100, digits)}\u202f%` : missing);

/** The unit that a key such as `latency_s` or `power_dbm` carries in its name. */
const suffixes = [['_pj_per_bit', 'pJ/bit'], ['_gbps', 'Gb/s'], ['_dbm', 'dBm'], ['_db', 'dB'], ['_usd', 'USD'],
  ['_w', 'W'], ['_s', 's'], ['_v', 'V'], ['_c', '°C'], ['_k', 'K'], ['_a', 'A'], ['_hz', 'Hz']];

export function unitOfKey(key) {
  return suffixes.find(([suffix]) => key.endsWith(suffix))?.[1] ?? '1';
}

const names = {
  oma_outer: 'OMA outer', rlm: 'R_LM', tdecq: 'TDECQ', tecq: 'TECQ', eecq: 'EECQ', ceq: 'C_eq', vec: 'VEC', veo: 'VEO',
  ber_pre_fec: 'BER before FEC', floor_ber: 'BER at unlimited received power', snr_margin: 'SNR margin',
  osnr: 'OSNR', gsnr: 'GSNR', snr_x: 'SNR, x polarisation', snr_y: 'SNR, y polarisation', evm: 'EVM', gmi: 'GMI',
  ngmi: 'NGMI', fec_mode: 'FEC mode', gpus: 'GPUs', pue: 'PUE', tue: 'TUE', it: 'IT power', network: 'Network power',
  cost: 'Cost', post_fec_ber: 'BER after FEC', ber: 'BER',
};

/** A key as words: its unit goes, underscores become spaces. */
export function nameOfKey(key) {
  const suffix = suffixes.find(([end]) => key.endsWith(end))?.[0] ?? '';
  const stem = key.slice(0, key.length - suffix.length);
  if (names[key] ?? names[stem]) return names[key] ?? names[stem];
  const words = stem.replace(/_/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const acronyms = { tia: 'TIA', adc: 'ADC', dac: 'DAC', dsp: 'DSP', fec: 'FEC', ctle: 'CTLE', ffe: 'FFE', dfe: 'DFE', cw: 'CW', rin: 'RIN',
  serdes: 'SerDes', elsfp: 'ELSFP', mcu: 'MCU', ups: 'UPS', gpu: 'GPU', lpo: 'LPO', cpo: 'CPO', aec: 'AEC', pue: 'PUE', oma: 'OMA', io: 'I/O', mach: 'Mach', zehnder: 'Zehnder' };

/** A name such as `mach_zehnder` or `tia` as words that begin a line. */
export function words(name) {
  const text = String(name ?? '').replace(/_/g, ' ').split(' ').map((word) => acronyms[word] ?? word).join(' ')
    .replace('Mach Zehnder', 'Mach–Zehnder');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export const ofKey = (key, value) => (typeof value === 'string' ? value : quantity(value, unitOfKey(key)));
