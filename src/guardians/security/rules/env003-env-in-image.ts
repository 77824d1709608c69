/** ENV003: an environment file, a key file or a secret that is built into a container image: whoever pulls the image has it. */
import * as z from 'zod';
import { defineRule } from '../../../core/rules/rule.ts';
import type { RuleContext, RuleListener } from '../../../core/rules/rule.ts';
import type { ConfigEntry } from '../../../core/source/model.ts';
import { isEnvironmentFile } from '../../../core/workspace/environment-files.ts';
import { copySources, dockerIgnores, isWholeFolder } from '../handling/docker.ts';
import { classifyName } from '../scan/names.ts';
import { isPlace } from '../scan/value.ts';

type MessageId = 'file' | 'folder' | 'baked' | 'argument';

/** Files that hold a private key by their name. */
const KEY_FILE = /(?:^|\/)(?:id_(?:rsa|dsa|ecdsa|ed25519)|[\w.-]{1,80}\.(?:pem|p12|pfx|jks|keystore)|credentials\.json|service[-_]account[\w.-]{0,40}\.json|cdp_api_key\.json|\.netrc|\.npmrc|\.pypirc)$/i;
/** Certificates that are handed out end in `.pem` as well. */
const PUBLIC_FILE = /cert|ca\.pem|ca-|chain|bundle|public|\.pub/i;

function create(context: RuleContext<MessageId, unknown>): RuleListener {
  const { model } = context;
  const name = model.path.slice(model.path.lastIndexOf('/') + 1).toLowerCase();
  if (name.endsWith('.dockerignore')) { return { end: () => { noteIgnored(context); } }; }
  if (isEnvironmentFile(model.path)) { return { end: () => { noteFile(context); } }; }
  if (model.language === 'dockerfile') {
    return {
      entry: (entry) => { judgeVariable(context, entry); },
      end: () => { judgeCopies(context); },
    };
  }
  if (model.language === 'yaml' && /compose/.test(name)) { return { entry: (entry) => { judgeBuildArgument(context, entry); } }; }
  return {};
}

function noteIgnored({ model, note }: RuleContext<MessageId, unknown>): void {
  const { text } = model.source;
  const names = ['.env', '.env.live'].filter((path) => dockerIgnores(text, path));
  if (names.length > 0) { note({ kind: 'names', topic: 'docker.ignored', names, where: { start: 0, end: 0 } }); }
}

function noteFile({ model, note }: RuleContext<MessageId, unknown>): void {
  note({ kind: 'names', topic: 'env.file', names: [model.path.slice(model.path.lastIndexOf('/') + 1)], where: { start: 0, end: 0 } });
}

function judgeCopies({ model, report }: RuleContext<MessageId, unknown>): void {
  for (const source of copySources(model.source.text)) {
    const at = { start: source.start, end: source.end };
    if (isEnvironmentFile(source.path) || (KEY_FILE.test(source.path) && !PUBLIC_FILE.test(source.path))) {
      report({ at, messageId: 'file', severity: 'error', data: { file: source.path.slice(-40) } });
    } else if (isWholeFolder(source)) {
      report({
        at, messageId: 'folder', severity: 'error', data: {},
        when: { kind: 'all', of: [
          { kind: 'named', topic: 'env.file', among: 'above' },
          { kind: 'named', topic: 'docker.ignored', name: '.env', among: 'above', not: true },
        ] },
      });
    }
  }
}

/** `ENV API_SECRET=…` and `ARG API_SECRET` stand in the image's history, whatever is done later. */
function judgeVariable({ model, report }: RuleContext<MessageId, unknown>, entry: ConfigEntry): void {
  if (entry.keySpan === undefined || !isSecretName(entry.key)) { return; }
  const kind = instructionAt(model.source.text, entry.keySpan.start);
  const text = entry.text.trim();
  // A value written here is SEC001's; an empty one, a place and a default that a run replaces hold nothing.
  if (text === '' || isPlace(text) || !/^\$\{?\w/.test(text) || kind === 'LABEL') { return; }
  report({ at: entry.keySpan, messageId: 'baked', severity: 'warning', data: { name: entry.key.slice(0, 40) } });
}

/** The word that begins the instruction around a place: the lines above it belong to it where they end in a backslash. */
function instructionAt(text: string, at: number): string | undefined {
  let start = text.lastIndexOf('\n', at - 1) + 1;
  for (let lines = 0; lines < 100 && start > 0 && text.slice(Math.max(0, start - 40), start).trimEnd().endsWith('\\'); lines++) { start = text.lastIndexOf('\n', start - 2) + 1; }
  return /^[ \t]{0,40}(ENV|ARG|LABEL)[ \t]/i.exec(text.slice(start, start + 60))?.[1]?.toUpperCase();
}

function judgeBuildArgument({ report }: RuleContext<MessageId, unknown>, entry: ConfigEntry): void {
  const [build, args] = [entry.path.indexOf('build'), entry.path.indexOf('args')];
  if (build < 0 || args !== build + 1 || entry.shape !== 'scalar' || entry.keySpan === undefined || !isSecretName(entry.key)) { return; }
  report({ at: entry.keySpan, messageId: 'argument', severity: 'warning', data: { name: entry.key.slice(0, 40) } });
}

function isSecretName(name: string): boolean {
  const verdict = classifyName(name);
  return verdict !== undefined && verdict.role !== 'webhook';
}

export const envInImage = defineRule<MessageId, unknown>({
  id: 'ENV003',
  name: 'env-in-image',
  guardian: 'security',
  languages: ['dockerfile', 'text', 'yaml', 'dotenv'],
  severity: 'error',
  gate: 'merge',
  since: '0.1.0',
  scope: 'code',
  readsIgnored: true,
  cost: 'fast',
  summary: 'An environment file, a key file or a secret that is built into a container image.',
  messages: {
    file: '{file} is copied into the image: whoever pulls it has every value, also after a later RUN rm. Hand it over when the container starts: --env-file, or a secret.',
    folder: 'The whole folder is copied into the image, and its .env with it: no .dockerignore names it. Add the lines .env and .env.* to .dockerignore.',
    baked: '{name} is built into the image: docker history and docker inspect show it. Use RUN --mount=type=secret, or hand it over when the container starts.',
    argument: '{name} is a build argument: docker history shows its value. Name it under secrets of the build, and read it by RUN --mount=type=secret.',
  },
  options: z.strictObject({}),
  create,
});
