/** What a person sees, in a real VS Code on the example desk. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectRoot } from '../host/prepare.mjs';
import { look } from './look.mjs';

const vsix = join(projectRoot, '.cache', 'test', 'tickguard.vsix');

test('squiggle, light bulb, status item and its table, Problems; and nobody is interrupted', async () => {
  expect(existsSync(vsix), `${vsix} is missing: run "npm run package -- --out .cache/test/tickguard.vsix"`).toBe(true);
  const seen = await look({ vsix, out: join(projectRoot, '.cache', 'test', 'look') });
  expect(seen.status).toMatch(/^TG \d+ errors$/);
  expect(seen.label).toMatch(/^Tickguard: \d+ errors$/);
  expect(seen.pictures.map((path) => path.split('/').at(-1))).toEqual(['dark.png', 'high-contrast.png', 'status.png', 'problems.png']);
});
