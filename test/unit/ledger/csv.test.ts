import { describe, expect, it } from 'vitest';
import { delimiterOf, rowsOf } from '../../../src/guardians/compliance/ledger/text/csv.ts';

describe('delimited text', () => {
  it.each<readonly [string, readonly (readonly [number, readonly string[]])[]]>([
    ['a,b\n1,2\n', [[1, ['a', 'b']], [2, ['1', '2']]]], ['a,b\r\n\r\n1,', [[1, ['a', 'b']], [3, ['1', '']]]], ['a,b\r1,2', [[1, ['a', 'b']], [2, ['1', '2']]]],
    ['"a,""b""",c\n1,2', [[1, ['a,"b"', 'c']], [2, ['1', '2']]]], ['"two\nlines",x\nnext,y', [[1, ['two\nlines', 'x']], [3, ['next', 'y']]]], ['"open, and on', [[1, ['open, and on']]]],
    ['"a"b,c', [[1, ['ab', 'c']]]], ['"1,2,""3,4"""', [[1, ['1', '2', '3,4']]]], ['', []], ['\n\n', []], [',', [[1, ['', '']]]],
  ])('%j', (text, rows) => {
    expect(rowsOf(text, ',').map(({ row, cells }) => [row, cells])).toEqual(rows);
  });

  it.each([['a,b;c', ','], ['a;b;c,d', ';'], ['a\tb', '\t'], ['"a,b,c";d', ';'], ['alone', ','], ['a|b|c', '|']])('of %j', (line, delimiter) => {
    expect(delimiterOf(line)).toBe(delimiter);
  });
});
