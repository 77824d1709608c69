import { test } from 'vitest';
import { readConfig } from '../../../src/core/source/config/read-config.ts';
const S = (text: string) => ({ text, lineStarts: [0], encoding: 'utf-8' as const });
const show = (l: 'yaml'|'json'|'toml'|'dotenv', t: string) => { const r = readConfig(l, S(t)); console.log(l + '\n' + r.entries.map(e => `${JSON.stringify(e.path)} ${e.key} ${e.shape} v=${JSON.stringify(e.value)} t=${JSON.stringify(e.text)} whole=${JSON.stringify(t.slice(e.start,e.end))} key=${e.keySpan && t.slice(e.keySpan.start,e.keySpan.end)} val=${JSON.stringify(t.slice(e.valueSpan.start,e.valueSpan.end))} ${e.alias ? 'ALIAS '+t.slice(e.alias.start,e.alias.end):''}`).join('\n') + '\nC ' + JSON.stringify(r.comments) + '\nE ' + JSON.stringify(r.errors.map(e=>[e, t.slice(e.start,e.end)]))); };
test('x', () => {
 show('yaml', `base: &b  # hi\n  a: 1\n  "q k": 'x''y'\nuse:\n  <<: *b\n  t: 16:59\n  z: 0900\n  blk: |\n    one\n    two\n  tag: !!str  &c 12\n  e:\nlist:\n- 1\n- {a: b, c}\n- *b\nd: "open\nmore: 1\n`);
 show('yaml', `a: 1\naccounts\n  size: 5\n  dd: 6\nb: [1, 2\nc: 3\n`);
 show('json', `{ // c\n "a": {"b": [1, {"x": "y\\"z"}, ], "a": 07}, /* d */ "half": , "q": "open\n, "n": 1e999, bare: true, "s"\n "t": 5 }`);
 show('toml', `# c\ntitle = "T" # d\na.b.c = 1_000\n[risk.limits]\nmax = 10.0\ntimes = [ 16:59:00, 'x', {k = "v"} ]\n[[acc]]\nid = "one"\n[acc.sub]\nz=1\n[[acc]]\nid = "two"\nm = """\nhello"""\n`);
 show('toml', `a = 1\na = 2\nb = "open\nc = [1,\n  2\nd = 3\n[t]\nx = \ny = 16:59\n[t]\nz = 1\n`);
 show('dotenv', `# c\nexport A=1 # d\nB="x\\ny" # e\nC='single # no'\nD=un#quoted # yes\nE="multi\nline"\nbroken line\nF="open\nG: yaml\nH=\nexport = 5\nI="a"b\n`);
});
