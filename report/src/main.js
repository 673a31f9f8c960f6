import { h } from './dom.js';
import { listing, start } from './charts/chart.js';
import { header, summary } from './sections/summary.js';
import { coherentSection } from './sections/coherent.js';
import { laneSection } from './sections/lane.js';
import { eyes, noise, responses } from './sections/charts.js';
import { decisions } from './sections/decisions.js';
import { laserSection } from './sections/light.js';
import { moduleSection } from './sections/module.js';
import { packageSection } from './sections/package.js';
import { clusterSection } from './sections/cluster.js';
import { assumptions, checks, claims, published } from './sections/tables.js';
import { operatingPoint } from './sections/operating.js';
import { again, input } from './sections/input.js';
import { captureSections } from './sections/capture.js';
import { sweepSections } from './sections/sweep.js';
import { channelSections } from './sections/channel.js';
import { comSections } from './sections/com.js';
import { fecSections } from './sections/fec.js';
import { lineSections } from './sections/line.js';
import { thermalSections } from './sections/thermal.js';
import { calibrationSections } from './sections/calibration.js';
import { yieldSections } from './sections/yield.js';
import { installationSections } from './sections/installation/index.js';

const page = document.getElementById('page');

const formats = {
  'waverack-result': [summary, laneSection, coherentSection, operatingPoint, eyes, decisions, responses, noise, moduleSection, packageSection, laserSection, clusterSection, claims, checks, published, assumptions,
    input, again],
  'waverack-sweep': sweepSections,
  'waverack-channel': channelSections,
  'waverack-com': comSections,
  'waverack-fec': fecSections,
  'waverack-line': lineSections,
  'waverack-calibration': calibrationSections,
  'waverack-tdecq': captureSections,
  'waverack-thermal': thermalSections,
  'waverack-yield': yieldSections,
  'waverack-cluster': installationSections,
};

function read() {
  const text = document.getElementById('waverack-result').textContent;
  const result = JSON.parse(text);
  if (!formats[result.format]) throw new Error(`format is "${result.format}", not ${Object.keys(formats).map((name) => `"${name}"`).join(' or ')}`);
  return result;
}

function build(result) {
  const sections = formats[result.format].flatMap((make) => make(result)).filter(Boolean);
  const entries = sections.map((part) => h('li', {}, h('a', { href: `#${part.id}` }, part.querySelector('h2').textContent)));
  const contents = h('nav', { class: 'contents', 'aria-label': 'Contents' },
    h('a', { class: 'brand', href: '#top' }, result.title ?? 'waverack'), h('ol', {}, entries));
  document.title = `${result.title ?? 'Result'} – waverack report`;
  page.append(contents, h('main', {}, header(result), sections));
  follow(contents, sections);
}

/** Marks the section being read in the contents. */
function follow(contents, sections) {
  const links = new Map(sections.map((part) => [part, contents.querySelector(`a[href="#${part.id}"]`)]));
  const mark = () => {
    const line = window.innerHeight * 0.3;
    const atEnd = window.innerHeight + window.scrollY >= document.documentElement.scrollHeight - 2;
    const current = atEnd && window.scrollY > 0 ? sections.at(-1)
      : sections.findLast((part) => part.getBoundingClientRect().top < line) ?? sections[0];
    for (const [part, link] of links) {
      if (part !== current) link.removeAttribute('aria-current');
      else if (!link.hasAttribute('aria-current')) {
        link.setAttribute('aria-current', 'true');
        // On a phone the contents scroll sideways.
        const list = link.closest('ol');
        list.scrollLeft = link.parentElement.offsetLeft - list.offsetLeft - 40;
      }
    }
  };
  document.addEventListener('scroll', mark, { passive: true });
  mark();
}

try {
  build(read());
  start();
} catch (error) {
  page.append(h('main', {}, h('h1', {}, 'No result to show'), h('p', {}, `This page holds no readable waverack result: ${error.message}`)));
}
window.waverackReport = { charts: listing() };
