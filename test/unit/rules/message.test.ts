import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fillMessage, fitMessage, MESSAGE_LIMIT, placeholders } from '../../../src/core/rules/message.ts';

describe('fillMessage', () => {
  test('fills names and numbers', () => {
    expect(fillMessage('{count} ticks at {time}: {count}', { count: 3, time: '16:59' })).toBe('3 ticks at 16:59: 3');
  });

  test('leaves {handler} and {path} to the link step', () => {
    expect(fillMessage('{handler} prints {n} times by {path}', { n: 2 })).toBe('{handler} prints 2 times by {path}');
  });

  test('text of the user is no placeholder and stays on one line', () => {
    expect(fillMessage('found {text}', { text: 'f"{path}\n{n}"' })).toBe('found f"{ path } {n}"');
  });

  test('refuses a report that lacks what the message names', () => {
    expect(() => fillMessage('{limit} is too loose', {})).toThrow('message needs {limit}');
  });

  test('names its placeholders once', () => { expect(placeholders('{a} {b} {a} {} {1x}')).toEqual(['a', 'b']); });
});

describe('fitMessage', () => {
  test('leaves 200 characters alone and cuts 201', () => {
    expect(fitMessage('x'.repeat(200))).toBe('x'.repeat(200));
    expect(fitMessage('x'.repeat(201))).toBe(`${'x'.repeat(199)}…`);
  });

  test('drops a placeholder whole rather than cut it', () => {
    expect(fitMessage(`${'x'.repeat(195)} {handler} y`)).toBe(`${'x'.repeat(195)}…`);
  });

  test('property: never longer than the limit, never half a placeholder or half a character', () => {
    const part = fc.constantFrom('{handler}', '{path}', ' words ', '𝄞', 'é', '{', '}');
    fc.assert(fc.property(fc.array(part, { maxLength: 120 }), fc.integer({ min: 10, max: MESSAGE_LIMIT }), (parts, limit) => {
      const text = parts.join('');
      const fitted = fitMessage(text, limit);
      expect(fitted.length).toBeLessThanOrEqual(limit);
      expect(fitted.isWellFormed()).toBe(true);
      if (fitted === text) { return; }
      expect(fitted.endsWith('…')).toBe(true);
      const kept = fitted.slice(0, -1);
      expect(text.startsWith(kept)).toBe(true);
      const cutInside = [...text.matchAll(/\{(?:handler|path)\}/g)].some((match) => match.index < kept.length && match.index + match[0].length > kept.length);
      expect(cutInside).toBe(false);
    }));
  });
});
