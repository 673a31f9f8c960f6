// Pictures of a report, for looking at and for the documentation.
// Usage: node screenshot.mjs <report.html> <output.png|output.pdf> [width height [full]]
import { resolve } from 'node:path';
import { launch, open } from './browser.mjs';

const [report, output, width = '1280', height = '800', full] = process.argv.slice(2);
const browser = await launch();
const page = await open(browser, { width: Number(width), height: Number(height) });
await page.goto(`file://${resolve(report)}`);
await page.waitForFunction(() => window.waverackReport);
if (output.endsWith('.pdf')) await page.pdf({ path: output, preferCSSPageSize: true, printBackground: true });
else await page.screenshot({ path: output, fullPage: full === 'full' });
await browser.close();
