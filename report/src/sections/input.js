import { h, section } from '../dom.js';
import { saveText } from '../download.js';
import { toToml } from '../toml.js';

export const fileName = (result) => String(result.title ?? 'design').replace(/[^A-Za-z0-9._-]+/g, '-');

export function input(result, what = 'design') {
  if (!result.design) return null;
  const text = toToml(result.design);
  return section('input', 'Full input',
    h('details', {}, h('summary', {}, `The whole ${what} with its defaults filled in, ${text.split('\n').length - 1} lines`),
      h('pre', { tabindex: '0', 'aria-label': `The ${what} as TOML` }, h('code', {}, text))));
}

export function again(result) {
  const { program = {} } = result;
  const name = fileName(result);
  const file = `${name}.toml`;
  const seed = result.seed === undefined ? '' : ` --seed ${result.seed}`;
  const command = result.command ?? (result.axes ? `waverack sweep ${file}${result.axes.map((axis) => ` --vary "${axis.given}"`).join('')} -o again`
    : `waverack run ${file}${seed} -o again`);
  const json = () => saveText(`${name}.json`, JSON.stringify(result, null, 1), 'application/json');
  return section('again', 'How to run again',
    result.design ? h('p', {}, result.axes ? 'Save the design below and vary it again; ' : 'Save the design below and run it with the same seed; ',
      program.version ? `waverack ${program.version}${program.commit ? ` (commit ${program.commit})` : ''} ` : 'the same version ',
      'gives the same numbers on any number of threads.') : null,
    result.design || result.command ? h('pre', {}, h('code', {}, command)) : null,
    h('p', { class: 'saves' },
      result.design ? h('button', { type: 'button', onclick: () => saveText(file, toToml(result.design), 'application/toml') }, `Save ${file}`) : null,
      h('button', { type: 'button', onclick: json }, 'Save the result as JSON')));
}
