/** What the injection rules say alike: where the value enters, and where the text was put together. */
import type { Report } from '../../../../core/rules/rule.ts';
import type { Expr, SourceModel, Span } from '../../../../core/source/model.ts';
import type { NameSite } from '../../../../core/source/scope.ts';
import { lineIndexAt } from '../../../../core/source/text.ts';
import { provenanceOf } from '../provenance/provenance.ts';
import type { Hole, Purpose } from '../provenance/value.ts';

/** True for holes that something fills which is not the program's and was not made harmless for the purpose. */
export function isOpen(hole: Hole, purpose: Purpose): boolean {
  return hole.origin !== 'plain' && hole.origin !== 'unknown' && hole.cleaned?.has(purpose) !== true;
}

/** True for what somebody else sent to a server or a bot. What stands in a page's address is its reader's own. */
export function isFromOthers(model: SourceModel, hole: Hole, purpose: Purpose): boolean {
  if (hole.origin !== 'user' || hole.cleaned?.has(purpose) === true) { return false; }
  return purpose === 'html' || purpose === 'code' || !/^(?:window|document|location|globalThis|use[A-Z]|prompt)/.test(model.source.text.slice(hole.at.start, hole.at.start + 20));
}

/** The places that belong to a finding: the source, and the line that puts the text together, where they are not the line it is at. */
export function relatedTo(model: SourceModel, at: Span, sink: Expr, site: NameSite, hole: Hole): NonNullable<Report<string>['related']> {
  const line = (span: Span): number => lineIndexAt(model.source, span.start);
  const [built] = provenanceOf(model).behind(sink, site);
  const places = [
    { at: hole.at, message: hole.origin === 'user' ? `${hole.label} is what somebody else sends` : `${hole.label} comes in here` },
    ...(built === undefined || built.expr === sink ? [] : [{ at: { start: built.expr.start, end: built.expr.end }, message: 'The text is put together here' }]),
  ];
  const seen = new Set([line(at)]);
  return places.filter((place) => {
    const own = line(place.at);
    return !seen.has(own) && seen.add(own).has(own);
  });
}
