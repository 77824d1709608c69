/**
 * Commands whose answer is a text to read: how many contracts fit, when a product is open, what a rule pack says. The text is that of the terminal,
 * in a document that belongs to nobody's folder and is never saved.
 */
import { EventEmitter, Uri, window, workspace } from 'vscode';
import { type Answer, METHODS, type PackChoices, type TextParams } from '../shared/protocol.ts';
import { accountOfWorkspace } from './account-of-workspace.ts';
import type { ClientHandle } from './client-handle.ts';
import type { CommandEntry } from './commands.ts';
import type { Ctx } from './ctx.ts';

const SCHEME = 'tickguard-report';

/** Registers the documents, and gives the commands. A key may hand `tickguard.size` and `tickguard.sessions` what they would ask for: `"args": "8"`. */
export function registerReports(ctx: Ctx): readonly CommandEntry[] {
  const texts = new Map<string, string>();
  const changed = new EventEmitter<Uri>();
  ctx.extension.subscriptions.push(changed, workspace.registerTextDocumentContentProvider(SCHEME, {
    onDidChange: changed.event, provideTextDocumentContent: (uri) => texts.get(uri.path) ?? 'This report is of an earlier session. Run its command again.\n',
  }));
  const show = async (name: string, text: string): Promise<void> => {
    const uri = Uri.from({ scheme: SCHEME, path: `/${name}.txt` });
    texts.set(uri.path, text);
    changed.fire(uri);
    await window.showTextDocument(uri, { preview: true });
  };
  return [
    { id: 'tickguard.size', running: (client, stop) => size(ctx, client, show, stop) },
    { id: 'tickguard.sessions', running: (client, product) => sessions(ctx, client, show, product) },
    { id: 'tickguard.packs', running: (client) => packs(ctx, client, show) },
  ];
}

type Show = (name: string, text: string) => Promise<void>;

async function size(ctx: Ctx, client: ClientHandle, show: Show, given: unknown): Promise<void> {
  const chosen = await accountOfWorkspace(ctx, 'size a position of which account?');
  if (chosen === undefined) { return; }
  const stop = typeof given === 'string' ? given : await window.showInputBox({
    title: 'Tickguard: how many contracts fit?', prompt: 'Distance of the stop from the entry, in points of price. Another product than the account\u2019s first may follow: 12.25 MNQ', placeHolder: '8', validateInput: wrongStop,
  });
  const asked = readStop(stop);
  if (asked === undefined) { return; }
  const text = await textOf(client, { root: chosen.root, operation: 'size', input: { account: chosen.account, ...asked } });
  await show(`Size ${[asked.product, asked.stop].filter((part) => part !== undefined).join(' ')} (${chosen.account})`, text);
}

const STOP = /^\s*(\d{1,6}(?:\.\d{1,6})?)(?:\s+([A-Za-z0-9.!_-]{1,20}))?\s*$/;

function readStop(text: string | undefined): { readonly stop: string; readonly product?: string } | undefined {
  const match = text === undefined ? null : STOP.exec(text);
  return match?.[1] === undefined ? undefined : { stop: match[1], ...(match[2] === undefined ? {} : { product: match[2].toUpperCase() }) };
}

function wrongStop(text: string): string | undefined {
  return text.trim() === '' || readStop(text) !== undefined ? undefined : 'Points of price, as in 8 or 12.25; a product may follow: 12.25 MNQ';
}

async function sessions(ctx: Ctx, client: ClientHandle, show: Show, given: unknown): Promise<void> {
  const [root] = ctx.state.kind === 'running' ? ctx.state.status?.roots ?? [] : [];
  const product = (typeof given === 'string' ? given : await window.showInputBox({ title: 'Tickguard: when is it open?', prompt: 'Root or symbol: ES, MGCZ6, EURUSD, AAPL.NASDAQ', placeHolder: 'ES' }))?.trim();
  if (product === undefined || product === '') { return; }
  await show(`Sessions of ${product.toUpperCase()}`, await textOf(client, { root: root?.uri ?? '', operation: 'sessions', input: { product } }));
}

const ALONE = 'Show this one';

async function packs(ctx: Ctx, client: ClientHandle, show: Show): Promise<void> {
  const [root] = ctx.state.kind === 'running' ? ctx.state.status?.roots ?? [] : [];
  const choices = await client.request<PackChoices>(METHODS.packs);
  const items = choices.packs.map((pack) => ({ label: pack.id, description: pack.title }));
  const first = await window.showQuickPick(items, { title: 'Tickguard: rule packs', placeHolder: 'Which firm and plan?', matchOnDescription: true });
  if (first === undefined) { return; }
  const others = [{ label: ALONE, description: '' }, ...items.filter((item) => item.label !== first.label)];
  const second = await window.showQuickPick(others, { title: `Tickguard: ${first.label}`, placeHolder: 'Compare it with another one: which lines and ledger days of this project it judges otherwise', matchOnDescription: true });
  if (second === undefined) { return; }
  const alone = second.label === ALONE;
  const input = alone ? { words: [first.label] } : { words: ['diff', first.label, second.label], here: root !== undefined };
  await show(alone ? first.label : `${first.label} and ${second.label}`, await textOf(client, { root: root?.uri ?? '', operation: 'packs', input }));
}

/** The text of an operation; throws the sentence it refuses with. */
async function textOf(client: ClientHandle, params: TextParams): Promise<string> {
  const answer = await client.request<Answer<string>>(METHODS.text, params);
  if (!answer.ok) { throw new Error(answer.error); }
  return answer.value;
}
