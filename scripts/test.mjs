// Runs every tier of the tests and prints a table. The last line is `N passed, N failed`, over all tiers.
//
//   npm test                      every tier
//   npm test -- unit cli          some of them
//   npm run test:long             property tests and measurements at their full counts
//
// With CI=true a tier that is skipped counts as a failure.
import { parseArgs } from 'node:util';
import { endAll } from './lib/process.mjs';
import { TIERS } from './lib/tiers.mjs';

const CODES = { passed: 0, failed: 1, wrongUse: 2, interrupted: 130 };

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    endAll();
    process.exit(CODES.interrupted);
  });
}

const chosen = chooseTiers();
if (chosen !== undefined) { await runTiers(chosen.tiers, chosen.long); }

function chooseTiers() {
  const names = TIERS.map((tier) => tier.name);
  let parsed;
  try {
    parsed = parseArgs({ options: { long: { type: 'boolean', default: false }, list: { type: 'boolean', default: false } }, allowPositionals: true });
  } catch (error) {
    return wrongUse(error.message);
  }
  const { values, positionals } = parsed;
  if (values.list) {
    for (const tier of TIERS) { console.log(`${tier.name.padEnd(14)} ${tier.what}`); }
    return undefined;
  }
  const unknown = positionals.find((name) => !names.includes(name));
  if (unknown !== undefined) { return wrongUse(`There is no tier "${unknown}". The tiers are ${names.join(', ')}.`); }
  const { long } = values;
  const usual = TIERS.filter((tier) => (long ? tier.long === true : tier.onlyLong !== true));
  return { long, tiers: positionals.length === 0 ? usual : TIERS.filter((tier) => positionals.includes(tier.name)) };
}

function wrongUse(text) {
  console.error(`npm test: ${text}`);
  process.exitCode = CODES.wrongUse;
  return undefined;
}

async function runTiers(tiers, long) {
  const started = performance.now();
  const strict = process.env.CI === 'true' || process.env.CI === '1';
  const rows = [];
  for (const group of groupsOf(tiers)) {
    const running = group.map((tier) => {
      console.log(`[${tiers.indexOf(tier) + 1}/${tiers.length}] ${tier.name}: ${tier.what}`);
      return timed(tier, long);
    });
    for (const [index, tier] of group.entries()) {
      const { outcome, seconds } = await running[index];
      const failed = outcome.failed + (outcome.status === 'skipped' && strict ? 1 : 0);
      rows.push({ name: tier.name, status: outcome.status, passed: outcome.passed, failed, seconds, reason: outcome.reason });
      if (outcome.output !== undefined) { console.log(indent(outcome.output)); }
      console.log(`      ${group.length > 1 ? `${tier.name} ` : ''}${outcome.status}${outcome.reason === undefined ? '' : `: ${outcome.reason}`} (${seconds.toFixed(1)} s)`);
    }
  }
  printTable(rows, (performance.now() - started) / 1000);
  const passed = sum(rows, 'passed');
  const failed = sum(rows, 'failed');
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? CODES.passed : CODES.failed;
}

/** Tiers that stand side by side and take one core each run at the same time. */
function groupsOf(tiers) {
  const groups = [];
  for (const tier of tiers) {
    const last = groups.at(-1);
    if (tier.together !== undefined && last?.[0].together === tier.together) { last.push(tier); } else { groups.push([tier]); }
  }
  return groups;
}

async function timed(tier, long) {
  const began = performance.now();
  const outcome = await tier.run({ long });
  return { outcome, seconds: (performance.now() - began) / 1000 };
}

function printTable(rows, seconds) {
  console.log(`\n${'tier'.padEnd(14)} ${'result'.padEnd(8)} ${'passed'.padStart(7)} ${'failed'.padStart(7)} ${'seconds'.padStart(8)}`);
  for (const row of rows) {
    const reason = row.reason === undefined ? '' : `  ${row.reason}`;
    console.log(`${row.name.padEnd(14)} ${row.status.padEnd(8)} ${String(row.passed).padStart(7)} ${String(row.failed).padStart(7)} ${row.seconds.toFixed(1).padStart(8)}${reason}`);
  }
  console.log(`${'all'.padEnd(40)} ${seconds.toFixed(1).padStart(7)}\n`);
}

function sum(rows, field) {
  return rows.reduce((total, row) => total + row[field], 0);
}

function indent(text) {
  return text.trimEnd().split('\n').map((line) => `      ${line}`).join('\n');
}
