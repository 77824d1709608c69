/** MQL5 as a model: the same shapes as Python's, with spans in the text as it was written. */
import { describe, expect, test } from 'vitest';
import type { Assign, SourceModel } from '../../../src/core/source/model.ts';
import { readSource } from '../../../src/core/source/source.ts';
import { decode } from '../../../src/core/source/text.ts';
import { outline, read, sketch, slice, spansOf, syntax } from './support.ts';

const mql = (text: string, path = 'Experts/ea.mq5'): SourceModel => read(text, path);

function assigns(model: SourceModel): readonly string[] {
  return model.body.flatMap((statement) => (statement.kind === 'assign' ? [assignText(model, statement)] : []));
}

function assignText(model: SourceModel, { storage, annotation, targets, op, value }: Assign): string {
  const parts = [storage, annotation === undefined ? undefined : slice(model, annotation), targets.map((target) => slice(model, target)).join(' '), op ?? '=', value === undefined ? '-' : slice(model, value)];
  return parts.filter((part) => part !== undefined).join(' ');
}

/** Body of `void f() { … }`. */
function inside(text: string): readonly string[] {
  const model = mql(`void f() { ${text} }`);
  expect(model.errors).toEqual([]);
  return outline(model, model.functions[0]!.body);
}

function expressionOf(text: string): string {
  const model = mql(`int x = ${text};`);
  const statement = model.body[0];
  if (statement?.kind !== 'assign' || statement.value === undefined || model.errors.length > 0) { throw new Error(`no value: ${text}`); }
  return sketch(model, statement.value);
}

describe('variables', () => {
  test('inputs in every form, constants, macros, members of enumerations', () => {
    const model = mql([
      'input group "Risk"', 'input double MaxDailyLossPercent = 5.0; // of balance', 'sinput int Magic = 7;', 'static input bool On = true;',
      'input(name="Limit") double Limit = 3;', 'extern int Old = 1;', 'const int Size = 10;', '#define MAX_DD 10.0 // percent', '#define BIG (2*MAX_DD)',
      '#define NAME "x"', '#define LOG(x) Print(x)', '#define EMPTY', 'enum Mode { A, B = 3 };', 'int a, b = 2;', 'double buffer[], table[2] = {1, 2};', 'CTrade trade;', 'CRisk *risk;',
    ].join('\n'));
    expect(model.errors).toEqual([]);
    expect(assigns(model)).toEqual([
      'input double MaxDailyLossPercent = 5.0', 'sinput int Magic = 7', 'input bool On = true', 'input double Limit = 3', 'extern int Old = 1',
      'const int Size = 10', 'define MAX_DD = 10.0', 'define BIG = 2*MAX_DD', 'define NAME = "x"', 'enum  A = -', 'enum  B = 3', 'int a = -', 'int b = 2',
      'double buffer = -', 'double table = {1, 2}', 'CTrade trade = -', 'CRisk risk = -',
    ]);
    expect(model.comments.map(({ text, ownLine }) => [text, ownLine])).toEqual([['of balance', false], ['percent', false]]);
  });

  test('an object that is made with arguments is a call of its class', () => {
    const model = mql('void f() { CRisk one(5); CRisk two(MaxLoss); CRisk three; } CRisk four(MaxLoss);');
    expect(outline(model, model.functions[0]!.body)).toEqual([
      'assign ⟨CRisk one(5);⟩ one | CRisk | one(5)', 'assign ⟨CRisk two(MaxLoss);⟩ two | CRisk | two(MaxLoss)', 'assign ⟨CRisk three;⟩ three | CRisk',
    ]);
    expect(assigns(model)).toEqual(['CRisk four = four(MaxLoss)']);
  });

  test('a prototype declares nothing', () => {
    const { body, imports } = mql('int f(int a, string b);\nvoid g();\n#import "user32.dll"\nint MessageBoxW(int h, string s);\n#import\nvoid h();\n');
    expect(body.map(({ kind }) => kind)).toEqual(['import']);
    expect(imports.map(({ name }) => name)).toEqual(['MessageBoxW']);
  });
});

