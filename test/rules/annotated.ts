/**
 * Annotated source fixtures: `# ruleid: APX004` above a line that must be reported, `# ok: APX004` above its twin that must
 * not. Every finding of the rules under test needs its annotation. All files of a folder are linked as one workspace.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Rule } from '../../src/core/rules/rule.ts';
import { Syntax } from '../../src/core/source/source.ts';
import type { FileConfig } from '../../src/core/workspace/config-file.ts';
import { checkInMemory } from './memory.ts';

export interface AnnotatedOptions {
  readonly config?: FileConfig;
  readonly asOf?: string;
  /** Default `decide`: a fixture folder is a small workspace. */
  readonly trading?: 'assume' | 'decide';
  /** Changes a text before it is read, such as filling in generated secrets. */
  transform?(text: string): string;
}

/** Defines one test a fixture file under `folder`. */
export function annotatedFixtures(rules: readonly Rule[], folder: string, options: AnnotatedOptions = {}): void {
  describe(`fixtures in ${folder.split(sep).at(-1) ?? folder}`, () => {
    const files = readFolder(folder, options);
    let problems: ReadonlyMap<string, readonly string[]>;
    beforeAll(async () => { problems = annotationProblems(files, rules, await Syntax.create(), options); });

    test('annotate something', () => {
      expect(Object.values(files).flatMap((text) => annotationsOf(text)).length).toBeGreaterThan(0);
    });
    for (const path of Object.keys(files)) {
      test(path, () => { expect(problems.get(path)).toEqual([]); });
    }
  });
}

/** By path, what is not as annotated, one sentence each. */
export function annotationProblems(
  files: Readonly<Record<string, string>>, rules: readonly Rule[], syntax: Syntax, options: AnnotatedOptions = {},
): ReadonlyMap<string, readonly string[]> {
  const { config, asOf, trading = 'decide' } = options;
  const checked = checkInMemory(files, {
    rules, trading, ...(config === undefined ? {} : { config }), ...(asOf === undefined ? {} : { asOf }),
  }, syntax);
  const known = new Set(rules.map((rule) => rule.id));
  return new Map(Object.entries(files).map(([path, text]) => {
    const file = checked.get(path);
    const found = new Set((file?.findings ?? []).filter(({ finding, suppressed }) => known.has(finding.rule) && suppressed === undefined)
      .map(({ finding }) => `${finding.rule} ${finding.range.line}`));
    const annotations = annotationsOf(text).filter(({ rule }) => known.has(rule));
    const wanted = new Set(annotations.filter(({ fires }) => fires).map(({ rule, line }) => `${rule} ${line}`));
    return [path, [
      ...(file?.failed ?? []).map((error) => `a rule broke: ${error}`),
      ...[...wanted].filter((place) => !found.has(place)).map((place) => `${place}: annotated, not found`),
      ...[...found].filter((place) => !wanted.has(place)).map((place) => `${place}: found, not annotated`),
    ]];
  }));
}

export interface Annotation {
  readonly rule: string;
  readonly fires: boolean;
  /** 1-based line that is meant: the next one that is no annotation. */
  readonly line: number;
}

/** The annotations of a text, in any comment syntax. */
export function annotationsOf(text: string): readonly Annotation[] {
  const lines = text.split(/\r\n|\r|\n/);
  const parse = (line: string): RegExpExecArray | null => /^[ \t]*(?:#|\/\/|;|<!--|"[ ]*#)[ \t]?(ruleid|ok): ([A-Z0-9, ]+)(?: -->|\\n",)?$/.exec(line);
  return lines.flatMap((line, index) => {
    const match = parse(line);
    if (match === null) { return []; }
    let meant = index + 1;
    while (meant < lines.length && parse(lines[meant] as string) !== null) { meant += 1; }
    const rules = (match[2] as string).split(',').map((rule) => rule.trim()).filter((rule) => rule !== '');
    return rules.map((rule) => ({ rule, fires: match[1] === 'ruleid', line: meant + 1 }));
  });
}

function readFolder(folder: string, options: AnnotatedOptions): Readonly<Record<string, string>> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => join(entry.parentPath, entry.name)).sort();
  return Object.fromEntries(paths.map((path) => {
    const text = readFileSync(path, 'utf8');
    return [relative(folder, path).split(sep).join('/'), options.transform?.(text) ?? text];
  }));
}
