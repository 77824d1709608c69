// Draws media/icon.png (128 × 128, as the marketplace wants it) from scripts/icon.svg.
//
//   node scripts/icon.mjs
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const here = fileURLToPath(new URL('.', import.meta.url));
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
try {
  const page = await browser.newPage({ viewport: { width: 128, height: 128 } });
  await page.setContent(`<style>html,body{margin:0;background:transparent}svg{display:block}</style>${readFileSync(join(here, 'icon.svg'), 'utf8')}`);
  await page.screenshot({ path: join(here, '..', 'media', 'icon.png'), omitBackground: true });
} finally {
  await browser.close();
}
