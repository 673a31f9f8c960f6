import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const candidates = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
export const chromium = candidates.find((path) => path && existsSync(path));

/** The system's own Chromium. playwright-core is looked up in the working folder. */
export function launch() {
  const playwright = createRequire(join(process.cwd(), 'package.json'))('playwright-core');
  return playwright.chromium.launch({
    executablePath: chromium,
    headless: true,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync'],
  });
}

/** A page of the given size that shares nothing with the others of its browser. */
export async function open(browser, viewport) {
  const context = await browser.newContext({ viewport, acceptDownloads: true });
  return context.newPage();
}
