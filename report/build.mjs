// Bundles template, style, our code and ECharts into one HTML file that needs no network.
// Usage: node build.mjs <folder that holds node_modules> <output.html>
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const modulesHome = resolve(process.argv[2] ?? here);
const output = resolve(process.argv[3] ?? 'report.html');
const nodeModules = join(modulesHome, 'node_modules');
const esbuild = createRequire(join(modulesHome, 'package.json'))('esbuild');

const read = (...parts) => readFileSync(join(...parts), 'utf8');

const bundle = await esbuild.build({
  entryPoints: [join(here, 'src', 'main.js')],
  bundle: true,
  minify: true,
  write: false,
  format: 'iife',
  target: 'es2020',
  legalComments: 'none',
  // The dependencies live in the build folder, so the source tree stays clean.
  nodePaths: [nodeModules],
  define: { 'process.env.NODE_ENV': '"production"' },
  logLevel: 'warning',
});
// Inside a script element "</script" would end it and "<!--" would change how it is read.
const script = bundle.outputFiles[0].text.trim()
  .replace(/<\/script/gi, '<\\/script')
  .replace(/<!--/g, '\\x3c!--');

const style = (await esbuild.transform(read(here, 'style.css'), { loader: 'css', minify: true })).code.trim();

const licences = [
  ['Apache ECharts', 'echarts', 'NOTICE'],
  ['zrender', 'zrender', 'LICENSE'],
  ['tslib', 'tslib', 'LICENSE.txt'],
].map(([name, folder, file]) => `${name}\n\n${read(nodeModules, folder, file).trim()}`)
  .join('\n\n')
  .replace(/-->/g, '-- >');

const parts = { STYLE: style, SCRIPT: script, LICENCES: licences };
const page = read(here, 'template.html').replace(/@@(STYLE|SCRIPT|LICENCES)@@/g, (_, name) => parts[name]);
const placeholders = page.split('/*WAVERACK_RESULT*/').length - 1;
if (placeholders !== 1) throw new Error(`the page has ${placeholders} placeholders for the result, not one`);
writeFileSync(output, page);
console.log(`${output}: ${(page.length / 1000).toFixed(0)} kB`);
