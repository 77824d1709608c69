/** PRF003: a file that every tick or message waits for, wherever in the project it is opened, read or written. */
import * as z from 'zod';
import type { Report, RuleContext, RuleListener, Site } from '../../../core/rules/rule.ts';
import { defineRule } from '../../../core/rules/rule.ts';
import { PROGRAMS } from '../../../core/source/languages.ts';
import type { Call, FunctionModel } from '../../../core/source/model.ts';
import { isUnguarded, onEveryEvent } from '../fast-path.ts';
import { fileAccessOf, type FileAccess } from '../file-access.ts';
import { Subscriptions } from '../subscriptions.ts';

type MessageId = 'disk' | 'buffer' | 'awaited' | 'idle';

/** Names of which every call that goes to a file holds one, by language family. */
const FILE_WORDS: readonly RegExp[] = [
  /\bopen\s{0,8}\(|\b(?:File|Folder)[A-Z]|\b(?:GlobalVariablesFlush|ChartScreenShot)\b/,
  /\b(?:fs|graceful-fs|fs-extra|aiofiles|shutil|gzip|zipfile|tarfile|h5py|shelve|tempfile|tables|memmap|HDFStore|ExcelWriter|ParquetWriter)\b/,
  /\b(?:to|write|read|sink)_[a-z]|\bsave[a-z_]{0,12}\b|\b(?:loadtxt|genfromtxt|fromfile|fdopen|fsync|truncate|touch)\b/,
  /\b(?:write|writelines|writerows?|writeheader|read|readlines?|flush|dump|load|remove|rename|replace|unlink|rmdir|mkdir|makedirs|listdir|scandir)\b/,
];

/** False where no call of a text can go to a file: it is not walked for this rule. A test compares this with the framework tables. */
export function mayGoToFiles(text: string): boolean {
  return FILE_WORDS.some((words) => words.test(text));
}

const options = z.strictObject({});

function create(context: RuleContext<MessageId, z.output<typeof options>>): RuleListener {
  const { model } = context;
  if (!mayGoToFiles(model.source.text)) { return {}; }
  const subscriptions = new Subscriptions(model);
  /** Functions in which a call that opens something was told: what uses it is the same root. */
  const opened = new Set<FunctionModel>();
  let outer: Call | undefined;
  return {
    call(node: Call, site: Site): void {
      const fn = site.function;
      // `json.dump(rows, open(path, "w"))` is one access.
      if (fn === undefined || (outer !== undefined && outer.start <= node.start && node.end <= outer.end)) { return; }
      const access = fileAccessOf(model, node, site);
      if (access === undefined || (access.onHandle && opened.has(fn)) || !isUnguarded(model, fn, node)) { return; }
      if (!access.onHandle) { opened.add(fn); }
      outer = node;
      context.report(reportOf(node, fn, access, subscriptions.isIdle(fn)));
    },
  };
}

function reportOf({ start, end }: Call, fn: FunctionModel, { kind }: FileAccess, idle: boolean): Report<MessageId> {
  return {
    at: { start, end },
    messageId: idle ? 'idle' : kind,
    severity: idle ? 'info' : kind === 'disk' ? 'error' : 'warning',
    when: onEveryEvent(fn, kind === 'awaited' ? 'handler' : 'thread'),
  };
}

export const filePerTick = defineRule<MessageId, z.output<typeof options>>({
  id: 'PRF003',
  name: 'file-per-tick',
  guardian: 'performance',
  languages: [...PROGRAMS, 'notebook'],
  severity: 'error',
  gate: 'merge',
  since: '0.1.0',
  scope: 'trading',
  cost: 'fast',
  summary: 'A file that a tick or message handler opens, reads or writes on every event.',
  messages: {
    disk: 'Waits for the disk on every {event}: {path}. Collect in memory, and write from a timer, every n-th {event} or at the end.',
    buffer: 'Writes to an open file on every {event}: {path}. Whenever its buffer is full, a {event} waits for the disk. Collect, and write from a timer.',
    awaited: 'Waits for a file on every {event}: {path}. What follows acts on an older price. Collect in memory, and write from a timer.',
    idle: 'Goes to a file on every {event} once its feed is subscribed to, which nothing here does by default: {path}. Write from a timer.',
  },
  options,
  create,
});
