// npm run generate [-- --check] [-- --in FOLDER]
// Writes what follows from the rules and the table of options: the heading of each page in docs/rules, its index,
// docs/detectors.md, docs/cli.md, the schemas and python/tickguard_redact.py.
// --check writes nothing, names each file that is out of date and ends with 1. --in works on a copy of docs/ and schemas/.
import { build } from 'esbuild';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { configSchemaText, detectorsPageText, FIRST_SECTION, packSchemaText, ruleIndexText, rulePageText } from './lib/rule-docs.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const check = process.argv.includes('--check');
const target = process.argv.includes('--in') ? process.argv[process.argv.indexOf('--in') + 1] : root;

const { createEngine, configSchema, packForm, listCommands, cliPage, DETECTOR_GROUPS, pythonFilter, z } = await loadEngine();
const { rules, packs, operations } = createEngine();
const toJsonSchema = (schema) => z.toJSONSchema(schema, { io: 'input', target: 'draft-7', unrepresentable: 'any' });

const problems = [];
const wanted = new Map([
  ['docs/rules/README.md', ruleIndexText(rules)],
  ['python/tickguard_redact.py', pythonFilter()],
  ['docs/detectors.md', detectorsPageText(DETECTOR_GROUPS)],
  ['docs/cli.md', cliPage(listCommands(operations))],
  ['schemas/tickguard-pack.schema.json', packSchemaText(toJsonSchema(packForm()))],
  ['schemas/tickguard.schema.json', configSchemaText(toJsonSchema(configSchema), rules, packs, toJsonSchema)],
]);
for (const rule of rules) {
  const path = `docs/rules/${rule.id}.md`;
  const text = rulePageText(rule, read(path) ?? '', toJsonSchema, DETECTOR_GROUPS);
  if (text === undefined) {
    problems.push(`${path} has no “${FIRST_SECTION}” section: write the page from there on, the rest is generated.`);
  } else {
    wanted.set(path, text);
  }
}
for (const name of readdirSync(join(target, 'docs/rules'))) {
  if (!wanted.has(`docs/rules/${name}`) && !rules.some((rule) => `${rule.id}.md` === name)) {
    problems.push(`docs/rules/${name} belongs to no rule: remove or rename it.`);
  }
}

let written = 0;
for (const [path, text] of wanted) {
  if (read(path) === text) { continue; }
  if (check) {
    problems.push(`${path} is out of date: run npm run generate.`);
  } else {
    mkdirSync(dirname(join(target, path)), { recursive: true });
    writeFileSync(join(target, path), text);
    written += 1;
    console.log(`wrote ${path}`);
  }
}
for (const problem of problems) { console.error(problem); }
if (problems.length > 0) { process.exitCode = 1; } else if (written === 0) { console.log(`${wanted.size} generated files are up to date.`); }

function read(path) {
  try { return readFileSync(join(target, path), 'utf8'); } catch { return undefined; }
}

/** The engine from its sources, bundled on the fly: no build has to come first. */
async function loadEngine() {
  const folder = join(root, '.cache');
  const outfile = join(folder, `generate-${process.pid}.mjs`);
  mkdirSync(folder, { recursive: true });
  await build({
    stdin: {
      contents: "export { createEngine } from './src/engine.ts';\nexport { configSchema } from './src/core/workspace/config-file.ts';\nexport { packForm } from './src/guardians/compliance/packs/pack-schema.ts';\nexport { listCommands } from './src/cli/commands.ts';\nexport { cliPage } from './src/cli/help-text.ts';\nexport { pythonFilter } from './src/guardians/security/index.ts';\nexport { DETECTOR_GROUPS } from './src/guardians/security/detectors/table.ts';\nexport { z } from 'zod';\n",
      resolveDir: root, loader: 'ts',
    },
    bundle: true, platform: 'node', format: 'esm', target: 'node20', packages: 'external', outfile, logLevel: 'error',
  });
  try {
    return await import(pathToFileURL(outfile).href);
  } finally {
    rmSync(outfile, { force: true });
  }
}
