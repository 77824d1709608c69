/** Variables that scripts and build files set: exact keys and values, and nothing that is no variable. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readConfig } from '../../../src/core/source/config/read-config.ts';
import type { ConfigLanguage } from '../../../src/core/source/model.ts';
import { languageOf } from '../../../src/core/source/languages.ts';
import { sourceOf } from '../../../src/core/source/text.ts';

const entriesOf = (language: ConfigLanguage, text: string): readonly string[] => readConfig(language, sourceOf(text)).entries
  .filter((entry) => entry.shape === 'scalar').map((entry) => `${entry.path.join('/')}=${text.slice(entry.valueSpan.start, entry.valueSpan.end)}`);
const commentsOf = (language: ConfigLanguage, text: string): readonly string[] => readConfig(language, sourceOf(text)).comments.map((comment) => comment.text);

test.each([
  ['run.sh', 'shell'], ['bin/start.bash', 'shell'], ['.envrc', 'shell'], ['.zshrc', 'shell'], ['deploy.ps1', 'powershell'], ['Dockerfile', 'dockerfile'],
  ['docker/Dockerfile.live', 'dockerfile'], ['bot.dockerfile', 'dockerfile'], ['research.ipynb', 'notebook'], ['AGENTS.md', 'markdown'],
  ['.cursor/rules/risk.mdc', 'markdown'], ['.cursorrules', 'markdown'], ['dockerfile_notes.txt', 'text'],
])('%s is %s', (path, language) => {
  expect(languageOf(path)).toBe(language);
});

describe('shell', () => {
  test.each([
    ['FOO=bar', ['FOO=bar']],
    ['export FOO="b ar" BAZ=\'x y\' # why', ['FOO=b ar', 'BAZ=x y']],
    ['FOO=bar BAZ=2 python bot.py --max-dd=5 KEY=not', ['FOO=bar', 'BAZ=2']],
    ['env A=1 B=2 run; C=3 && D=4', ['A=1', 'B=2', 'C=3', 'D=4']],
    ['declare -x A=1\nreadonly B=2\nlocal C=3', ['A=1', 'B=2', 'C=3']],
    ['MAX_DD=${MAX_DD:-12}', ['MAX_DD=12']],
    ['A="${A:-x y}"', ['A=x y']],
    ['if [ "$A" = "b" ]; then B=1; fi', ['B=1']],
    ['A=$(cat key.txt | head -n 1) B=2', ['A=$(cat key.txt | head -n 1)', 'B=2']],
    ['LIST=(a=1 b=2)\nC=3', ['C=3']],
    ['A=1 \\\n  B=2 run', ['A=1', 'B=2']],
    ['echo "A=1" C=2\n# D=4\nE=5', ['E=5']],
    ['cat > .env <<EOF\nKEY=value\nEOF\nAFTER=1', ['AFTER=1']],
    ['cat <<-"END" | grep x\n\tKEY=value\n\tEND\nAFTER=1', ['AFTER=1']],
    ['sudo -E A=1 run', []],
    ['x==y', []],
  ])('%j', (text, expected) => {
    expect(entriesOf('shell', text)).toEqual(expected);
  });

  test('comments, but no mark inside a word', () => {
    expect(commentsOf('shell', '#!/bin/sh\nA=1 # tail\necho a#b "# no"')).toEqual(['!/bin/sh', 'tail']);
  });
});

describe('Dockerfile', () => {
  test.each([
    ['FROM python:3.12\nENV A=1 B="two words" C=x\\ y\n', ['A=1', 'B=two words', 'C=x\\ y']],
    ['ENV MAX_DD 12 percent\n', ['MAX_DD=12 percent']],
    ['ARG KEY=abc\nLABEL desk.owner="me"\nARG NONE', ['KEY=abc', 'desk.owner=me']],
    ['ENV A=1 \\\n    # between\n    B=2\nRUN C=3 make', ['A=1', 'B=2']],
    ['# escape=`\nENV A=1 `\n  B=2', ['A=1', 'B=2']],
  ])('%j', (text, expected) => {
    expect(entriesOf('dockerfile', text)).toEqual(expected);
  });

  test('comments on lines of their own, within an instruction too', () => {
    expect(commentsOf('dockerfile', '# one\nENV A=1 \\\n  # two\n  B=2#3\n')).toEqual(['one', 'two']);
  });
});

describe('PowerShell', () => {
  test.each([
    ['$env:FOO = "bar"', ['FOO=bar']],
    ['[string]$ApiKey=\'it\'\'s\'; $b = 2', ["ApiKey=it''s", 'b=2']],
    ['param([double]$MaxDrawdown = 12.5, $x)', ['MaxDrawdown=12.5']],
    ['$settings = @{\n  MaxDailyLoss = 2500; Name = "apex"\n}', ['settings=@{', 'MaxDailyLoss=2500', 'Name=apex']],
    ['[Environment]::SetEnvironmentVariable("API_KEY", "abc", "User")', ['API_KEY=abc']],
    ['if ($a -eq 1) { Write-Host "x = 1" }', []],
    ['$t = @"\nA = 1\n"@\n$u = 1', ['t=A = 1', 'u=1']],
    ['$this.Limit = 5', ['Limit=5']],
    ['<# $a = 1 #> $b = 2 # $c = 3', ['b=2']],
  ])('%j', (text, expected) => {
    expect(entriesOf('powershell', text)).toEqual(expected);
  });
});

describe('Compose', () => {
  test('variables as list and as mapping give the same entries', () => {
    const list = 'services:\n  bot:\n    environment:\n      - MAX_DAILY_LOSS=2500\n      - "MODE=live"\n      - PASSED_ON\n';
    const map = 'services:\n  bot:\n    environment:\n      MAX_DAILY_LOSS: 2500\n      MODE: live\n';
    expect(entriesOf('yaml', list)).toEqual([...entriesOf('yaml', map), 'services/bot/environment/2=PASSED_ON']);
  });

  test('lists of other names stay lists', () => {
    expect(entriesOf('yaml', 'command:\n  - MAX_DD=5\n')).toEqual(['command/0=MAX_DD=5']);
  });
});

const LANGUAGES: readonly ConfigLanguage[] = ['ini', 'shell', 'powershell', 'dockerfile'];
const PIECES = ['FOO=', 'export ', 'ENV ', 'ARG K=', '$env:X = ', '[', ']', '"', "'", '\\', '`', '\n', '\r\n', '\r', ' ', '#', ';', '$(', '${A:-', '}', ')', '<<EOF', 'EOF', '||', '=', ':', 'abc', '12', '@"', '"@', '<#', '#>', '{', 'é😀'];

describe.each(LANGUAGES)('%s, whatever it is fed', (language) => {
  test('spans are places of the text, and texts are what stands there', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom(...PIECES), { maxLength: 60 }), (pieces) => {
      const text = pieces.join('');
      const { entries, comments, errors } = readConfig(language, sourceOf(text));
      for (const { start, end } of [...entries, ...comments, ...errors, ...entries.map(({ valueSpan }) => valueSpan)]) {
        expect(start).toBeGreaterThanOrEqual(0);
        expect(end).toBeGreaterThanOrEqual(start);
        expect(end).toBeLessThanOrEqual(text.length);
      }
      for (const entry of entries) {
        if (entry.shape === 'scalar') expect(text.slice(entry.valueSpan.start, entry.valueSpan.end)).toBe(entry.text);
        expect(text.slice(entry.keySpan?.start, entry.keySpan?.end).trim()).toBe(entry.key);
      }
      expect(comments.map(({ start }) => start)).toEqual(comments.map(({ start }) => start).toSorted((a, b) => a - b));
    }), { numRuns: 500 });
  });

  test.each(['$(', '${', '"', "'", '=', 'A=', 'A="', '<<A\n', '[', '@"', '<#', '\\', '$x = ', 'ENV A=\\\n', '# ', 'a:'])('is linear in %j', (piece) => {
    const time = (count: number): number => {
      const text = piece.repeat(count);
      const started = performance.now();
      readConfig(language, sourceOf(text));
      return performance.now() - started;
    };
    time(2_000);
    // Twenty times the text may take a hundred times as long, for the noise of a busy machine; a quadratic reader takes four hundred.
    expect(time(100_000)).toBeLessThan(Math.max(time(5_000), 4) * 100);
  });
});
