import { readFileSync } from 'node:fs';
import { test } from 'vitest';
import { read } from '../meaning/read.ts';
import { settingsOf } from '../../../src/core/source/settings/settings.ts';
test('x', () => {
  for (const f of (process.env['F'] ?? '').split(' ')) {
    const s = settingsOf(read(readFileSync(f, 'utf8'), f.replace(/.*demo\//, '')));
    console.log(f); for (const x of s?.flows ?? []) console.log(JSON.stringify(x)); console.log(JSON.stringify(s?.keys), JSON.stringify(s?.params));
  }
});
