// Downloads made in the page: no server, no network.
import { h } from './dom.js';

export function save(name, blob) {
  const url = URL.createObjectURL(blob);
  const link = h('a', { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

export const saveText = (name, text, type) => save(name, new Blob([text], { type: `${type};charset=utf-8` }));

const cell = (value) => {
  if (value === undefined || value === null) return '';
  const text = String(value);
  return /[",\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
};

/** header: [[name, unit]…]; the unit stands in square brackets behind the name. */
export function csv(header, rows) {
  const names = header.map(([name, unit]) => cell(unit && unit !== '1' ? `${name} [${unit}]` : name));
  return [names.join(','), ...rows.map((row) => row.map(cell).join(','))].join('\n') + '\n';
}
