/** Every secret of a piece of log: what SEC001 finds in plain text, and the values that are known. */
import { mergeSecrets } from '../../../core/findings/mask.ts';
import { type Secret, SecretValues } from '../../../core/findings/secret-values.ts';
import { plainModel } from '../../../core/source/plain.ts';
import type { CustomDetector } from '../../../core/workspace/custom-detector.ts';
import { customHits } from '../custom/custom-scan.ts';
import { FileScan } from '../scan/file-scan.ts';

/** A web token that ran out is masked like any other: it names its owner all the same. */
const ALWAYS = '1970-01-01';

/** Sorted, disjoint places, those that detectors of a desk's own find among them; a name before a value is not among them, only the value. */
export function secretsOf(text: string, known: SecretValues, own: readonly CustomDetector[] = []): readonly Secret[] {
  const model = plainModel('stream', { text, lineStarts: lineStartsOf(text), encoding: 'utf-8' });
  const scan = new FileScan(model, false, ALWAYS);
  scan.addCustom(customHits(text, own));
  const found = scan.finish().map(({ span, detector }): Secret => ({ at: span, kind: detector }));
  return mergeSecrets([...known.placesIn(text), ...found]);
}

/** A text of our own (an error, a report of a crash) with what may have got into it masked. */
export function maskText(text: string): string {
  return maskSpan(text, secretsOf(text, SecretValues.none));
}

/** Only what is a secret for sure: paths and numbers of an error have to stay what they are. */
function maskSpan(text: string, secrets: readonly Secret[]): string {
  const parts: string[] = [];
  let from = 0;
  for (const { at, kind } of secrets) {
    parts.push(text.slice(from, at.start), `<${kind}>`);
    from = at.end;
  }
  return parts.join('') + text.slice(from);
}

function lineStartsOf(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) { starts.push(at + 1); }
  return starts;
}
