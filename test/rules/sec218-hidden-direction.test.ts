import { hiddenDirection } from '../../src/guardians/security/rules/sec218-hidden-direction.ts';
import { ruleTester } from './rule-tester.ts';

const RLO = '\u202E';
const LRI = '\u2066';
const RLE = '\u202B';
const PDI = '\u2069';
const PDF = '\u202C';

ruleTester(hiddenDirection, {
  valid: [
    { name: 'none', code: 'if quantity > 0:\n    enter()\n' },
    { name: 'written as an escape', code: 'OVERRIDE = "\\u202e"\n' },
    { name: 'text of another direction that ends where it begins', code: `label = "${RLE}שלום${PDF} USD"\n` },
    { name: 'a line that a program made', path: 'dist/app.js', code: `${'a();'.repeat(300)}b("${RLO}");\n` },
    { name: 'a page in Hebrew', path: 'docs/he.md', code: `It's ${LRI}שלום${PDI} 'a' word\n` },
  ],
  invalid: [
    { name: 'an override in a comment', code: `if quantity > 0:  # ${LRI}«${RLO}»\n    enter()\n`.replace(`${LRI}«${RLO}»`, `«${LRI}»${RLO}`), findings: [{ messageId: 'code', severity: 'error', gate: 'commit', message: /^U\+2066 is invisible/ }] },
    { name: 'across a quote', code: `access = "user«${RLO}»"  # ${PDF} admin\n`, findings: [{ messageId: 'code' }] },
    { name: 'an end without a beginning', path: 'src/bot.ts', code: `const a = 1; // «${PDI}»\n`, findings: [{ messageId: 'code' }] },
    { name: 'an expert', path: 'Experts/ea.mq5', code: `void OnTick() { } // «${RLO}»\n`, findings: [{ messageId: 'code' }] },
    { name: 'settings', path: 'risk.yaml', code: `max_loss: 500 # «${RLO}»\n`, findings: [{ messageId: 'text', severity: 'warning' }] },
    { name: 'vendored', code: `x = 1  # «${RLO}»\n`, role: 'vendored', findings: [{ messageId: 'code' }] },
  ],
});
