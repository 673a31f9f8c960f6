// Opens a report as a reader would and checks what the reader sees.
// Usage: node report_test.mjs <report.html with a result> [number of charts] | --template <report.html without one>
// Run it in a folder whose node_modules holds playwright-core. Without Chromium it says so and skips.
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, launch, open } from './browser.mjs';
import { fill, makeSample } from './make_sample.mjs';
import { facilityFlows, networkFlows } from '../../report/src/sections/installation/flows.js';
import { sweeps } from './sample_sweep.mjs';
import { thermal, thermalCharts } from './sample_thermal.mjs';

if (!chromium) {
  console.log('skipped: no Chromium on this machine');
  process.exit(0);
}

const browser = await launch();
const folder = mkdtempSync(join(tmpdir(), 'waverack-report-'));
let passed = 0;
const failures = [];
const check = (name, good, detail = '') => {
  if (good) passed += 1;
  else failures.push(detail ? `${name}: ${detail}` : name);
};

/** How many charts a result asks for, counted from the result and not from the page. */
function expectedCharts({ series = [], lanes = [], maps = [], module, cluster }) {
  const structured = ['noise', 'penalt', 'power', 'laser', 'cluster', 'symbol_error'];
  const own = series.filter((s) => s.kind !== 'bars' || !structured.some((stem) => s.id.startsWith(stem))).length;
  const some = (list) => (list?.length ? 1 : 0);
  const perLane = lanes.reduce((n, lane) => n + some(lane.noise_budget) + some(lane.penalties)
    + (lane.fec?.symbol_error_histogram?.some((p) => p > 0) ? 1 : 0)
    + (lane.segments ?? []).filter((segment) => segment.counted?.decision_values).length, 0);
  const compared = cluster?.comparison ?? [];
  return own + perLane + maps.length + (module?.package?.crosstalk ? 1 : 0) + (Object.keys(module?.power_w ?? {}).length ? some(module.power_items) : 0) + some(module?.laser?.ladder)
    + (compared.some((c) => typeof c.network_w === 'number') ? 1 : 0)
    + (cluster?.savings?.length || compared.some((c) => typeof c.it_w === 'number' && typeof c.pue === 'number') ? 1 : 0);
}

/** The same of a cluster's report, with its first scenario shown. */
function expectedClusterCharts({ scenarios, maps, crossovers, technologies }) {
  const [first, ...others] = scenarios;
  const wattsAndRacks = 6;
  const priced = scenarios.some(({ bill }) => bill.some((line) => line.network && line.price_usd !== null));
  const work = 2 + (first.cluster.goodput.low === null ? 0 : 1) + (first.job.causes.some((cause) => cause.stops_per_year > 0) ? 1 : 0);
  const tornados = ['facility_w', 'network_w', 'goodput', 'cost_usd'].filter((key) => first.tornado?.[key]?.length).length;
  const ladders = technologies.some(({ ladder }) => ladder.length) ? 1 : 0;
  return others.length + wattsAndRacks + maps.length + crossovers.length + work + 1 + (priced ? 1 : 0) + tornados + ladders + (first.fronts ?? []).filter(({ points }) => points.length).length + first.networks.filter(({ paths }) => paths.length).length;
}

/** Opens a page and collects everything that a quiet page must not produce. */
async function visit(file, viewport) {
  const page = await open(browser, viewport);
  const noise = [];
  page.on('console', (message) => {
    // The test itself reads canvases again and again, and Chromium remarks on it.
    if (['error', 'warning', 'assert'].includes(message.type()) && !message.text().includes('willReadFrequently')) noise.push(message.text());
  });
  page.on('pageerror', (error) => noise.push(String(error)));
  page.on('request', (request) => {
    if (!/^(data|blob):/.test(request.url()) && request.url() !== pathToFileURL(file).href) noise.push(`request: ${request.url()}`);
  });
  await page.goto(pathToFileURL(file).href);
  await page.waitForFunction(() => window.waverackReport);
  return { page, noise };
}

const blankCanvases = (page) => page.evaluate(() => [...document.querySelectorAll('figure.chart')].filter((figure) => {
  const canvas = figure.querySelector('canvas');
  if (!canvas || !canvas.width) return true;
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  // Axes and words are grey; only data are vivid.
  let vivid = 0;
  for (let i = 0; i < data.length; i += 4) {
    const [r, g, b] = [data[i], data[i + 1], data[i + 2]];
    if (data[i + 3] > 0 && Math.max(r, g, b) - Math.min(r, g, b) > 50) vivid += 1;
  }
  return vivid < 200;
}).map((figure) => figure.id));

