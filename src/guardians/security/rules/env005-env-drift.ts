/** ENV005: the environment file, its template and the code name different variables. */
import * as z from 'zod';
import { defineRule } from '../../../core/rules/rule.ts';
import type { RuleContext, RuleListener } from '../../../core/rules/rule.ts';
import { PROGRAMS } from '../../../core/source/languages.ts';
import { isProgram } from '../../../core/source/code-languages.ts';
import type { ConfigEntry, Expr, Span } from '../../../core/source/model.ts';
import type { NameSite } from '../../../core/source/scope.ts';
import { isEnvironmentFile, isEnvironmentTemplate } from '../../../core/workspace/environment-files.ts';
import { readOfCall, readOfMember } from '../handling/sources.ts';

type MessageId = 'unknown' | 'missing' | 'read';

const options = z.strictObject({
  ignore: z.array(z.string()).default([]).describe('Variables that need not stand in a template, by their full names'),
});
type Options = z.output<typeof options>;

/** What the machine, the shell and the build server set by themselves. */
const GIVEN = /^(?:PATH|HOME|USER|USERNAME|LOGNAME|SHELL|PWD|TMPDIR|TEMP|TMP|LANG|LC_\w{1,40}|TZ|TERM|EDITOR|PAGER|DISPLAY|COLUMNS|HOSTNAME|CI|CI_\w{1,60}|GITHUB_\w{1,60}|RUNNER_\w{1,60}|NODE_ENV|NODE_OPTIONS|NO_COLOR|FORCE_COLOR|DEBUG|PYTHON\w{1,40}|VIRTUAL_ENV|CONDA_\w{1,40}|APPDATA|LOCALAPPDATA|PROGRAMDATA|PROGRAMFILES|USERPROFILE|SYSTEMROOT|WINDIR|COMSPEC|XDG_\w{1,40}|SSH_\w{1,40}|KUBERNETES_\w{1,60}|npm_\w{1,60}|VERCEL\w{0,40}|JEST_WORKER_ID|VITEST\w{0,40}|PYTEST_\w{1,40}|OMP_NUM_THREADS|CUDA_\w{1,40})$/;
/** Most variables of one program file. */
const MAX_READS = 200;

function create(context: RuleContext<MessageId, Options>): RuleListener {
  const { model, file } = context;
  if (isProgram(model.language)) { return file.role === 'code' && /environ|getenv|process\.env|import\.meta\.env|decouple/.test(model.source.text) ? readsOf(context) : {}; }
  if (file.role !== 'code') { return {}; }
  const template = isEnvironmentTemplate(model.path);
  // Of the variants (`.env.live`, `.env.backup`) each may hold a part only.
  if (!template && !(isEnvironmentFile(model.path) && /(?:^|\/)\.env(?:\.local)?$/.test(model.path))) { return {}; }
  const entries: ConfigEntry[] = [];
  return {
    entry(entry): void {
      if (entry.shape === 'scalar' && entry.keySpan !== undefined) { entries.push(entry); }
    },
    end(): void { compare(context, entries, template); },
  };
}

function compare({ options: { ignore }, report, note }: RuleContext<MessageId, Options>, entries: readonly ConfigEntry[], template: boolean): void {
  const [first] = entries;
  if (first?.keySpan === undefined) { return; }
  const names = [...new Set(entries.map(({ key }) => key))];
  const asked = names.filter((name) => !ignore.includes(name) && !GIVEN.test(name));
  const at = first.keySpan;
  note({ kind: 'names', topic: template ? 'env.template' : 'env.keys', names: [...names, ...ignore], where: at });
  report({ at, messageId: template ? 'missing' : 'unknown', severity: 'info', data: {}, when: { kind: 'lacking', topic: template ? 'env.keys' : 'env.template', names: asked, among: 'folder', of: 'mine' } });
  if (template) { report({ at, messageId: 'read', severity: 'info', data: {}, when: { kind: 'lacking', topic: 'env.reads', names: [...names, ...ignore], among: 'below', of: 'theirs' } }); }
}

/** Variables that a program file reads and that nothing holds for where they are missing. */
function readsOf({ model, note }: RuleContext<MessageId, Options>): RuleListener {
  const names = new Set<string>();
  let where: Span | undefined;
  const add = (name: string | undefined, at: Expr): void => {
    if (name === undefined || !/^[A-Z][A-Z0-9_]{2,79}$/.test(name) || GIVEN.test(name) || names.size >= MAX_READS) { return; }
    names.add(name);
    where ??= { start: at.start, end: at.end };
  };
  const members = (expr: Expr, site: NameSite): void => {
    const read = expr.kind === 'index' || expr.kind === 'member' ? readOfMember(model, expr, site) : undefined;
    if (read !== undefined) { add(read.name, expr); }
  };
  return {
    call(node, site): void {
      const read = readOfCall(model, node, site);
      if (read?.variable === true && read.fallback === undefined) { add(read.name, node); }
      for (const { value } of node.args) { members(value, site); }
    },
    assign(node, site): void {
      if (node.value !== undefined) { members(node.value.kind === 'await' ? node.value.operand : node.value, site); }
    },
    end(): void {
      if (where !== undefined) { note({ kind: 'names', topic: 'env.reads', names: [...names], where }); }
    },
  };
}

export const envDrift = defineRule<MessageId, Options>({
  id: 'ENV005',
  name: 'env-drift',
  guardian: 'security',
  languages: ['dotenv', 'text', ...PROGRAMS],
  severity: 'info',
  gate: 'none',
  since: '0.1.0',
  scope: 'code',
  readsIgnored: true,
  cost: 'fast',
  summary: 'The environment file, its template and the code name different variables.',
  messages: {
    unknown: '{wanted}: in this file and not in {file}, so nobody else learns that the program wants it. Add the name there, without the value.',
    missing: '{wanted}: in this template and not in {file} beside it. Whoever starts the program here starts it without. Add it, or take it out of the template.',
    read: '{wanted}: read by the code, and named by no line of this template. Add the name, so that a new machine is set up whole.',
  },
  options,
  create,
});
