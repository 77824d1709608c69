/** Nothing is sent over the network, by any door: every command runs in a process whose network functions leave a mark. */
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { THREADS_FROM_FILES } from '../../src/core/workspace/scan/parallel.ts';
import { createEngine } from '../../src/engine.ts';
import { sampleSecret } from '../../src/guardians/security/index.ts';
import { RawClient, STARTS } from '../server/client.ts';
import { type CliOptions, type CliRun, cli, folderWith, spawnRun } from '../support/cli.ts';
import { projectRoot } from '../support/project.ts';
import { repositoryWith } from '../support/repository.ts';

const PRELOAD = join(projectRoot, 'test', 'support', 'no-network.cjs');

/** Files outside the workspace in which processes sign and trespasses are marked. */
interface Watch {
  readonly env: Readonly<Record<string, string>>;
  /** What was reached for: `net.connect`. */
  marks(): readonly string[];
  /** Who loaded the preload: `process`, `thread`. */
  signed(): readonly string[];
}

function watch(): Watch {
  const folder = folderWith({});
  const [mark, seen] = [join(folder, 'mark'), join(folder, 'seen')];
  const lines = (file: string): readonly string[] => (existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter((line) => line !== '') : []);
  return {
    env: { NODE_OPTIONS: `--require ${JSON.stringify(PRELOAD)}`, TICKGUARD_NETWORK_MARK: mark, TICKGUARD_NETWORK_SEEN: seen },
    marks: () => lines(mark), signed: () => lines(seen),
  };
}

const LEAK = `BINANCE_API_SECRET = "${sampleSecret('binance-api-secret')}"\n`;

/** A repository with a secret in its history, one in its index, and a strategy. */
function desk(): string {
  const repository = repositoryWith({});
  cpSync(join(projectRoot, 'examples', 'desk'), repository.root, { recursive: true });
  repository.git('add', '-A', '-f');
  repository.stage('broker.py', LEAK);
  repository.commit();
  repository.stage('staged.py', `BYBIT_API_SECRET = "${sampleSecret('bybit-api-secret')}"\n`);
  return repository.root;
}

interface Command {
  /** Operation of the engine that it opens; none for `lsp`, which is a door itself. */
  readonly opens: string;
  readonly args: readonly string[];
  readonly code: number;
  /** Part of its output: it did its work. */
  readonly says: string;
  readonly input?: string;
}

const COMMANDS: readonly Command[] = [
  ...['text', 'json', 'sarif', 'github'].map((format): Command => ({ opens: 'check', args: ['check', '--format', format, '--all'], code: 1, says: 'SEC001' })),
  { opens: 'check', args: ['check', '--staged'], code: 1, says: 'SEC001' },
  { opens: 'replay', args: ['replay', '--account', 'apex-1', '--format', 'html'], code: 1, says: 'The account was lost' },
  { opens: 'size', args: ['size', '--stop', '8', '--product', 'MES', '--account', 'apex-1', '--balance', '51200'], code: 0, says: 'MES for apex-1' },
  { opens: 'packs', args: ['packs', 'diff', 'apex-4.0-intraday', 'apex-4.0-eod', '--here'], code: 0, says: 'Ledger days they judge differently: 1' },
  { opens: 'check', args: ['check', '--coverage'], code: 1, says: 'kill switch' },
  { opens: 'check', args: ['check', '--stdin-filename', 'x.py'], code: 1, says: 'SEC001', input: LEAK },
  { opens: 'history', args: ['history'], code: 1, says: 'binance' },
  { opens: 'history', args: ['history', '--proof'], code: 1, says: 'broker.py', input: `${sampleSecret('binance-api-secret')}\n` },
  { opens: 'hook', args: ['hook', 'status'], code: 1, says: 'pre-commit' },
  { opens: 'hook', args: ['hook', 'install'], code: 0, says: 'installed' },
  { opens: 'redact', args: ['redact'], code: 0, says: 'BINANCE_API_SECRET', input: LEAK },
  { opens: 'explain', args: ['explain', 'SEC001'], code: 0, says: 'hardcoded-secret' },
  { opens: 'limit', args: ['limit', 'experts/Include/RiskGuard.mqh:8'], code: 0, says: 'RiskGuard.mqh:8' },
  { opens: 'sessions', args: ['sessions', 'ES', '--from', '2026-11-26'], code: 0, says: 'Thanksgiving' },
  { opens: 'init', args: ['init'], code: 0, says: 'tickguard.json' },
  { opens: 'help', args: ['help', 'credentials'], code: 0, says: 'SEC001' },
];

