// Flows that split from left to right; what enters a place leaves it, or ends there.
import { csv } from '../download.js';
import { percent, quantity, unitText } from '../format.js';
import { ink, text, tooltip } from '../theme.js';

const escape = (words) => String(words).replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);

/** nodes: [{name, label, depth, color}]; links: [{source, target, value}]; values below the first node's are its shares. */
export function sankeyChart({ id, title, note, unit, nodes, links, height = 420 }) {
  const into = (name) => links.filter((link) => link.target === name).reduce((sum, link) => sum + link.value, 0);
  const outOf = (name) => links.filter((link) => link.source === name).reduce((sum, link) => sum + link.value, 0);
  const value = (name) => into(name) || outOf(name);
  const whole = value(nodes[0].name);
  const labels = new Map(nodes.map((node) => [node.name, node.label]));
  const words = (name) => `${labels.get(name)}  ${quantity(value(name), unit)}`;
  return {
    id,
    title,
    note,
    size: 'full',
    alt: `${title}: ${nodes.map((node) => words(node.name)).join('; ')}`,
    height: (width) => (width < 560 ? height * 1.35 : height),
    option: (width) => {
      const narrow = width < 560;
      const deepest = Math.max(...nodes.map((node) => node.depth));
      const ends = new Set(links.map((link) => link.source));
      return {
        tooltip: {
          ...tooltip,
          formatter: ({ dataType, data }) => (dataType === 'edge'
            ? `${escape(labels.get(data.source))} → ${escape(labels.get(data.target))}<br><b>${escape(quantity(data.value, unit))}</b>, ${percent(data.value / whole)} of the whole`
            : `${escape(labels.get(data.name))}<br><b>${escape(quantity(value(data.name), unit))}</b>, ${percent(value(data.name) / whole)} of the whole`),
        },
        series: [{
          type: 'sankey',
          left: 4,
          right: narrow ? 96 : width < 800 ? 176 : 200,
          top: 8,
          bottom: 8,
          nodeWidth: narrow ? 9 : 13,
          nodeGap: narrow ? 24 : 12,
          nodeAlign: 'left',
          layoutIterations: 0,
          draggable: false,
          emphasis: { focus: 'adjacency' },
          lineStyle: { color: 'target', opacity: 0.28, curveness: 0.5 },
          label: { ...text, fontSize: narrow ? 10 : width < 800 ? 11 : 12, color: ink, textBorderColor: '#fff', textBorderWidth: 3, ...(narrow ? { width: 92, overflow: 'break', lineHeight: 11 } : {}),
            formatter: ({ name }) => words(name) },
          data: nodes.map((node) => ({ name: node.name, depth: node.depth, itemStyle: { color: node.color, borderWidth: 0 },
            // On a phone the places on the way have no room beside them.
            label: { show: !narrow || node.depth === deepest || !ends.has(node.name) || node.depth === 0 } })),
          links,
        }],
      };
    },
    csv: () => csv([['from'], ['to'], ['power', unitText(unit)]], links.map((link) => [labels.get(link.source), labels.get(link.target), link.value])),
  };
}