describe('expressions', () => {
  test.each([
    ['!a && b || c', 'boolean:or⟨!a && b || c⟩(boolean:and⟨!a && b⟩(unary:not⟨!a⟩(name⟨a⟩) name⟨b⟩) name⟨c⟩)'],
    ['a - b - c', 'binary:-,-⟨a - b - c⟩(name⟨a⟩ name⟨b⟩ name⟨c⟩)'],
    ['-1', 'unary:-⟨-1⟩(literal:number=1⟨1⟩)'],
    ['1e-5 + .5f + 0xFF + 10L', 'binary:+,+,+⟨1e-5 + .5f + 0xFF + 10L⟩(literal:number=0.00001⟨1e-5⟩ literal:number=0.5⟨.5f⟩ literal:number=255⟨0xFF⟩ literal:number=10⟨10L⟩)'],
    ['09', 'literal:number=9⟨09⟩'],
    ["D'2026.01.01'", "unknown:date⟨D'2026.01.01'⟩"],
    ["C'1,2,3'", "unknown:color⟨C'1,2,3'⟩"],
    ['NULL', 'literal:none=null⟨NULL⟩'],
    ['(double)n', 'call⟨(double)n⟩(name⟨double⟩ name⟨n⟩)'],
    ['new CRisk(5)', 'call⟨new CRisk(5)⟩(name⟨CRisk⟩ literal:number=5⟨5⟩)'],
    ['risk.m_list[2].Get(a)', 'call⟨risk.m_list[2].Get(a)⟩(member:Get⟨risk.m_list[2].Get⟩(index⟨risk.m_list[2]⟩(member:m_list⟨risk.m_list⟩(name⟨risk⟩) literal:number=2⟨2⟩)) name⟨a⟩)'],
    ['::Print(x)', 'call⟨::Print(x)⟩(name⟨Print⟩ name⟨x⟩)'],
    ['CBase::Check()', 'call⟨CBase::Check()⟩(member:Check⟨CBase::Check⟩(name⟨CBase⟩))'],
    ['*p', 'name⟨p⟩'],
    ['dynamic_cast<CRisk *>(p)', 'call⟨dynamic_cast<CRisk *>(p)⟩(name⟨CRisk⟩ name⟨p⟩)'],
    ['a < b && c > (d)', 'boolean:and⟨a < b && c > (d)⟩(compare:<⟨a < b⟩(name⟨a⟩ name⟨b⟩) compare:>⟨c > (d)⟩(name⟨c⟩ name⟨d⟩))'],
    ['"a" "b\\n"', 'binary:+⟨"a" "b\\n"⟩(literal:string="a"⟨"a"⟩ literal:string="b\\n"⟨"b\\n"⟩)'],
    ['a ? b : c', 'conditional⟨a ? b : c⟩(name⟨b⟩ name⟨a⟩ name⟨c⟩)'],
    ['typename(T)', 'call⟨typename(T)⟩(name⟨typename⟩ name⟨T⟩)'],
  ])('%s', (text, shape) => { expect(expressionOf(text)).toBe(shape); });
});

describe('statements', () => {
  test('assignments in all their forms', () => {
    expect(inside('a = b = c; x += 2, y -= 3; i++; --k; this.m = 1; arr[i++] = 2;')).toEqual([
      'assign ⟨a = b = c;⟩ a | b | c', 'assign ⟨x += 2⟩ x | 2', 'assign ⟨y -= 3⟩ y | 3', 'assign ⟨i++;⟩ i | ++', 'assign ⟨--k;⟩ k | --',
      'assign ⟨this.m = 1;⟩ this.m | 1', 'assign ⟨arr[i++] = 2;⟩ arr[i++] | 2',
    ]);
  });

  test('branches: else if is one more branch', () => {
    expect(inside('if (a) b(); else if (c) { d(); } else e();')).toEqual([
      'if ⟨if (a) b(); else if (c) { d(); } else e();⟩ a | c', '  -', '    expression ⟨b();⟩ b()', '  -', '    expression ⟨d();⟩ d()', '  -', '    expression ⟨e();⟩ e()',
    ]);
  });

  test('loops: the start of a for comes before it', () => {
    expect(inside('for (int i = 0, j = 1; i < n; i++) { f(i); } while (x) g(); do h(); while (y);')).toEqual([
      'assign ⟨int i = 0⟩ i | int | 0', 'assign ⟨j = 1;⟩ j | int | 1', 'loop ⟨ i < n; i++) { f(i); }⟩ i < n; i++', '  -', '    expression ⟨f(i);⟩ f(i)',
      'loop ⟨while (x) g();⟩ x', '  -', '    expression ⟨g();⟩ g()', 'loop ⟨do h(); while (y);⟩ y', '  -', '    expression ⟨h();⟩ h()',
    ]);
  });

  test('switch: cases that fall through are one case, and compare what they name', () => {
    const model = mql('void f() { switch (id) { case A: case B: g(); break; default: h(); } }');
    const statement = model.functions[0]!.body[0];
    if (statement?.kind !== 'match') { throw new Error('no match'); }
    expect(statement.cases.map(({ patterns, body }) => [patterns.map((one) => one.kind === 'unknown' ? `${one.syntax} ${slice(model, one)}` : one.kind), body.length])).toEqual([
      [['case A', 'case B'], 2], [[], 1],
    ]);
  });

  test('both sides of a conditional compilation are read', () => {
    expect(inside('\n#ifdef DEBUG\nPrint("a");\n#else\nPrint("b");\n#endif\n')).toEqual(['expression ⟨Print("a");⟩ Print("a")', 'expression ⟨Print("b");⟩ Print("b")']);
  });
});

