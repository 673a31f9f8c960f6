// The input tree as TOML text: what the report shows can be saved and run again.

const bare = /^[A-Za-z0-9_-]+$/;
const key = (name) => (bare.test(name) ? name : JSON.stringify(name));
const isTable = (v) => typeof v === 'object' && v !== null && !Array.isArray(v);
// A value with its parentage stays on one line.
const isInline = (v) => isTable(v) && 'value' in v;
const isTableArray = (v) => Array.isArray(v) && v.length > 0 && v.every((item) => isTable(item) && !isInline(item));

function scalar(value) {
  if (Array.isArray(value)) return `[${value.map(scalar).join(', ')}]`;
  if (isTable(value)) {
    return `{ ${Object.entries(value).filter(([, v]) => v !== null).map(([k, v]) => `${key(k)} = ${scalar(v)}`).join(', ')} }`;
  }
  return JSON.stringify(value);
}

export function toToml(tree, path = []) {
  const out = [];
  const entries = Object.entries(tree).filter(([, value]) => value !== null && value !== undefined);
  for (const [name, value] of entries) {
    if (!isTableArray(value) && (!isTable(value) || isInline(value))) out.push(`${key(name)} = ${scalar(value)}`);
  }
  for (const [name, value] of entries) {
    const here = [...path, key(name)];
    if (isTableArray(value)) {
      for (const item of value) out.push('', `[[${here.join('.')}]]`, toToml(item, here).trimEnd());
    } else if (isTable(value) && !isInline(value)) {
      out.push('', `[${here.join('.')}]`, toToml(value, here).trimEnd());
    }
  }
  return `${out.join('\n').trim()}\n`;
}
