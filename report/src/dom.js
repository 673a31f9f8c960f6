// Small helpers that build the page; text always goes in as text nodes, so data cannot become markup.

export function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name === 'onclick') element.addEventListener('click', value);
    else element.setAttribute(name, value === true ? '' : value);
  }
  append(element, children);
  return element;
}

function append(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child === undefined || child === null || child === false) continue;
    element.append(child instanceof Node ? child : String(child));
  }
}

/** "R_LM" as R with a subscript; other text unchanged. */
export function pretty(text) {
  const parts = String(text ?? '').split(/\b([A-Z])_([A-Za-z]{1,5})\b/);
  return parts.map((part, i) => (i % 3 === 1 ? part : i % 3 === 2 ? h('sub', {}, part) : part));
}

const verdicts = {
  pass: ['good', '✓', 'pass'],
  fail: ['bad', '✗', 'fail'],
  reproduced: ['good', '✓', 'reproduced'],
  conditional: ['partly', '◐', 'conditional'],
  refuted: ['bad', '✗', 'refuted'],
  pending: ['open', '…', 'pending'],
  outside_scope: ['open', '–', 'outside scope'],
};

/** A verdict as symbol and word, so that it survives black-and-white print and colour blindness. */
export function verdict(name) {
  const [kind, symbol, text] = verdicts[name] ?? ['open', '•', name ?? ''];
  if (!text || name === 'info') return null;
  return h('span', { class: `verdict ${kind}` }, h('span', { 'aria-hidden': 'true' }, `${symbol}\u00a0`), text);
}

/** columns: [{title, cell(row), numeric?, wide?, nowrap?, code?}]. Cells carry their title for the narrow layout. */
export function table(caption, columns, rows, className = '') {
  const used = columns.filter((column) => rows.some((row) => !isEmpty(column.cell(row))));
  const kind = (column) => (column.numeric ? 'number' : column.wide ? 'wide' : column.nowrap ? 'nowrap' : undefined);
  return h('div', { class: rows.length > 12 ? 'table' : 'table short' },
    h('table', { class: className },
      h('caption', {}, caption),
      h('thead', {}, h('tr', {}, used.map((c) => h('th', { scope: 'col', class: kind(c) }, pretty(c.title))))),
      h('tbody', {}, rows.map((row) => h('tr', {}, used.map((column, i) => {
        const cell = column.cell(row);
        const content = typeof cell === 'string' && !column.code ? pretty(cell) : Array.isArray(cell) ? h('div', {}, cell) : cell;
        const attributes = { class: kind(column), 'data-label': column.title.replace('_', ''), 'data-empty': isEmpty(cell) };
        return i === 0 ? h('th', { scope: 'row', ...attributes }, column.code ? h('code', {}, breakable(content)) : content)
          : h('td', attributes, column.code && cell ? h('code', {}, breakable(content)) : content);
      }))))));
}

const isEmpty = (cell) => cell === undefined || cell === null || cell === '';

/** Long paths may wrap after a dot or underscore. */
function breakable(text) {
  return String(text).split(/(?<=[._/])/).flatMap((part, i) => (i ? [h('wbr'), part] : [part]));
}

export function section(id, title, ...content) {
  const filled = content.flat(Infinity).filter(Boolean);
  if (!filled.length) return null;
  return h('section', { id, 'aria-labelledby': `${id}-title` }, h('h2', { id: `${id}-title` }, title), filled);
}
