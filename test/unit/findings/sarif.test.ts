import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Finding } from '../../../src/core/findings/finding.ts';
import type { CheckResult } from '../../../src/core/findings/result.ts';
import { reportSarif } from '../../../src/core/findings/reporters/sarif.ts';
import { engineRules } from '../../../src/core/rules/registry.ts';
import { finding, result } from './samples.ts';
import { SARIF_SCHEMA } from './sarif-schema.ts';

const OPTIONS = { color: false, width: 0, version: '0.1.0', rules: engineRules, page: (rule: string) => `# ${rule}` };

const ajv = new Ajv({ allErrors: true });
addFormats(ajv);
const validate = ajv.compile(SARIF_SCHEMA);

/** The official schema of SARIF 2.1.0 (rtm.5), as Microsoft's jest-sarif package ships it; ours above is narrower. */
const official = (() => {
  const folder = join(dirname(createRequire(import.meta.url).resolve('@microsoft/jest-sarif/package.json')), 'lib', 'schemas');
  const schema = JSON.parse(readFileSync(join(folder, 'sarif-2.1.0-rtm.5.json'), 'utf8')) as Record<string, unknown>;
  delete schema['$schema'];
  delete schema['id'];
  // The official patterns are written for engines without the `u` flag.
  return new Ajv({ strict: false, unicodeRegExp: false, validateFormats: false, allErrors: true }).compile(schema);
})();

interface Log { readonly runs: readonly [{
  readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
  readonly invocations: readonly [Record<string, unknown>];
  readonly results: readonly Record<string, unknown>[];
}] }

function log(checked: CheckResult): Log {
  const parsed = JSON.parse(reportSarif(checked, OPTIONS)) as Log;
  validate(parsed);
  expect(validate.errors ?? []).toEqual([]);
  official(parsed);
  expect(official.errors ?? []).toEqual([]);
  return parsed;
}

const FULL: Finding = finding({
  detector: 'binance-secret', layer: 'firm', account: 'apex-1', fixable: true, evidence: { level: '48875.00' },
  snippet: { text: 'KEY = "<binance-secret>"', start: 6, end: 24 },
  related: [{ file: 'src/base class.py', range: { line: 12, column: 5, endLine: 14, endColumn: 1 }, message: 'on_quote_tick calls check' }],
});

describe('SARIF', () => {
  test('of nothing found is a valid log', () => {
    const { runs: [run] } = log(result([]));
    expect(run.results).toEqual([]);
    expect(run.invocations[0]).toEqual({ executionSuccessful: true });
  });

  test('gives place, fingerprint, related places and properties of a finding', () => {
    const { runs: [run] } = log(result([FULL]));
    expect(run.results[0]).toEqual({
      ruleId: 'APX004', ruleIndex: 0, level: 'error', message: { text: FULL.message },
      locations: [{ physicalLocation: {
        artifactLocation: { uri: 'src/strategy.py', uriBaseId: '%SRCROOT%' },
        region: { startLine: 41, startColumn: 12, endLine: 41, endColumn: 28 },
        contextRegion: { startLine: 41, endLine: 41, snippet: { text: 'KEY = "<binance-secret>"' } },
      } }],
      relatedLocations: [{
        id: 1, message: { text: 'on_quote_tick calls check' },
        physicalLocation: {
          artifactLocation: { uri: 'src/base%20class.py', uriBaseId: '%SRCROOT%' },
          region: { startLine: 12, startColumn: 5, endLine: 14, endColumn: 1 },
        },
      }],
      partialFingerprints: { 'tickguardFinding/v1': '00112233445566aa' },
      properties: {
        guardian: 'compliance', gate: 'deploy', fixable: true, detector: 'binance-secret', layer: 'firm', account: 'apex-1',
        evidence: { level: '48875.00' },
      },
    });
  });

  test('ruleIndex leads to the rule, described or not', () => {
    const { runs: [run] } = log(result([finding(), finding({ rule: 'TKG004', severity: 'info' })]));
    for (const one of run.results) { expect(run.tool.driver.rules[one['ruleIndex'] as number]?.id).toBe(one['ruleId']); }
    expect(run.results[1]?.['level']).toBe('note');
  });

  test('silenced findings say by what', () => {
    const checked = result([]);
    const { runs: [run] } = log({ ...checked, findings: [
      { finding: finding(), fixes: [], suppressed: 'comment' }, { finding: finding(), fixes: [], suppressed: 'baseline' }, { finding: finding(), fixes: [] },
    ] });
    expect(run.results.map((one) => one['suppressions'])).toEqual([[{ kind: 'inSource' }], [{ kind: 'external' }], undefined]);
  });

  test('an unreadable file makes the run unsuccessful, a binary one does not', () => {
    const binary = { file: 'a.bin', reason: 'It is binary.', incomplete: false };
    const locked = { file: 'b.py', reason: 'No permission to read it.', incomplete: true };
    expect(log(result([], { skipped: [binary] })).runs[0].invocations[0]['executionSuccessful']).toBe(true);
    expect(log(result([], { skipped: [binary, locked] })).runs[0].invocations[0]['executionSuccessful']).toBe(false);
    expect(log(result([finding({ rule: 'TKG001' })])).runs[0].invocations[0]['executionSuccessful']).toBe(false);
  });

  test('property: any path and message gives a valid log', () => {
    const step = fc.string({ minLength: 1, maxLength: 8, unit: 'binary' }).filter((part) => !/[/\0]/.test(part) && part !== '.' && part !== '..' && part.isWellFormed());
    const path = fc.array(step, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'));
    fc.assert(fc.property(path, fc.string({ minLength: 1, unit: 'binary' }), (file, message) => {
      const { runs: [run] } = log(result([finding({ file, message })]));
      const [location] = run.results[0]?.['locations'] as readonly { physicalLocation: { artifactLocation: { uri: string } } }[];
      expect(decodeURIComponent(location?.physicalLocation.artifactLocation.uri ?? '')).toBe(file);
    }));
  });
});
