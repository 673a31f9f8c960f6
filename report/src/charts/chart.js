// One figure: caption, buttons, canvas. Charts are drawn once the page is in the document.
import { init, use } from 'echarts/core';
import { CustomChart, LineChart, SankeyChart } from 'echarts/charts';
import { GridComponent, MarkLineComponent, TooltipComponent } from 'echarts/components';
import { CanvasRenderer } from 'echarts/renderers';
import { h, pretty } from '../dom.js';
import { save, saveText } from '../download.js';
import { font, ink, quiet } from '../theme.js';

use([CustomChart, LineChart, SankeyChart, GridComponent, MarkLineComponent, TooltipComponent, CanvasRenderer]);

const figures = [];
let observer;

/**
 * spec: {id, title, note?, alt, size: 'full' | 'half' | 'eye', height(width), option(width, height), csv(), legend?, probe?}
 * `option` is asked again at every new width, so a chart can suit a phone, a laptop and paper. `probe(x, y)` tells in words what
 * is at a place of the axes, and the note shows it while the mouse is there.
 */
export function figure(spec) {
  const box = h('div', { class: 'canvas', role: 'img', 'aria-label': spec.alt });
  const button = (label, what, action) => h('button', {
    type: 'button', 'aria-label': `Download ${spec.title} as ${what}`, onclick: action,
  }, label);
  const note = spec.note ? h('span', { class: 'note' }, pretty(spec.note)) : null;
  const element = h('figure', { class: `chart ${spec.size}`, id: `chart-${spec.id}` },
    h('figcaption', {},
      h('span', { class: 'title' }, pretty(spec.title)),
      h('span', { class: 'buttons' },
        button('PNG', 'picture', () => downloadPicture(spec)),
        button('CSV', 'table of numbers', () => saveText(`${spec.id}.csv`, spec.csv(), 'text/csv'))),
      note,
      spec.legend ? legend(spec.legend) : null),
    box);
  figures.push({ spec, box, note, chart: null, width: 0 });
  observer?.observe(box);
  return element;
}

// A legend in the page wraps and prints better than one inside the canvas.
function legend(entries) {
  return h('span', { class: 'legend' }, entries.map(({ name, color, dash }) => h('span', {},
    h('i', { 'aria-hidden': 'true', style: `border-top:2.5px ${dash === 'dotted' ? 'dotted' : dash && dash !== 'solid' ? 'dashed' : 'solid'} ${color}` }),
    pretty(name))));
}

function draw(entry) {
  const width = entry.box.clientWidth;
  if (!width || width === entry.width) return;
  const height = Math.round(entry.spec.height(width));
  entry.box.style.height = `${height}px`;
  entry.width = width;
  if (entry.chart) {
    entry.chart.resize({ width, height });
  } else {
    // Twice the pixels of an ordinary screen, because the same canvas goes to paper.
    entry.chart = init(entry.box, null, { width, height, devicePixelRatio: Math.max(2, window.devicePixelRatio) });
    if (entry.spec.probe) follow(entry);
  }
  entry.chart.setOption({ animation: false, ...entry.spec.option(width, height) }, true);
}

function follow({ spec, chart, note }) {
  const usual = [...note.childNodes];
  chart.getZr().on('mousemove', ({ offsetX, offsetY }) => {
    const words = spec.probe(...chart.convertFromPixel({ gridIndex: 0 }, [offsetX, offsetY]));
    note.replaceChildren(...(words ? [words] : usual));
  });
  chart.getZr().on('globalout', () => note.replaceChildren(...usual));
}

export function drawAll() {
  // A figure may have left the page for that of another scenario.
  for (const gone of figures.filter(({ box }) => !box.isConnected)) {
    observer?.unobserve(gone.box);
    gone.chart?.dispose();
    figures.splice(figures.indexOf(gone), 1);
  }
  figures.forEach(draw);
}

/** Draws every chart and keeps it fitting: window size, phone rotation, print. */
export function start() {
  drawAll();
  observer = new ResizeObserver(() => drawAll());
  figures.forEach(({ box }) => observer.observe(box));
  const printing = (on) => {
    document.documentElement.classList.toggle('printing', on);
    drawAll();
  };
  window.addEventListener('beforeprint', () => printing(true));
  window.addEventListener('afterprint', () => printing(false));
}

export const listing = () => figures.map(({ spec, chart }) => ({ id: spec.id, title: spec.title, drawn: chart !== null }));

/** The picture carries its title and legend, so that it makes sense in a slide. */
function downloadPicture(spec) {
  const { chart } = figures.find((entry) => entry.spec === spec);
  const scale = 2;
  const picture = chart.renderToCanvas({ pixelRatio: scale, backgroundColor: '#fff' });
  const head = (spec.note ? 50 : 32) + (spec.legend ? 20 : 0);
  const canvas = h('canvas', { width: picture.width, height: picture.height + head * scale });
  const context = canvas.getContext('2d');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.scale(scale, scale);
  context.fillStyle = ink;
  context.font = `600 14px ${font}`;
  context.fillText(spec.title, 8, 21);
  context.fillStyle = quiet;
  context.font = `12px ${font}`;
  if (spec.note) context.fillText(spec.note, 8, 39, picture.width / scale - 16);
  let x = 8;
  for (const { name, color, dash } of spec.legend ?? []) {
    context.strokeStyle = color;
    context.lineWidth = 2.5;
    context.setLineDash(Array.isArray(dash) ? dash : dash === 'dotted' ? [2, 3] : []);
    context.beginPath();
    context.moveTo(x, head - 12);
    context.lineTo(x + 18, head - 12);
    context.stroke();
    context.fillText(name, x + 24, head - 8);
    x += 42 + context.measureText(name).width;
  }
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.drawImage(picture, 0, head * scale);
  // Made at once and not in a callback: some browsers allow a download only during the click.
  const bytes = Uint8Array.from(atob(canvas.toDataURL('image/png').split(',')[1]), (c) => c.charCodeAt(0));
  save(`${spec.id}.png`, new Blob([bytes], { type: 'image/png' }));
}
