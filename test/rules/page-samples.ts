/** The code samples of a rule's page: fences by section, as files that the engine can check. */

/** Languages of fences that are checked, and the file a sample stands in when it does not say. */
const PATHS: Readonly<Record<string, string>> = {
  python: 'strategy.py', yaml: 'config.yaml', json: 'config.json', jsonc: 'config.json', toml: 'config.toml', dotenv: '.env', mql5: 'expert.mq5', typescript: 'bot.ts', dockerfile: 'Dockerfile', dockerignore: '.dockerignore',
};

/** What is checked together: one fence, or all fences of a section that name their file. */
export interface PageSample {
  readonly section: string;
  /** 1-based line of the first fence. */
  readonly line: number;
  readonly files: Readonly<Record<string, string>>;
  /** Rule pack of the account the sample is judged by (`pack=apex-4.0-intraday`). */
  readonly pack?: string;
  /** What the fence before it says the files were at an earlier revision (`before`). */
  readonly before?: Readonly<Record<string, string>>;
  /** git tracks the file (`tracked`). */
  readonly tracked: boolean;
  /** Its fences name their files: all of a section belong together. */
  readonly named: boolean;
}

/** Second-level headings of a page, in order. */
export function headingsOf(page: string): readonly string[] {
  return outsideFences(page).filter((line) => line.startsWith('## '));
}

/**
 * The samples of a page. A fence's info string may go on after the language: `python file=risk.py pack=ftmo-2step tracked`; one with `before` is what
 * the file of the next one was at an earlier revision.
 * Fences in other languages (`text`, `console`) are not checked.
 */
export function samplesOf(page: string): readonly PageSample[] {
  const samples: PageSample[] = [];
  const workspaces = new Map<string, PageSample>();
  let section = '';
  let before: Readonly<Record<string, string>> | undefined;
  let fence: { readonly info: string; readonly line: number; readonly lines: string[] } | undefined;
  page.split('\n').forEach((line, index) => {
    if (fence === undefined) {
      if (line.startsWith('## ')) { section = line; }
      if (line.startsWith('```')) { fence = { info: line.slice(3).trim(), line: index + 1, lines: [] }; }
      return;
    }
    if (line !== '```') { fence.lines.push(line); return; }
    const sample = sampleOf(section, fence);
    const isBefore = fence.info.split(' ').includes('before');
    fence = undefined;
    if (sample === undefined) { return; }
    const together = sample.named ? workspaces.get(section) : undefined;
    const whole = together === undefined ? sample : { ...together, files: { ...together.files, ...sample.files } };
    if (isBefore) { before = sample.files; return; }
    if (before !== undefined) { samples.push({ ...sample, before }); before = undefined; return; }
    if (sample.named) { workspaces.set(section, whole); } else { samples.push(whole); }
  });
  return [...samples, ...workspaces.values()];
}

function sampleOf(section: string, fence: { readonly info: string; readonly line: number; readonly lines: readonly string[] }): PageSample | undefined {
  const [language = '', ...words] = fence.info.split(/\s+/);
  const path = PATHS[language];
  if (path === undefined) { return undefined; }
  const named = (key: string): string | undefined => words.find((word) => word.startsWith(`${key}=`))?.slice(key.length + 1);
  const file = named('file');
  const pack = named('pack');
  return {
    section, line: fence.line, files: { [file ?? path]: `${fence.lines.join('\n')}\n` }, tracked: words.includes('tracked'), named: file !== undefined,
    ...(pack === undefined ? {} : { pack }),
  };
}

function outsideFences(page: string): readonly string[] {
  let inside = false;
  return page.split('\n').filter((line) => {
    if (line.startsWith('```')) { inside = !inside; return false; }
    return !inside;
  });
}
