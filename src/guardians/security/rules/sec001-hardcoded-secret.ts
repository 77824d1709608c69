/** SEC001: a credential written into a file, in any language, with the provider it opens where that can be told. */
import * as z from 'zod';
import type { Confidence, Severity } from '../../../core/findings/finding.ts';
import type { FileFacts, Report, RuleContext, RuleListener } from '../../../core/rules/rule.ts';
import { defineRule } from '../../../core/rules/rule.ts';
import type { CustomDetector } from '../../../core/workspace/custom-detector.ts';
import { ANY_LANGUAGE } from '../../../core/source/languages.ts';
import { holdsCode } from '../../../core/source/holds.ts';
import { customHits, customProblems } from '../custom/custom-scan.ts';
import { DETECTOR_NAMES, DETECTORS, OTHER_DETECTORS, type OtherDetector } from '../detectors/table.ts';
import type { SecretHit } from '../scan/candidate.ts';
import { candidatesOf, candidatesOfCall, candidatesOfParameters } from '../scan/code-candidates.ts';
import { FileScan } from '../scan/file-scan.ts';
import { mayHoldSecret } from '../scan/prospect.ts';

type MessageId = 'provider' | 'generic';

interface Options {
  readonly minConfidence: Confidence;
}

const SURENESS: readonly Confidence[] = ['low', 'medium', 'high'];

/** What is said about a kind of credential, for rows and for the detectors that are no rows. */
interface Wording {
  /** Absent where no provider can be told. */
  readonly provider?: string;
  readonly title: string;
  readonly opens: string;
  readonly rotate: string;
  readonly prefix: string;
  readonly severity: 'error' | 'warning' | 'info';
}

/** What is sure stops the commit, what is likely too; a guess is a hint, in tests no more than a remark. */
function severityOf(hit: SecretHit, most: Wording['severity'], role: FileFacts['role']): Severity {
  if (hit.slight === true) return 'info';
  if (hit.confidence !== 'low') return most;
  return role === 'code' && most !== 'info' ? 'warning' : 'info';
}

function wordingOf(detector: string, custom: readonly CustomDetector[]): Wording {
  const own = custom.find((one) => one.name === detector);
  if (own) return wordingOfCustom(own);
  const row = DETECTORS.find((one) => one.name === detector);
  if (row) return row;
  const other = OTHER_DETECTORS[detector as OtherDetector];
  return { ...other, prefix: '', severity: detector === 'encrypted-private-key' ? 'warning' : 'error' };
}

function wordingOfCustom({ title, opens = 'it opens what it was made for', rotate = 'Revoke it', provider, severity = 'error' }: CustomDetector): Wording {
  return { title, opens, rotate, prefix: '', severity, ...(provider === undefined ? {} : { provider }) };
}

function ownWords({ title, opens, rotate, provider }: Wording): Readonly<Record<string, string>> {
  return { title, opens, rotate, ...(provider === undefined ? {} : { provider }) };
}

function reportOf(hit: SecretHit, text: string, role: FileFacts['role'], custom: readonly CustomDetector[]): Report<MessageId> {
  const wording = wordingOf(hit.detector, custom);
  const named = hit.name !== undefined && hit.name.length <= 40;
  return {
    at: hit.span,
    messageId: named ? 'generic' : 'provider',
    data: { title: wording.title, opens: wording.opens, rotate: wording.rotate, ...(named ? { name: hit.name as string } : {}) },
    severity: severityOf(hit, wording.severity, role),
    detector: hit.detector,
    confidence: hit.confidence,
    ...(wording.provider === undefined ? {} : { provider: wording.provider }),
    textual: true,
    secrets: [{ at: hit.span, kind: hit.detector }],
    evidence: {
      // Without the half of a Windows line end that git takes away: the finding is the same on every machine.
      length: String(text.slice(hit.span.start, hit.span.end).replaceAll('\r\n', '\n').length),
      ...(wording.prefix === '' ? {} : { begins: `${wording.prefix}…` }),
      ...(hit.name === undefined ? {} : { name: hit.name }),
      ...hit.evidence,
      // Those who have the finding alone, as a history does, have no settings to look its words up in.
      ...(custom.some(({ name }) => name === hit.detector) ? ownWords(wording) : {}),
    },
  };
}

function create(context: RuleContext<MessageId, Options>): RuleListener {
  const { model, file } = context;
  const scan = new FileScan(model, file.role !== 'code', context.asOf);
  scan.addCustom(customHits(model.source.text, context.custom));
  const end = (): void => {
    if (scan.hasNames) scan.addEntries(model.entries);
    for (const hit of scan.finish()) if (SURENESS.indexOf(hit.confidence) >= SURENESS.indexOf(context.options.minConfidence)) context.report(reportOf(hit, model.source.text, file.role, context.custom));
  };
  // Where no telling name stands, and that is in most files, nobody has to walk the code.
  if (!holdsCode(model) || !scan.hasNames) return { end };
  return {
    function(fn): void {
      if (!scan.touches(fn)) return;
      const found = candidatesOfParameters(fn);
      scan.addCandidates(found.candidates);
      scan.addStrings(found.strings);
    },
    statement(stmt, site): void {
      if (!scan.touches(stmt)) return;
      const around = [site.class?.name ?? '', site.function?.name ?? ''].join(' ').trim();
      const found = candidatesOf(stmt, around);
      scan.addCandidates(found.candidates);
      scan.addStrings(found.strings);
    },
    call(node): void {
      if (scan.touches(node)) scan.addCandidates(candidatesOfCall(node));
    },
    end,
  };
}

export const hardcodedSecret = defineRule<MessageId, Options>({
  id: 'SEC001',
  name: 'hardcoded-secret',
  guardian: 'security',
  languages: ANY_LANGUAGE,
  severity: 'error',
  gate: 'commit',
  since: '0.1.0',
  scope: 'everywhere',
  cost: 'fast',
  summary: 'A credential written into a file: exchange and broker keys, bot tokens, private keys, passwords.',
  messages: {
    provider: '{title} in the file: {opens}. {rotate}, then read it from the environment.',
    generic: '{title} in {name}: {opens}. {rotate}, then read it from the environment.',
  },
  // Detectors are switched off one by one in the settings of rules (`SEC001/<detector>`), as any rule is.
  options: z.strictObject({
    minConfidence: z.enum(['low', 'medium', 'high']).default('low').meta({ description: 'Report what is at least this sure: low (everything), medium (name and value agree), high (the value proves itself)' }),
  }),
  detectors: DETECTOR_NAMES,
  customProblems,
  providers: [...new Set(DETECTORS.map(({ provider }) => provider))].sort(),
  mayFind: ({ path, role, source, custom }) => mayHoldSecret(path, role, source) || customHits(source.text, custom).length > 0,
  create,
});