/** The bundle on the desk, and what it reached for. */
async function watched(args: readonly string[], options: CliOptions): Promise<{ readonly run: CliRun; readonly by: Watch }> {
  const by = watch();
  return { run: await cli(args, { ...options, env: by.env }), by };
}

describe('the preload sees', () => {
  test.each([
    ['fetch', 'fetch("http://127.0.0.1:9/").catch(() => {})', 'globalThis.fetch'],
    ['http', 'require("node:http").get("http://127.0.0.1:9/")', 'http.get'],
    ['https', 'require("https").request("https://127.0.0.1:9/")', 'https.request'],
    ['a socket', 'new (require("net").Socket)().connect(9, "127.0.0.1")', 'net.Socket.connect'],
    ['tls', 'require("tls").connect(9)', 'tls.connect'],
    ['http2', 'require("http2").connect("http://127.0.0.1:9")', 'http2.connect'],
    ['a datagram', 'require("dgram").createSocket("udp4")', 'dgram.createSocket'],
    ['a look-up', 'require("dns").lookup("localhost", () => {})', 'dns.lookup'],
    ['a promised look-up', 'require("dns/promises").resolve4("localhost")', 'dns.promises.resolve4'],
    ['a resolver', 'new (require("dns").Resolver)().resolveTxt("localhost", () => {})', 'dns.Resolver.resolveTxt'],
    ['a module', 'import("node:net").then(({ connect }) => connect(9))', 'net.connect'],
    ['a listener', 'new (require("net").Server)().listen(0)', 'net.Server.listen'],
    ['a thread', 'new (require("worker_threads").Worker)("fetch(`http://127.0.0.1:9/`)", { eval: true, execArgv: [] }).on("error", () => {})', 'globalThis.fetch'],
  ])('%s', async (_, code, reached) => {
    const by = watch();
    await spawnRun(process.execPath, ['-e', code], { cwd: folderWith({}), env: by.env });
    expect(by.marks()).toEqual([reached]);
  });
});

describe('nothing is reached for by', () => {
  test.each(COMMANDS.map((command) => [command.args.join(' '), command] as const))('%s', async (_, { args, code, says, input }) => {
    const { run, by } = await watched(args, { cwd: desk(), ...(input === undefined ? {} : { input }) });
    expect([run.code, run.out + run.err]).toEqual([code, expect.stringContaining(says)]);
    expect([by.marks(), by.signed()[0]]).toEqual([[], 'process']);
  });

  test('every operation of the terminal is among them', () => {
    const opened = new Set(COMMANDS.map((command) => command.opens));
    expect(createEngine().operations.filter((operation) => operation.doors.includes('cli') && !opened.has(operation.id)).map((operation) => operation.id)).toEqual([]);
  });

  test('the threads of a large check', async () => {
    const root = folderWith(Object.fromEntries(Array.from({ length: 2 * THREADS_FROM_FILES }, (_, n) => [`m${n}.py`, `class M${n}:\n    def check(self, tick):\n        print(tick)\n`])));
    writeFileSync(join(root, 'broker.py'), LEAK);
    const { run, by } = await watched(['check', '--jobs', '3'], { cwd: root });
    expect([run.code, by.marks(), by.signed()]).toEqual([1, [], expect.arrayContaining(['process', 'thread'])]);
  });

  test.each(Object.entries(STARTS))('%s, asked about an open file', async (_, command) => {
    const by = watch();
    const root = desk();
    const client = new RawClient(command, root, by.env);
    try {
      await client.open(root);
      const uri = pathToFileURL(join(root, 'open.py')).href;
      client.didOpen(uri, LEAK);
      const [finding] = await client.pullUntil(uri, (items) => items.some((item) => item.code === 'SEC001'));
      await client.request('textDocument/codeAction', { textDocument: { uri }, range: finding?.range, context: { diagnostics: [finding] } });
      await client.request('textDocument/hover', { textDocument: { uri }, position: finding?.range.start });
    } finally { client.kill(); }
    expect([by.marks(), by.signed()]).toEqual([[], ['process']]);
  });
});
