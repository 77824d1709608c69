/** An open MQL5 document: every keystroke gives what reading the text from the start would, once it parses. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SourceDocument } from '../../../src/core/source/document.ts';
import { LONG, outline, read, syntax } from './support.ts';

const TEXT = [
  'input group "Risk"', 'input double MaxLoss = 5.0; // percent', "color c = C'1,2,3';", '#define LIMIT 3 // three', 'class CRisk', '{', '   double m_max;', 'public:', '  void ~CRisk() {}',
  '   bool Check();', '};', 'bool CRisk::Check() { return m_max > LIMIT; }', 'CRisk risk;', 'void OnTick()', '{', '   if(risk.Check()) Print("tick ", 09);', '}', '',
].join('\r\n');
const OPTIONS = { budgetMs: 20_000 };

function shape(document: SourceDocument): readonly string[] {
  return outline(document.model);
}

describe('an open MQL5 document', () => {
  test('typing a statement, letter by letter', () => {
    const document = new SourceDocument('ea.mq5', TEXT, syntax, OPTIONS);
    expect(shape(document)).toEqual(outline(read(TEXT, 'ea.mq5')));
    const at = TEXT.indexOf('   if(risk');
    const typed = "   input2 = D'2026.01.01';\r\n   Print(\"x\");\r\n";
    for (let length = 1; length <= typed.length; length++) {
      document.update(TEXT.slice(0, at) + typed.slice(0, length) + TEXT.slice(at));
      // What stands around is there all the time.
      expect(document.model.classes.map((cls) => cls.name)).toEqual(['CRisk']);
      expect(document.model.functions.map((fn) => fn.name)).toContain('OnTick');
    }
    expect(document.dirty).toEqual([]);
    expect(shape(document)).toEqual(outline(read(document.source.text, 'ea.mq5')));
  });

  test('whatever is inserted or deleted, a save reads the text as it stands', () => {
    const pieces = fc.constantFrom('"', "'", '/*', '*/', '//', '\r\n', '{', '}', ';', '(', ')', 'input ', 'void ', "D'", '#define A 1', 'Print(1);', 'x', ' ');
    const edit = fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), remove: fc.nat(12), insert: pieces });
    fc.assert(fc.property(fc.array(edit, { minLength: 1, maxLength: 8 }), (edits) => {
      const document = new SourceDocument('ea.mq5', TEXT, syntax, OPTIONS);
      let text = TEXT;
      for (const { at, remove, insert } of edits) {
        const start = Math.floor(at * text.length);
        text = text.slice(0, start) + insert + text.slice(start + remove);
        document.update(text);
        expect(document.source.text).toBe(text);
      }
      document.settle();
      if (document.dirty.length > 0) { return; }
      expect(shape(document)).toEqual(outline(read(text, 'ea.mq5')));
    }), { numRuns: LONG ? 5_000 : 150 });
  });
});
