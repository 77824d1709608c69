/** Help for people and the page docs/cli.md: two forms of the one table of commands. */
import { type Command, EXIT_CODES, optionsFor } from './command.ts';
import { COMMON_OPTIONS, type OptionSpec } from './options.ts';

const WIDTH = 100;
const GUTTER = 2;

/** `tickguard --help`. */
export function overview(commands: readonly Command[]): string {
  return [
    'tickguard guards trading code: leaked credentials, broken prop-firm rules, slow tick handlers.',
    '',
    'Usage: tickguard <command> [arguments] [options]',
    '',
    'Commands:',
    ...table(commands.map((command) => [usageOf(command), command.summary])),
    '',
    'Options:',
    ...table([...COMMON_OPTIONS.map((option): readonly [string, string] => [option.flag, option.description]), ['--version', 'Show the version']]),
    '',
    ...exitCodes(),
    '',
    'Examples:',
    ...table(commands.flatMap((command) => command.examples.slice(0, 1)).map((example) => [example.line, example.does])),
    '',
    '"tickguard <command> --help" shows the options of one command.',
    '',
  ].join('\n');
}

/** `tickguard check --help`. */
export function commandHelp(command: Command): string {
  const positionals = optionsFor(command).filter((option) => option.positional);
  const flags = [...optionsFor(command).filter((option) => !option.positional), ...COMMON_OPTIONS];
  return [
    `${command.summary}.`,
    '',
    `Usage: tickguard ${usageOf(command)} [options]`,
    ...command.description.flatMap((paragraph) => ['', ...wrap(paragraph, WIDTH)]),
    ...section('Arguments:', positionals.map((option) => [option.flag, describe(option)])),
    ...section('Options:', flags.map((option) => [signature(option), describe(option)])),
    ...section('Examples:', command.examples.map((example) => [example.line, example.does])),
    '',
    ...exitCodes(),
    '',
  ].join('\n');
}

/** The page docs/cli.md. */
export function cliPage(commands: readonly Command[]): string {
  return [
    '# The command line',
    '',
    '<!-- Generated from the table of options by "npm run generate"; do not edit. -->',
    '',
    'Run it as `tickguard`, or `npx tickguard` where it is not installed.',
    '',
    '| command | does |', '| --- | --- |',
    ...commands.map((command) => `| [\`${command.name}\`](#tickguard-${command.name}) | ${cell(command.summary)} |`),
    '',
    ...commands.flatMap(commandSection),
    '## Exit codes',
    '',
    '| code | means |', '| --- | --- |',
    ...EXIT_CODES.map(({ code, means }) => `| ${code} | ${cell(means)} |`),
    '',
    '## Environment',
    '',
    '| variable | does |', '| --- | --- |',
    '| `NO_COLOR` | Any value: no colours. `FORCE_COLOR=1` asks for them where no terminal is seen. |',
    '| `CI` | Any value: no progress line. |',
    '| `TICKGUARD_TIMING` | `1`: the time each rule took, after the report. |',
    '',
  ].join('\n');
}

function commandSection(command: Command): readonly string[] {
  const positionals = optionsFor(command).filter((option) => option.positional);
  const flags = optionsFor(command).filter((option) => !option.positional);
  const row = (name: string, option: OptionSpec): string => `| \`${cell(name)}\` | ${cell(describe(option))} |`;
  return [
    `## tickguard ${command.name}`, '', `${command.summary}.`, '',
    '```', `tickguard ${usageOf(command)} [options]`, '```', '',
    ...command.description.flatMap((paragraph) => [paragraph, '']),
    ...(optionsFor(command).length === 0 ? [] : ['| argument or option | does |', '| --- | --- |']),
    ...positionals.map((option) => row(option.flag, option)),
    ...flags.map((option) => row(signature(option), option)),
    ...(optionsFor(command).length === 0 ? [] : ['']),
    '```sh',
    ...columns(command.examples.map((example) => [example.line, `# ${example.does}`]), ''),
    '```', '',
  ];
}

/** `check [path…]`. */
function usageOf(command: Command): string {
  const positionals = optionsFor(command).filter((option) => option.positional).map((option) => {
    const name = option.kind === 'list' ? `${option.flag}…` : option.flag;
    return option.required ? `<${name}>` : `[${name}]`;
  });
  return [command.name, ...positionals].join(' ');
}

/** `--fail-on SEVERITY`. */
function signature(option: OptionSpec): string {
  return option.kind === 'boolean' ? option.flag : `${option.flag} ${option.value ?? 'VALUE'}`;
}

function describe(option: OptionSpec): string {
  const choices = option.choices === undefined ? '' : `: ${option.choices.join(', ')}`;
  const fallback = option.default === undefined ? '' : ` (default ${option.default})`;
  const lists = option.choices?.every((choice) => option.description.includes(choice)) === true;
  return `${option.description}${lists ? '' : choices}${fallback}`;
}

function exitCodes(): readonly string[] {
  return ['Exit codes:', ...table(EXIT_CODES.map(({ code, means }) => [String(code), means]))];
}

function section(title: string, rows: readonly (readonly [string, string])[]): readonly string[] {
  return rows.length === 0 ? [] : ['', title, ...table(rows)];
}

/** Two columns, indented, the second wrapped. */
function table(rows: readonly (readonly [string, string])[]): readonly string[] {
  return columns(rows, '  ');
}

function columns(rows: readonly (readonly [string, string])[], indent: string): readonly string[] {
  const left = Math.max(0, ...rows.map(([name]) => name.length)) + GUTTER;
  return rows.flatMap(([name, text]) => {
    const room = Math.max(WIDTH - left - indent.length, 40);
    const [first = '', ...more] = wrap(text, indent === '' ? Number.POSITIVE_INFINITY : room);
    return [`${indent}${name.padEnd(left)}${first}`, ...more.map((line) => `${indent}${' '.repeat(left)}${line}`)];
  });
}

function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}

/** Text inside a table cell. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
