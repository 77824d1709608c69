/** SEC216: files that everybody on the machine can change, or keys that everybody can read. */
import * as z from 'zod';
import type { RuleContext, RuleListener, Site } from '../../../core/rules/rule.ts';
import { defineRule } from '../../../core/rules/rule.ts';
import { isScript } from '../../../core/source/languages.ts';
import type { Argument, Call, SourceModel } from '../../../core/source/model.ts';
import { rolesOf } from '../../../core/source/roles.ts';
import { argumentOf, spanOf, textOf } from '../code/arguments.ts';
import { calledName, isUnresolved, ownName } from '../code/callee.ts';
import { letsAllRead, letsAllWrite, masksNothing, openModeIn } from '../code/files/modes.ts';

type MessageId = 'write' | 'read' | 'mask';
type Context = RuleContext<MessageId, unknown>;

const PYTHON = /^os\.(?:chmod|lchmod|fchmod)$/;
const SCRIPT = /^(?:fs|fs\/promises|fs-extra|graceful-fs)(?:\.default)?(?:\.promises)?\.(?:chmod|chmodSync|lchmod|lchmodSync|fchmod|fchmodSync)$/;
const PATHS = /^pathlib\.(?:Posix|Windows)?Path\.(?:chmod|lchmod)$/;
/** Names of files that hold what nobody else reads. */
const SECRET_FILE = /(?:^|[/\\._-])(?:env|secrets?|credentials?|keys?|tokens?|passwords?|wallet|keystore|id_rsa|id_ed25519)(?:[._-]|$)|\.(?:pem|key|p12|pfx|keystore|jks)$/i;

function create(context: Context): RuleListener {
  const { model } = context;
  if (!/chmod|umask/.test(model.source.text)) { return {}; }
  if (model.language === 'shell' || model.language === 'dockerfile') { return { end(): void { commandLines(context, model); } }; }
  return {
    call(node: Call, site: Site): void {
      const name = ownName(model, node.callee);
      if (name === 'umask') { judgeMask(context, node, site); return; }
      const mode = name !== undefined && /chmod/.test(name) ? modeOf(model, node, site) : undefined;
      if (mode !== undefined) { judgeMode(context, node, mode, site); return; }
      if (rolesOf(model, node, site).includes('process')) { judgeCommand(context, node, site); }
    },
  };
}

/** The mode a call sets; undefined for other calls of that name. */
function modeOf(model: SourceModel, node: Call, site: Site): Argument | undefined {
  const full = calledName(model, node, site);
  if (full !== undefined) {
    if (isScript(model.language)) { return SCRIPT.test(full) ? argumentOf(node, undefined, 1) : undefined; }
    return PYTHON.test(full) ? argumentOf(node, 'mode', 1) : PATHS.test(full) ? argumentOf(node, 'mode', 0) : undefined;
  }
  // `(folder / "state").chmod(0o666)`, `self.path.chmod(…)`.
  const receiver = node.callee.kind === 'member' ? node.callee.object : undefined;
  return receiver !== undefined && !isScript(model.language) && node.args.length === 1 && isUnresolved(model, receiver, site) ? argumentOf(node, 'mode', 0) : undefined;
}

function judgeMode(context: Context, node: Call, mode: Argument, site: Site): void {
  const { model } = context;
  const written = model.source.text.slice(mode.value.start, mode.value.end).slice(0, 40);
  if (letsAllWrite(model, mode.value, site)) { context.report({ at: spanOf(mode.value), messageId: 'write', data: { mode: written } }); return; }
  const path = argumentOf(node, 'path', 0);
  const file = path === undefined || path === mode ? undefined : textOf(model, path.value, site);
  if (file !== undefined && SECRET_FILE.test(file) && !/\.(?:pub|crt|example)$/.test(file) && letsAllRead(model, mode.value, site)) {
    context.report({ at: spanOf(mode.value), messageId: 'read', data: { mode: written, file: file.slice(-40) } });
  }
}

function judgeMask(context: Context, node: Call, site: Site): void {
  const full = calledName(context.model, node, site);
  const mask = node.args[0]?.value;
  if ((full === 'os.umask' || full === 'globals.process.umask') && mask !== undefined && masksNothing(context.model, mask, site)) { context.report({ at: spanOf(node), messageId: 'mask' }); }
}

/** `os.system("chmod 777 data")`, `subprocess.run(["chmod", "777", "data"])`. */
function judgeCommand(context: Context, node: Call, site: Site): void {
  const [first] = node.args;
  const words = first?.value.kind === 'collection' ? first.value.items : first === undefined ? [] : [first.value];
  const command = words.map((word) => textOf(context.model, word, site) ?? '?').join(' ');
  const open = openModeIn(command);
  if (open !== undefined && first !== undefined) { context.report({ at: spanOf(first.value), messageId: 'write', data: { mode: command.slice(open.start, open.end) } }); }
}

function commandLines(context: Context, model: SourceModel): void {
  const { text, lineStarts } = model.source;
  lineStarts.forEach((start, index) => {
    const end = lineStarts[index + 1] ?? text.length;
    const found = end - start > 4000 ? undefined : openModeIn(text.slice(start, end));
    if (found !== undefined) { context.report({ at: { start: start + found.start, end: start + found.end }, messageId: 'write', data: { mode: text.slice(start + found.start, start + found.end) }, textual: true }); }
  });
}

export const openPermissions = defineRule<MessageId, unknown>({
  id: 'SEC216',
  name: 'open-permissions',
  guardian: 'security',
  languages: ['python', 'typescript', 'javascript', 'notebook', 'shell', 'dockerfile'],
  severity: 'warning',
  gate: 'merge',
  since: '0.1.0',
  scope: 'code',
  cost: 'fast',
  summary: 'A mode that lets everybody on the machine write a file, or read one with keys.',
  messages: {
    write: '{mode} lets every user and every process of the machine change it, and with it what the bot does. Take 0o600 for files, 0o700 for folders.',
    read: '{mode} lets every user of the machine read {file}. Take 0o600.',
    mask: 'After umask(0) every new file can be changed by everybody on the machine. Leave the mask, or set 0o077.',
  },
  options: z.strictObject({}),
  create,
});
