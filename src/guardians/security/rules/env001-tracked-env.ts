/** ENV001: an environment file that git tracks. Every clone and every copy of the history holds its values. */
import * as z from 'zod';
import { defineRule } from '../../../core/rules/rule.ts';
import type { RuleContext, RuleListener } from '../../../core/rules/rule.ts';
import type { ConfigEntry } from '../../../core/source/model.ts';
import { isEnvironmentFile } from '../../../core/workspace/environment-files.ts';
import { isFilled, isSecretEntry } from '../handling/env-entries.ts';

type MessageId = 'secret' | 'settings';

/**
 * Files in which terminals and gateways keep their login, and that hold plain settings otherwise: MetaTrader's `common.ini`,
 * `terminal.ini`, its start-up files and presets, IBC's `config.ini`, the gateway's `jts.ini`, direnv's `.envrc`.
 */
export function isLoginFile(path: string): boolean {
  const name = nameOf(path);
  return /^(?:common|terminal|startup|config|jts|ibc|mt[45]|accounts?)\.ini$/.test(name) || name.endsWith('.set') || name.endsWith('.chr') || name === '.envrc';
}

/** Files that programs read by themselves: `.env`, and that of a stage. A copy beside them (`.env.backup_2`, `eurusd.env`) is read by nobody who does not ask. */
const READ_FILE = /^\.env(?:\.(?:local|dev|development|test|stage|staging|prod|production|live|paper|demo))?$/;

/** The file's name in lower case. */
function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).toLowerCase();
}

function create(context: RuleContext<MessageId, unknown>): RuleListener {
  const { model, file } = context;
  const filled: ConfigEntry[] = [];
  const environment = isEnvironmentFile(model.path);
  if (file.tracked !== true || (!environment && !isLoginFile(model.path))) return {};
  const strict = file.role !== 'code';
  return {
    entry(entry): void {
      if (isFilled(entry)) filled.push(entry);
    },
    end(): void {
      const secret = filled.find((entry) => isSecretEntry(entry, strict));
      const first = secret ?? filled[0];
      // A test's environment with settings alone is what it looks like.
      if (!first || ((strict || !environment) && !secret)) return;
      context.report({
        at: first.valueSpan,
        messageId: secret ? 'secret' : 'settings',
        severity: secret ? 'error' : READ_FILE.test(nameOf(model.path)) ? 'warning' : 'info',
        data: { name: first.key.slice(0, 40), file: model.path.slice(model.path.lastIndexOf('/') + 1).slice(0, 40), count: filled.length, values: filled.length === 1 ? 'value' : 'values' },
        textual: true,
        secrets: [{ at: first.valueSpan, kind: 'env-value' }],
        evidence: { values: String(filled.length), first: first.key.slice(0, 80) },
      });
    },
  };
}

export const trackedEnv = defineRule<MessageId, unknown>({
  id: 'ENV001',
  name: 'tracked-env',
  guardian: 'security',
  languages: ['dotenv', 'ini', 'shell'],
  severity: 'error',
  gate: 'commit',
  since: '0.1.0',
  scope: 'everywhere',
  // “Read it from the environment” is no advice in the environment file; the other keys of the file are named by SEC001.
  supersedes: ['SEC001'],
  cost: 'fast',
  summary: 'An environment file with real values that git tracks.',
  messages: {
    secret: '{count} {values} in git, {name} among them: every clone has it. Rotate it, git rm --cached {file}, add {file} to .gitignore.',
    settings: '{count} {values} in git, no secret yet: the next one will be. git rm --cached {file}, add {file} to .gitignore.',
  },
  options: z.strictObject({}),
  create,
});
