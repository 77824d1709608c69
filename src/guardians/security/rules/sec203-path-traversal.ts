/** SEC203: a file whose path others choose. */
import * as z from 'zod';
import type { RuleContext, RuleListener, Site } from '../../../core/rules/rule.ts';
import { defineRule } from '../../../core/rules/rule.ts';
import { lastName } from '../../../core/source/meaning/annotations.ts';
import type { Call, Expr, SourceModel } from '../../../core/source/model.ts';
import { isScript } from '../../../core/source/languages.ts';
import { ownName } from '../code/callee.ts';
import { isFromOthers, relatedTo } from '../code/injection/reports.ts';
import { argumentOf, calledName, isOn, positionIn, SINKS } from '../code/injection/sinks.ts';
import { provenanceOf } from '../code/provenance/provenance.ts';
import { hasOtherInput } from '../code/provenance/sources.ts';
import { worstHole } from '../code/provenance/value.ts';

type MessageId = 'path';

const { functions, second, pathMethods, fs, fsModules, responses } = SINKS.path;
const LAST_NAMES: ReadonlySet<string> = new Set([...Object.keys(functions).map((name) => name.slice(name.lastIndexOf('.') + 1)), ...pathMethods, ...fs, ...Object.keys(responses), 'file']);
const NAMES: readonly string[] = ['file', 'path', 'filename', 'filepath_or_buffer', 'path_or_file', 'filename_or_fp', 'source', 'src', 'dst', 'name'];

function create(context: RuleContext<MessageId, unknown>): RuleListener {
  const { model } = context;
  if (!hasOtherInput(model)) { return {}; }
  return {
    call(node: Call, site: Site): void {
      const name = ownName(model, node.callee);
      if (name === undefined || !LAST_NAMES.has(name)) { return; }
      for (const path of pathsOf(model, node, name, site)) {
        if (path.kind === 'literal') { continue; }
        const hole = worstHole(provenanceOf(model).of(path, site), (one) => isFromOthers(model, one, 'path'));
        if (hole === undefined) { continue; }
        const at = { start: path.start, end: path.end };
        context.report({ at, messageId: 'path', data: { name: hole.label }, related: relatedTo(model, at, path, site, hole), evidence: { origin: hole.origin } });
        return;
      }
    },
  };
}

/** The paths a call opens, writes, moves or sends. */
function pathsOf(model: SourceModel, node: Call, name: string, site: Site): readonly Expr[] {
  const { callee } = node;
  const full = calledName(model, callee, site);
  const at = full === undefined ? undefined : positionIn(functions, full) ?? fsPosition(full, name);
  if (at !== undefined) {
    return [argumentOf(node, at, NAMES), ...(second.includes(full ?? '') ? [argumentOf(node, at + 1, NAMES)] : [])].filter((path) => path !== undefined);
  }
  if (callee.kind !== 'member') { return []; }
  // Express looks below `root` alone.
  if (isScript(model.language)) { return positionIn(responses, name) === undefined || isOn(node, 'root') ? [] : [argumentOf(node, 0)].filter((path) => path !== undefined); }
  return full === undefined && pathMethods.includes(name) && isPath(model, callee.object, site) ? [callee.object] : [];
}

function fsPosition(full: string, name: string): number | undefined {
  const module = full.slice(0, -name.length - 1);
  return (fsModules.includes(module) && fs.includes(name)) || full === 'globals.Bun.file' ? 0 : undefined;
}

/** `Path(…)`, `BASE / name`, and a name for one of them. */
function isPath(model: SourceModel, object: Expr, site: Site): boolean {
  return provenanceOf(model).behind(object, site).some(({ expr }) => (
    (expr.kind === 'call' && /^(?:Pure)?(?:Posix|Windows)?Path$|^(?:resolve|absolute|joinpath|with_suffix|expanduser)$/.test(lastName(expr.callee) ?? '')) || (expr.kind === 'binary' && expr.ops.includes('/'))));
}

export const pathTraversal = defineRule<MessageId, unknown>({
  id: 'SEC203',
  name: 'path-traversal',
  guardian: 'security',
  languages: ['python', 'typescript', 'javascript', 'notebook'],
  severity: 'error',
  gate: 'merge',
  since: '0.1.0',
  scope: 'code',
  cost: 'fast',
  summary: 'A file whose path others choose.',
  messages: {
    path: '{name} is what others send, and it is part of a path: ../.env is one, too. Take its base name, or check that the resolved path is below your folder.',
  },
  options: z.strictObject({}),
  create,
});
