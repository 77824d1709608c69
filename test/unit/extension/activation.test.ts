/** What wakes the extension: every language that the engine reads as a program, so that a desk of any of them is guarded. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { PROGRAMS } from '../../../src/core/source/languages.ts';

const manifest = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as { readonly activationEvents: readonly string[] };

test.each(PROGRAMS.map((language) => [language]))('a %s file activates it', (language) => {
  expect(manifest.activationEvents).toContain(`onLanguage:${language}`);
});

test.each([['typescriptreact'], ['javascriptreact']])('so does the dialect %s', (dialect) => {
  expect(manifest.activationEvents).toContain(`onLanguage:${dialect}`);
});
