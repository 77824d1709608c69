/** Secrets planted at random through random graphs of commits are all found, with their first and last commit and HEAD's state. */
import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { sampleSecret } from '../../src/guardians/security/index.ts';
import { history } from '../support/history.ts';
import { repositoryWith, type Repository } from '../support/repository.ts';
import { seeded } from '../../src/guardians/security/detectors/random.ts';

/** A tree as the test keeps it: path → lines. */
type Tree = ReadonlyMap<string, readonly string[]>;
interface Commit { readonly id: string; readonly tree: Tree; readonly parents: readonly Commit[]; readonly at: number }

const LONG = process.env['TICKGUARD_LONG'] === '1';
const ROUNDS = LONG ? 60 : 6;
const STEPS = LONG ? 40 : 24;

/** Value of a secret, and the line it stands on. */
const secret = (n: number): string => sampleSecret('binance-api-secret', n + 1);
const lineOf = (n: number): string => `BINANCE_API_SECRET_${n} = "${secret(n)}"`;

class World {
  readonly commits: Commit[] = [];
  readonly #random: () => number;
  readonly #repo: Repository;
  #planted = 0;

  constructor(seed: number) {
    this.#random = seeded(seed);
    this.#repo = repositoryWith();
  }

  get root(): string { return this.#repo.root; }
  get planted(): number { return this.#planted; }

  pick<T>(list: readonly T[]): T { return list[Math.floor(this.#random() * list.length)] as T; }

  /** A commit with exactly this tree, by git's plumbing: no merge of git's own has a say. */
  commit(tree: Tree, parents: readonly Commit[]): Commit {
    const at = 1_700_000_000 + this.commits.length * 60;
    const entries = [...tree].map(([path, lines]) => {
      const blob = execFileSync('git', ['hash-object', '-w', '--stdin'], { cwd: this.root, input: `${lines.join('\n')}\n` }).toString().trim();
      return `100644 ${blob}\t${path}\n`;
    });
    const index = { ...process.env, GIT_INDEX_FILE: `${this.root}/.git/test-index` };
    execFileSync('git', ['read-tree', '--empty'], { cwd: this.root, env: index });
    execFileSync('git', ['update-index', '--add', '--index-info'], { cwd: this.root, env: index, input: entries.join('') });
    const made = execFileSync('git', ['write-tree'], { cwd: this.root, env: index }).toString().trim();
    const stamp = `${at} +0000`;
    const id = execFileSync('git', ['commit-tree', made, ...parents.flatMap((parent) => ['-p', parent.id]), '-m', `step ${this.commits.length}`], {
      cwd: this.root, env: { ...process.env, GIT_AUTHOR_NAME: 'Desk', GIT_AUTHOR_EMAIL: 'd@example.com', GIT_COMMITTER_NAME: 'Desk', GIT_COMMITTER_EMAIL: 'd@example.com', GIT_AUTHOR_DATE: stamp, GIT_COMMITTER_DATE: stamp },
    }).toString().trim();
    const commit = { id, tree, parents, at };
    this.commits.push(commit);
    execFileSync('git', ['update-ref', `refs/heads/b${this.commits.length}`, id], { cwd: this.root });
    return commit;
  }

  /** One random thing that people do. */
  step(): void {
    if (this.commits.length === 0) { this.commit(new Map([['a.py', ['x = 1', 'y = 2']], ['src/b.py', filler(30)]]), []); return; }
    const base = this.pick(this.commits);
    const tree = new Map(base.tree);
    const path = this.pick([...tree.keys()]);
    const lines = [...tree.get(path) ?? []];
    const chance = this.#random();
    if (chance < 0.35) { lines.splice(Math.floor(this.#random() * (lines.length + 1)), 0, lineOf(this.#plant())); tree.set(path, lines); } else if (chance < 0.5) {
      tree.set(path, lines.filter((line) => !line.startsWith('BINANCE') || this.#random() < 0.4).concat(`z = ${this.commits.length}`));
    } else if (chance < 0.6) { tree.delete(path); tree.set(`moved/${this.commits.length}.py`, lines); } else if (chance < 0.68) { tree.set(`new${this.commits.length}.py`, [...filler(3), lineOf(this.#plant())]); } else if (chance < 0.78) {
      this.commit(this.pick(this.commits).tree, [base]);
      return;
    } else if (chance < 0.93 && this.commits.length > 2) {
      this.#merge(base, this.pick(this.commits));
      return;
    } else { tree.set(path, [...lines].reverse()); }
    if (tree.size === 0) { tree.set('rest.py', ['r = 1']); }
    this.commit(tree, [base]);
  }

  /** A merge takes each file from either side, now and then with a line that neither has. */
  #merge(ours: Commit, theirs: Commit): void {
    if (ours === theirs) { return; }
    const tree = new Map<string, readonly string[]>(ours.tree);
    for (const [path, lines] of theirs.tree) { if (this.#random() < 0.5) { tree.set(path, lines); } }
    if (this.#random() < 0.5) {
      const path = this.pick([...tree.keys()]);
      tree.set(path, [...tree.get(path) ?? [], lineOf(this.#plant())]);
    }
    this.commit(tree, [ours, theirs]);
  }

  /** Mostly a new secret, sometimes one that was there before. */
  #plant(): number {
    if (this.#planted > 0 && this.#random() < 0.25) { return Math.floor(this.#random() * this.#planted); }
    this.#planted += 1;
    return this.#planted - 1;
  }
}

function filler(count: number): string[] {
  return Array.from({ length: count }, (_, n) => `value_${n} = ${n}`);
}

const holds = (tree: Tree, path: string, n: number): boolean => (tree.get(path) ?? []).includes(lineOf(n));
const paths = (commit: Commit): readonly string[] => [...new Set([...commit.tree.keys(), ...commit.parents.flatMap((parent) => [...parent.tree.keys()])])];

/** Commits that brought a secret into a path under which no parent had it, or took it out of one, in the order of their dates. */
function movements(world: World, n: number): readonly { readonly commit: Commit; readonly change: 'added' | 'removed' }[] {
  return world.commits.flatMap((commit) => {
    const added = paths(commit).some((path) => holds(commit.tree, path, n) && !commit.parents.some((parent) => holds(parent.tree, path, n)));
    // A merge that takes the side without the secret shows no line of its own; git's combined patch tells of what all parents had.
    const removed = commit.parents.length > 0 && paths(commit).some((path) => !holds(commit.tree, path, n) && commit.parents.every((parent) => holds(parent.tree, path, n)));
    return [...(removed ? [{ commit, change: 'removed' as const }] : []), ...(added ? [{ commit, change: 'added' as const }] : [])];
  });
}

test.each(Array.from({ length: ROUNDS }, (_, round) => round + 1))('graph %i', async (seed) => {
  const world = new World(seed);
  for (let step = 0; step < STEPS; step += 1) { world.step(); }
  const head = world.pick(world.commits);
  execFileSync('git', ['update-ref', 'refs/heads/main', head.id], { cwd: world.root });
  const report = await history(world.root);
  const byPreview = new Map(report.secrets.map((one) => [/BINANCE_API_SECRET_(\d+)/.exec(one.preview)?.[1], one]));
  const known = Array.from({ length: world.planted }, (_, n) => n).filter((n) => movements(world, n).length > 0);
  expect(report.secrets.length).toBe(known.length);
  for (const n of known) {
    const moves = movements(world, n);
    const found = byPreview.get(String(n));
    expect(found, `secret ${n}`).toBeDefined();
    expect(found?.first.commit, `first of ${n}`).toBe(moves.find(({ change }) => change === 'added')?.commit.id);
    expect(found?.last.commit, `last of ${n}`).toBe(moves.at(-1)?.commit.id);
    const everIn = new Set(world.commits.flatMap((commit) => [...commit.tree.keys()].filter((path) => holds(commit.tree, path, n))));
    expect(found?.paths).toEqual([...everIn].sort());
    expect(found?.head.map(({ path }) => path).sort()).toEqual([...head.tree.keys()].filter((path) => holds(head.tree, path, n)).sort());
  }
  expect(known.length).toBeGreaterThan(3);
});