describe('definitions', () => {
  const text = [
    '#include <Trade/Trade.mqh>', '#include "..\\risk\\limits.mqh"', 'class CBase;', 'class CRisk : public CBase', '{', 'private:', '   CTrade m_trade;', '   double m_max;', 'public:',
    '   CRisk(double max) : m_max(max) {}', '  void ~CRisk() {}', '   virtual bool Check(const double &prices[], int n = 3) = 0;', '   bool Ok() const { return m_max > 0; }', '   void Close();', '};',
    'void CRisk::Close() { m_trade.PositionClose(_Symbol); }', 'struct S { int a; } s1;', 'template<typename T> T Max2(T a, T b) { return a > b ? a : b; }', 'CRisk *Make(void) { return new CRisk(5); }',
  ].join('\r\n');

  test('classes, methods inside and outside of them, functions', () => {
    const model = mql(text);
    expect(model.errors).toEqual([]);
    expect(model.classes.map((cls) => [cls.qualifiedName, cls.bases.map((base) => slice(model, base)), cls.methods.map((index) => model.functions[index]!.qualifiedName)])).toEqual([
      ['CRisk', ['CBase'], ['CRisk.CRisk', 'CRisk.~CRisk', 'CRisk.Ok', 'CRisk.Close']], ['S', [], []],
    ]);
    expect(model.functions.map((fn) => [fn.qualifiedName, fn.parameters.map((one) => one.name), fn.returns === undefined ? undefined : slice(model, fn.returns)])).toEqual([
      ['CRisk.CRisk', ['max'], undefined], ['CRisk.~CRisk', [], undefined], ['CRisk.Ok', [], 'bool'], ['CRisk.Close', [], undefined],
      ['Max2', ['a', 'b'], 'T'], ['Make', [], 'CRisk'],
    ]);
    expect(slice(model, model.functions[3]!.nameSpan)).toBe('Close');
    expect(outline(model, model.functions[0]!.body)).toEqual(['assign ⟨m_max(max)⟩ m_max | max']);
  });

  test('includes: what is in brackets and what stands beside the file', () => {
    expect(mql(text).imports.map(({ module, level, name }) => [module, level, name])).toEqual([['Trade/Trade.mqh', 0, '*'], ['../risk/limits.mqh', 1, '*']]);
  });

  test('every span lies in the text', () => {
    const model = mql(text);
    for (const span of spansOf(model)) { expect(span.start >= 0 && span.start <= span.end && span.end <= text.length).toBe(true); }
  });
});

describe('files', () => {
  const text = 'input double MaxLoss = 5.0; // größer\r\nvoid OnTick() { Print("Ω"); }\r\n';
  test('UTF-16 and 8-bit files give the same places', () => {
    const wide = decode(Buffer.from(`\ufeff${text}`, 'utf16le'));
    const narrow = decode(Buffer.from(text.replace('Ω', 'O'), 'latin1'));
    if (!wide.ok || !narrow.ok) { throw new Error('not decoded'); }
    expect([wide.source.encoding, narrow.source.encoding]).toEqual(['utf-16le', 'latin1']);
    for (const source of [wide.source, narrow.source]) {
      const model = readSource('ea.mq5', source, syntax, { budgetMs: 5_000 });
      const call = model.functions[0]!.body[0]!;
      expect(slice(model, call)).toMatch(/^Print\("[ΩO]"\);$/);
      expect(model.comments[0]!.text).toBe('größer');
    }
  });

  test('lone carriage returns end comments', () => {
    const model = mql('// one\rint a = 1;\rint b = 2;\r');
    expect(assigns(model)).toEqual(['int a = 1', 'int b = 2']);
    expect(model.comments.map((comment) => slice(model, comment))).toEqual(['// one']);
  });

  test('a broken line costs itself, not the file', () => {
    const model = mql('input double A = 1.0;\nvoid OnTick()\n{\n   int x = = 3;\n   Print("a");\n}\nvoid OnTimer() { Print("b"); }\n');
    expect(model.errors.map((span) => slice(model, span))).toEqual(['=']);
    expect(model.functions.map((fn) => fn.name)).toEqual(['OnTick', 'OnTimer']);
    expect(outline(model, model.functions[0]!.body)).toContain('expression ⟨Print("a");⟩ Print("a")');
  });

  test('20,000 terms and 5,000 branches deep', () => {
    expect(mql(`string s = ${'"a" + '.repeat(20_000)}"b";`).body).toHaveLength(1);
    expect(mql(`void f() { ${'if (a) { '.repeat(2_000)} g(); ${'} '.repeat(2_000)} }`).functions).toHaveLength(1);
    expect(mql(`void f() { ${'if (a) g(); else '.repeat(2_000)} h(); }`).functions[0]!.body).toHaveLength(1);
  });
});
