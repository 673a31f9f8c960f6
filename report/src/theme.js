// Colours and type, shared by charts and style sheet (style.css repeats the few it needs).

export const ink = '#1c2430';
export const quiet = '#5d6877';
export const hair = '#e3e7ec';
export const axisLine = '#aab3be';
export const accent = '#0b5c8a';
export const soft = '#9cc3da';
export const good = '#0f7a5a';
export const bad = '#b5400f';

// Distinct in brightness as well as hue; the dash patterns help where colour does not.
export const lines = ['#0b5c8a', '#d9772b', '#2d9174', '#8457a8', '#8a9099', '#b53a5a', '#56a8cf', '#7a6a2f'];
export const dashes = ['solid', 'solid', [7, 3], [2, 3], 'solid', [7, 3], [2, 3], 'solid'];

export const font = '"Inter", "Segoe UI", "Helvetica Neue", Arial, sans-serif';

export const text = { fontFamily: font, fontSize: 12, color: ink };
export const axisText = { ...text, fontSize: 11, color: quiet };

export const tooltip = {
  backgroundColor: '#fff',
  borderColor: hair,
  padding: [6, 10],
  textStyle: text,
  confine: true,
  transitionDuration: 0,
};

let ruler;
export function textWidth(words, size = 12) {
  ruler ??= document.createElement('canvas').getContext('2d');
  ruler.font = `${size}px ${font}`;
  return ruler.measureText(words).width;
}
