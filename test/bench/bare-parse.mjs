// The floor of a check: reads and parses every file under a folder with one tree-sitter grammar, on one thread, and nothing else.
// Arguments: the folder, the grammar's file. Prints one JSON line: { files, bytes, ms, peakMb }.
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Language, Parser } from 'web-tree-sitter';

const [folder, grammar] = process.argv.slice(2);
const require = createRequire(import.meta.url);
await Parser.init();
const parser = new Parser();
parser.setLanguage(await Language.load(require.resolve(grammar)));

const started = performance.now();
let files = 0;
let bytes = 0;
for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile()) { continue; }
  const text = readFileSync(join(entry.parentPath, entry.name), 'utf8');
  const tree = parser.parse(text);
  tree?.delete();
  files += 1;
  bytes += text.length;
}
const ms = performance.now() - started;
console.log(JSON.stringify({ files, bytes, ms: Math.round(ms), peakMb: Math.round(process.resourceUsage().maxRSS / 1024) }));
