import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const candidates = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
export const chromium = candidates.find((path) => path && existsSync(path));

/** A page of the given size in the system's own Chromium. playwright-core is looked up in the working folder. */
export async function open(viewport, options = {}) {
  const playwright = createRequire(join(process.cwd(), 'package.json'))('playwright-core');
  const browser = await playwright.chromium.launch({
    executablePath: chromium,
    headless: true,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync'],
  });
  const context = await browser.newContext({ viewport, acceptDownloads: true, ...options });
  return { browser, page: await context.newPage() };
}