async function downloaded(page, button) {
  const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
  const path = join(folder, download.suggestedFilename());
  await download.saveAs(path);
  return path;
}

async function checkDownloads(page, result, which) {
  for (const [n, i] of which.entries()) {
    if (n % 4 === 3) {
      // Chromium asks its user before the eleventh download from one page; a fresh page counts anew.
      await page.reload();
      await page.waitForFunction(() => window.waverackReport);
    }
    const figure = page.locator('figure.chart').nth(i);
    const id = await figure.getAttribute('id');
    const lines = readFileSync(await downloaded(page, figure.getByRole('button', { name: /table of numbers/ })), 'utf8').trim().split('\n');
    check(`${id}: CSV`, lines.length > 1 && !lines.some((line) => /undefined|NaN|\[object/.test(line)), lines[0]);
    const picture = readFileSync(await downloaded(page, figure.getByRole('button', { name: /picture/ })));
    check(`${id}: PNG`, picture.subarray(1, 4).toString() === 'PNG' && picture.length > 3000, `${picture.length} bytes`);
  }
  const eye = result.series?.find((series) => series.kind === 'eye');
  if (eye) {
    const lines = readFileSync(join(folder, `${eye.id}.csv`), 'utf8').trim().split('\n');
    check('eye CSV has one line per cell', lines.length === eye.x.count * eye.y.count + 1, `${lines.length}`);
  }
}

async function checkStructure(page, result) {
  const ids = await page.locator('main section').evaluateAll((all) => all.map((s) => s.id));
  const links = await page.locator('nav.contents ol a').evaluateAll((all) => all.map((a) => a.getAttribute('href').slice(1)));
  check('contents name every section', ids.length > 0 && ids.join() === links.join(), `${ids} / ${links}`);
  check('one h1', await page.locator('h1').count() === 1);
  check('every chart is described', await page.locator('figure .canvas[role=img][aria-label]').count() === await page.locator('figure.chart').count());
  check('every table has a caption and heads', await page.locator('table').evaluateAll((all) => all.every((t) => t.caption && t.querySelector('th[scope=col]'))));
  check('title', (await page.title()).startsWith(result.title ?? 'Result'));
  const text = await page.locator('main').innerText();
  check('no unreadable values', !/undefined|NaN|\[object|Infinity/.test(text), text.match(/.{0,40}(undefined|NaN|\[object|Infinity).{0,40}/)?.[0]);
  check('no overflow to the side', await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth));
}

async function testReport(file, result, name, everyDownload, expected = expectedCharts(result)) {
  const { page, noise } = await visit(file, { width: 1280, height: 800 });
  const charts = await page.evaluate(() => window.waverackReport.charts);
  check(`${name}: number of charts`, charts.length === expected, `${charts.length}, expected ${expected}`);
  check(`${name}: all drawn`, charts.every((chart) => chart.drawn));
  const blank = await blankCanvases(page);
  check(`${name}: no blank canvas`, blank.length === 0, blank.join());
  await checkStructure(page, result);
  const kinds = await page.locator('figure.chart').evaluateAll((all) => all.map((figure) => figure.id.split(/[.\d]/)[0]));
  await checkDownloads(page, result, [...kinds.keys()].filter((i) => everyDownload || kinds.indexOf(kinds[i]) === i));

  const tooWide = await page.evaluate(() => {
    window.dispatchEvent(new Event('beforeprint'));
    const wide = [...document.querySelectorAll('figure.chart')].filter((figure) => figure.querySelector('canvas').offsetWidth > figure.clientWidth + 1
      || figure.getBoundingClientRect().right > 688).map((figure) => figure.id);
    window.dispatchEvent(new Event('afterprint'));
    return wide;
  });
  check(`${name}: charts fit the paper`, tooWide.length === 0, tooWide.join());
  const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
  check(`${name}: prints`, pdf.subarray(0, 4).toString() === '%PDF' && pdf.length > 10000, `${pdf.length} bytes`);
  check(`${name}: back on screen after printing`, await page.evaluate(() => !document.documentElement.classList.contains('printing')));

  await page.setViewportSize({ width: 390, height: 844 });
  await page.waitForTimeout(300);
  check(`${name}: fits a phone`, await page.evaluate(() => document.documentElement.scrollWidth <= 390));
  const blankOnPhone = await blankCanvases(page);
  check(`${name}: no blank canvas on a phone`, blankOnPhone.length === 0, blankOnPhone.join());
  check(`${name}: quiet console, no network`, noise.length === 0, noise.join(' | '));
  await page.context().close();
}

/** Any part of a result may be missing; what is left must still make a page. */
async function testParts(template) {
  const whole = makeSample();
  const { format, version } = whole;
  const lanes = [{ ...whole.lanes[0], margin_db: null, floor_ber: null, penalties: [{ impairment: 'rin', label: 'Laser RIN', penalty_db: null }] }];
  const parts = {
    'lane only': { format, version, title: 'lane', lanes, series: whole.series },
    'two lanes': { format, version, title: 'lanes', lanes: [{ ...lanes[0], name: 'a', segments: [{ name: 'host to module', ber_pre_fec: 1e-9 }, { name: 'fibre', ber_pre_fec: 0 }] },
      { ...lanes[0], name: 'b' }] },
    'module only': { format, version, title: 'module', module: whole.module },
    'cluster without savings': { format, version, title: 'cluster', cluster: { ...whole.cluster, savings: undefined } },
    'claims only': { format, version, title: 'claims', claims: whole.claims },
    'nearly nothing': { format, version, lanes: [{}], module: {}, cluster: {}, series: [] },
  };
  for (const [name, result] of Object.entries(parts)) {
    const file = join(folder, 'part.html');
    writeFileSync(file, fill(template, result));
    const { page, noise } = await visit(file, { width: 1280, height: 800 });
    const charts = await page.evaluate(() => window.waverackReport.charts);
    check(`${name}: number of charts`, charts.length === expectedCharts(result) && charts.every((c) => c.drawn), `${charts.length}`);
    const text = await page.locator('main').innerText();
    check(`${name}: readable`, !/No result to show|undefined|NaN|\[object/.test(text), text.slice(0, 300));
    check(`${name}: quiet`, noise.length === 0, noise.join(' | '));
    await page.context().close();
  }
}

/** One sweep as closely as a result; the others must hold their charts and be readable. */
async function testSweeps(template) {
  for (const [name, [expected, result]] of Object.entries(sweeps)) {
    const file = join(folder, 'sweep.html');
    writeFileSync(file, fill(template, result));
    if (name === 'two paths as maps') {
      await testReport(file, result, name, false, expected);
      continue;
    }
    const { page, noise } = await visit(file, { width: 1280, height: 800 });
    const charts = await page.evaluate(() => window.waverackReport.charts);
    check(`${name}: number of charts`, charts.length === expected && charts.every((c) => c.drawn), `${charts.length}, expected ${expected}`);
    const blank = await blankCanvases(page);
    check(`${name}: no blank canvas`, blank.length === 0, blank.join());
    await checkStructure(page, result);
    check(`${name}: quiet`, noise.length === 0, noise.join(' | '));
    await page.context().close();
  }
}

const near = (a, b) => Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b));

/** What enters a place of a Sankey chart leaves it again, unless it ends there, and all of it is the whole. */
function checkFlows(name, { nodes, links }, whole) {
  const sum = (end, node) => links.filter((link) => link[end] === node).reduce((total, link) => total + link.value, 0);
  for (const node of nodes.slice(1)) {
    const [into, out] = [sum('target', node.name), sum('source', node.name)];
    check(`${name}: ${node.name} closes`, into > 0 && (out === 0 || near(into, out)), `${into} in, ${out} out`);
  }
  check(`${name}: begins with the whole`, near(sum('source', nodes[0].name), whole), `${sum('source', nodes[0].name)} of ${whole}`);
  const ends = nodes.filter((node) => !links.some((link) => link.source === node.name));
  check(`${name}: ends add up to the whole`, near(ends.reduce((total, node) => total + sum('target', node.name), 0), whole));
  check(`${name}: every place is named`, nodes.every((node) => node.label) && links.every((link) => link.value > 0));
}

/** The point of a front with the fewest watts is where it says, and tells its designs. */
async function testFronts(page, { fronts = [] }) {
  check('cluster: it was asked for fronts', fronts.length > 0);
  for (const front of fronts) {
    const chart = page.locator(`figure[id="chart-cluster.front.${front.network}"]`);
    check(`front of ${front.network}: nobody beats a point`, front.points.every((a) => !front.points.some((b) => b !== a
      && b.watts <= a.watts && b.cost_usd <= a.cost_usd && b.failures_per_year <= a.failures_per_year)));
    check(`front of ${front.network}: a design for all links`, front.points.every(({ designs }) => designs.length === front.links.length && designs.every(Boolean)));
    const rows = readFileSync(await downloaded(page, chart.getByRole('button', { name: /table of numbers/ })), 'utf8').trim().split('\n');
    check(`front of ${front.network}: a row for each point`, rows.length === front.points.length + 1, rows.join(' | '));
    check(`front of ${front.network}: with its designs`, rows[1].endsWith(front.points[0].designs.join(',')), rows[1]);
  }
}

/** Another scenario changes every section that shows one; the page keeps its place. */
async function testScenarios(file, result) {
  for (const scenario of result.scenarios) {
    checkFlows(`${scenario.name}, hall`, facilityFlows(scenario), scenario.cluster.facility_w.value);
    const cards = scenario.bill.filter((line) => line.kind === 'network_card').reduce((sum, line) => sum + line.power_w, 0);
    checkFlows(`${scenario.name}, networks`, networkFlows(scenario), scenario.cluster.network_w.value - cards);
  }
  const { page, noise } = await visit(file, { width: 1280, height: 800 });
  const pictures = await page.locator('svg.topology').evaluateAll((all) => all.map((one) => [one.getAttribute('aria-label'), one.querySelectorAll('rect').length, one.querySelector('text').textContent]));
  check('cluster: a picture of every network', pictures.length === result.scenarios[0].networks.length && pictures.every(([label, boxes]) => label && boxes > 2), JSON.stringify(pictures));
  await testFronts(page, result.scenarios[0]);
  const name = result.scenarios.at(-1).name;
  const buttons = page.locator('.switcher').getByRole('button', { name, exact: true });
  await buttons.last().scrollIntoViewIfNeeded();
  const before = (await buttons.last().boundingBox()).y;
  await buttons.last().click();
  check('cluster: the button stays in its place', Math.abs((await buttons.last().boundingBox()).y - before) < 3);
  check('cluster: all switches follow', await buttons.evaluateAll((all) => all.length > 2 && all.every((button) => button.getAttribute('aria-pressed') === 'true')));
  check('cluster: the charts are those of the scenario', (await page.locator('figure[id="chart-cluster.watts"] .title').innerText()).endsWith(name));
  const blank = await blankCanvases(page);
  check('cluster: no blank canvas after a switch', blank.length === 0, blank.join());
  await page.setViewportSize({ width: 390, height: 844 });
  await page.waitForTimeout(300);
  check('cluster: the other scenario fits a phone', await page.evaluate(() => document.documentElement.scrollWidth <= 390));
  check('cluster: quiet after a switch', noise.length === 0, noise.join(' | '));
  await page.context().close();
}

/** Pointing at a place of a map tells its temperature; leaving it gives the note back. */
async function testProbe(file) {
  const { page } = await visit(file, { width: 1280, height: 800 });
  const map = page.locator('figure[id="chart-map.eic"]');
  await map.locator('canvas').scrollIntoViewIfNeeded();
  const note = await map.locator('.note').innerText();
  const box = await map.locator('canvas').boundingBox();
  await page.mouse.move(box.x + box.width * 0.3, box.y + box.height * 0.4);
  const words = await map.locator('.note').innerText();
  check('thermal: a map tells what is under the mouse', /^x \d.*mm, y \d.*mm: \d\d\.\d\d\s°C$/.test(words), words);
  await page.mouse.move(5, 5);
  check('thermal: the note comes back', await map.locator('.note').innerText() === note);
  await page.context().close();
}

try {
  if (process.argv[2] === '--template') {
    const template = readFileSync(resolve(process.argv[3]), 'utf8');
    check('bundle stays small', statSync(process.argv[3]).size < 750000);
    const file = join(folder, 'sample.html');
    writeFileSync(file, fill(template, makeSample()));
    await testReport(file, makeSample(), 'sample', false);
    await testParts(template);
    await testSweeps(template);
    writeFileSync(file, fill(template, thermal));
    await testReport(file, thermal, 'thermal', false, thermalCharts);
    await testProbe(file);
  } else {
    const file = resolve(process.argv[2]);
    const text = readFileSync(file, 'utf8').match(/<script id="waverack-result"[^>]*>([\s\S]*?)<\/script>/)[1];
    const result = JSON.parse(text);
    const isCluster = result.format === 'waverack-cluster';
    await testReport(file, result, 'report', !isCluster, process.argv[3] ? Number(process.argv[3]) : isCluster ? expectedClusterCharts(result) : undefined);
    if (isCluster) await testScenarios(file, result);
  }
} catch (error) {
  failures.push(error.stack);
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}
failures.forEach((failure) => console.log(`FAILED ${failure}`));
console.log(`${passed} passed, ${failures.length} failed`);
process.exit(failures.length ? 1 : 0);
