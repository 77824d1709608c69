/** The mask that makes MQL5 readable for a C++ grammar: nothing moves, and what is text stays text. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mask } from '../../../src/core/source/mql5/mask.ts';
import { LONG } from './support.ts';

const cases: readonly (readonly [name: string, text: string, masked: string])[] = [
  ['input', 'input double Risk = 1.0;', 'const double Risk = 1.0;'],
  ['sinput', 'sinput string Note = "x";', 'static string Note = "x";'],
  ['static input', 'static input int Magic = 7;', 'static const int Magic = 7;'],
  ['group', 'input group "Risk"\ninput int A = 1;', '                  \nconst int A = 1;'],
  ['attributes', 'input(name="Max (loss)") double L = 5;', 'const                    double L = 5;'],
  ['colour', "color c = C'255,0,0';", 'color c = 1111111111;'],
  ['date', "datetime d = D'2026.01.01 00:00';", 'datetime d = 1111111111111111111;'],
  ['destructor', 'class A { void ~A(); };\nvoid A::~A() {}', 'class A {      ~A(); };\n     A::~A() {}'],
  ['constructor with void', 'void CTrail::CTrail(void) : m(0) {}', '     CTrail::CTrail(void) : m(0) {}'],
  ['interface', 'interface IFoo { void F(); };', 'class     IFoo { void F(); };'],
  ['packed', 'struct RATE pack(8) { int a; };', 'struct RATE         { int a; };'],
  ['event map', 'EVENT_MAP_BEGIN(D)\n ON_EVENT(1,a,B)\nEVENT_MAP_END(W)\nint x;', '                  \n                \n                \nint x;'],
  ['leading zero', 'int h = 09;', 'int h = 19;'],
  ['names C++ keeps', 'bool not = true; this = x;', 'bool Not = true; This = x;'],
  ['type called', 'x = long(y); long z;', 'x = Long(y); long z;'],
  ['comment behind a directive', '#define A 5 // five\n#define B 6 //\n', '#define A 5 /*   */\n#define B 6   \n'],
  ['lone carriage return', 'int a; // one\rint b;', 'int a; // one\nint b;'],
  ['signs of the old code page in names', 'double \u00b9step; #define \u00a4 i\nx\u00a4 = 1;', 'double \u00bastep; #define \u00ba i\nx\u00ba = 1;'],
  ['escapes that only C++ reads', '#include "..\\..\\Util\\x.mqh"\ns = "\\ubc \\xyz \\x41";', '#include "..\\../Util/x.mqh"\ns = "/ubc /xyz \\x41";'],
  ['a variable as the body of a branch', 'if((a) > 0) int h = f();\nelse // none\n  double b;', 'if((a) > 0)     h = f();\nelse // none\n         b;'],
  ['a variable as the body of a loop', 'while(x) ulong t = g(); for(int i = 0; i < 3; i++) bool b = i;', 'while(x)       t = g(); for(int i = 0; i < 3; i++)      b = i;'],
  ['constructor with void in its class', 'class A : public B { void A(int x) : B(x) {} };', 'class A : public B {      A(int x) : B(x) {} };'],
  ['input behind its type', 'double input tp = 5; ENUM_TIMEFRAMES input tf = PERIOD_M1;', 'double       tp = 5; ENUM_TIMEFRAMES       tf = PERIOD_M1;'],
  ['blanks behind a continued line', '#define S(n) \\  \nclass n', '#define S(n)   \\\nclass n'],
];

const untouched: readonly string[] = [
  'Print("input double x; D\'2026\' C\'1\'");', '// input double x\nint y;', '/* input int a; void ~A */ int y;', 'double Sum(double &input[]);', 'double input = 5;',
  'input = 5;', 'request.input = 1;', "ushort c = 'D';", 'void Check(void);', 'if(this == x) return;', 'int interface_count;', '#property description "input int x"',
  'Print("\u00a4 \u00b9"); // \u00a4', 'int h\u00f6he = 1;', 's = "\\x0A \\n \\\\Users \\u00e9";', 'if(x) { int a = 1; }', 'int f(int a)\n{ int b; }', 'if(x) int(y);', 'f(x); int a;',
  'if(x) y = (int)z;', 'class A { void B(int x); };', 'void Run(A &a) {}', '#define MAX(a) \\\n  a',
];

describe('what is masked', () => {
  test.each(cases)('%s', (_name, text, masked) => { expect(mask(text)).toBe(masked); });
  test.each(untouched)('nothing in %s', (text) => { expect(mask(text)).toBe(text); });
});

describe('whatever the text', () => {
  const pieces = fc.constantFrom(
    'input ', 'sinput ', 'group ', '"', "'", 'D\'', 'C\'', '(', ')', '\n', '\r', '\r\n', '//', '/*', '*/', 'void ', '~', 'A', '::', ';', '{', '}', '\\', ' ', 'static ',
    'interface ', 'class ', '#define ', 'pack(8)', 'EVENT_MAP_BEGIN', 'EVENT_MAP_END(x)', '09', 'not', 'this', '=', 'long', 'x', '0', 'é', '\u00a4', 'if', 'else ', 'int ',
  );
  const texts = fc.array(pieces, { maxLength: 60 }).map((parts) => parts.join(''));
  const runs = LONG ? 200_000 : 5_000;

  test('it is as long, its lines break where they did, and masking it again changes nothing', () => {
    fc.assert(fc.property(texts, (text) => {
      const masked = mask(text);
      expect(masked.length).toBe(text.length);
      const breaks = (of: string): readonly number[] => [...of].flatMap((char, i) => (char === '\n' ? [i] : []));
      expect(breaks(masked)).toEqual(breaks(text.replace(/\r(?!\n)/g, '\n')));
      expect(mask(masked)).toBe(masked);
    }), { numRuns: runs });
  });

  test('strings and comments stay as they are', () => {
    fc.assert(fc.property(fc.string().filter((text) => !/["\\\r\n]/.test(text)), (text) => {
      expect(mask(`Print("${text}");`)).toBe(`Print("${text}");`);
      expect(mask(`// ${text}\nint x;`)).toBe(`// ${text}\nint x;`);
    }), { numRuns: runs / 5 });
  });

  test('the time grows with the length, not with its square', () => {
    const noise = ['input(', 'void ', "D'", 'EVENT_MAP_BEGIN ', '/*/', 'struct x pack(', 'input group "', '"\\x', 'if(x) int ', 'class A { void A(', '\\  '];
    for (const piece of noise) {
      const start = performance.now();
      mask(piece.repeat(1_200_000 / piece.length));
      expect(performance.now() - start, piece).toBeLessThan(2_500);
    }
  });
});
