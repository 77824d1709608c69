/** ENV006: lines of an environment file that programs read otherwise than they look, and values that should not be there together. */
import * as z from 'zod';
import { defineRule } from '../../../core/rules/rule.ts';
import type { Report, RuleContext, RuleListener } from '../../../core/rules/rule.ts';
import type { ConfigEntry, SourceModel } from '../../../core/source/model.ts';
import { isEnvironmentFile, isEnvironmentTemplate } from '../../../core/workspace/environment-files.ts';
import { badLines, type BadLine, type LineProblem } from '../handling/dotenv-lines.ts';
import { deskOf, isNamedSecret, traceOf } from '../handling/env-entries.ts';

type MessageId = LineProblem | 'desks' | 'deskFiles' | 'dump';

/** What every process has in its environment and nobody writes into a file by hand. */
const PROCESS = /^(?:PATH|HOME|PWD|OLDPWD|SHELL|SHLVL|USER|LOGNAME|TERM|_|LS_COLORS|SSH_AUTH_SOCK|XDG_RUNTIME_DIR|DBUS_SESSION_BUS_ADDRESS|APPDATA|SystemRoot|ComSpec|PATHEXT|USERPROFILE|PSModulePath)$/;
/** So many of them are a dump. */
const DUMPED = 4;

function lineReport(bad: BadLine): Report<MessageId> {
  return {
    at: bad.at, messageId: bad.kind, severity: bad.changes ? 'warning' : 'info', textual: true,
    data: { name: bad.name.slice(0, 40), count: bad.count ?? 0, of: bad.of ?? 0, line: bad.line ?? 0 },
    evidence: { key: bad.name.slice(0, 80) },
    // Nothing of a line that was read wrong is shown: it may be half a secret.
    secrets: bad.kind === 'cut' || bad.kind === 'trailing' || bad.kind === 'rest' || (bad.kind === 'bare' && bad.name === 'This line') ? [{ at: bad.at, kind: 'env-value' }] : [],
  };
}

function create(context: RuleContext<MessageId, unknown>): RuleListener {
  const { model, file, report } = context;
  const template = isEnvironmentTemplate(model.path);
  if (model.language !== 'dotenv' || file.role !== 'code' || (!template && !isEnvironmentFile(model.path))) { return {}; }
  return {
    end(): void {
      for (const bad of badLines(model)) { report(lineReport(bad)); }
      if (template) { return; }
      const entries = model.entries.filter((entry) => entry.shape === 'scalar' && entry.keySpan !== undefined);
      judgeDump(entries, report);
      judgeDesks(context, entries);
    },
  };
}

function judgeDump(entries: readonly ConfigEntry[], report: (report: Report<MessageId>) => void): void {
  const given = entries.filter(({ key }) => PROCESS.test(key));
  const at = given[0]?.keySpan;
  if (given.length < DUMPED || at === undefined) { return; }
  report({ at, messageId: 'dump', severity: 'warning', textual: true, data: { count: entries.length, given: given.length } });
}

/** A secret that stands under a live and a paper name, in this file or in another one beside it. */
function judgeDesks({ model, report, note }: RuleContext<MessageId, unknown>, entries: readonly ConfigEntry[]): void {
  const secrets = entries.filter((entry) => entry.text.length >= 12 && isNamedSecret(entry, false));
  const told = new Set<ConfigEntry>();
  const byValue = new Map<string, ConfigEntry>();
  for (const entry of secrets) {
    const before = byValue.get(entry.text);
    const desks = new Set([before === undefined ? undefined : deskOf(before.key), deskOf(entry.key)]);
    if (before !== undefined && desks.has('live') && desks.has('paper')) {
      told.add(entry);
      report({ at: entry.valueSpan, messageId: 'desks', severity: 'warning', textual: true, data: { name: entry.key.slice(0, 40), other: before.key.slice(0, 40) }, secrets: hidden(entry) });
    }
    byValue.set(entry.text, before ?? entry);
  }
  const desk = deskOfFile(model);
  if (desk === undefined) { return; }
  const traces = secrets.flatMap((entry) => { const trace = traceOf(entry.text); return trace === undefined ? [] : [{ entry, trace }]; });
  const [first] = traces;
  if (first !== undefined) { note({ kind: 'names', topic: `env.values ${desk}`, names: traces.map(({ trace }) => trace), where: { start: 0, end: 0 } }); }
  for (const { entry, trace } of traces) {
    if (desk !== 'paper' || told.has(entry)) { continue; }
    report({ at: entry.valueSpan, messageId: 'deskFiles', severity: 'warning', textual: true, data: { name: entry.key.slice(0, 40) }, secrets: hidden(entry), when: { kind: 'named', topic: 'env.values live', name: trace, among: 'project' } });
  }
}

function hidden(entry: ConfigEntry): readonly { readonly at: ConfigEntry['valueSpan']; readonly kind: string }[] {
  return [{ at: entry.valueSpan, kind: 'env-value' }];
}

function deskOfFile(model: SourceModel): 'live' | 'paper' | undefined {
  return deskOf(model.path.slice(model.path.lastIndexOf('/') + 1));
}

export const badEnvLine = defineRule<MessageId, unknown>({
  id: 'ENV006',
  name: 'bad-env-line',
  guardian: 'security',
  languages: ['dotenv'],
  severity: 'warning',
  gate: 'none',
  since: '0.1.0',
  scope: 'code',
  readsIgnored: true,
  cost: 'fast',
  summary: 'A line of an environment file that programs read otherwise than it looks, or a value that stands where it should not.',
  messages: {
    twice: '{name} stands in line {line} as well: this one wins, there it is read by nobody. Delete one of them.',
    bare: '{name} has no =: it sets nothing, and docker fills it from the machine it runs on. Write NAME=value.',
    key: '{name} is no name a shell takes: letters, digits and _ only, no digit first. Rename it, here and where it is read.',
    blanks: '{name} has blanks around its =: a shell that sources the file fails, and docker takes them into the name. Write NAME=value.',
    cut: '{name} is cut at #: Node reads {count} of its {of} characters, Python all of them. Put the value in quotes.',
    quote: '{name} opens a quote that is never closed: programs read the quote as part of it, or the lines below as well. Close it.',
    trailing: '{name} begins or ends with a blank inside its quotes, which is part of the value: the login fails. Take it out.',
    mark: 'A byte order mark stands before {name}: Node, docker and shells read it as part of the name, and find no {name}. Save the file as UTF-8 without it.',
    rest: '{name} is followed by text behind its closing quote: readers drop it, or take the quote into the value. Put all of it in one pair of quotes.',
    desks: '{name} has the value of {other}: a paper run trades the live account, or the other way. Give each desk a key of its own.',
    deskFiles: '{name} has a value of the live environment file: a paper run trades the live account. Give each desk a key of its own.',
    dump: '{count} variables, {given} of them every process has: a dump of an environment, with whatever keys it held. Keep the lines that are meant.',
  },
  options: z.strictObject({}),
  create,
});
