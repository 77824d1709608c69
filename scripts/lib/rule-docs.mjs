// Text that follows from the rules: the heading of each page, the index, the JSON schema of tickguard.json.

/** The first heading a person writes; everything above it is generated. */
export const FIRST_SECTION = '## Why';

/** Headings every page has, in this order. */
export const SECTIONS = ['## Why', '## Bad', '## Good', '## When not to use it'];

const LANGUAGES = { python: 'Python', mql5: 'MQL5', typescript: 'TypeScript', javascript: 'JavaScript', yaml: 'YAML', json: 'JSON', toml: 'TOML', dotenv: '.env', text: 'plain text', ini: 'INI and presets', shell: 'shell', powershell: 'PowerShell', dockerfile: 'Dockerfile', notebook: 'notebooks', markdown: 'Markdown',
};
const NOTE = '<!-- Everything above “Why” is generated from the rule by `npm run generate`. -->';

/**
 * The page with its heading made anew; undefined when it has no hand-written part.
 * @param {import('../../src/core/rules/rule.ts').Rule} rule
 * @param {string} page the page as it is; line ends as in the file
 */
export function rulePageText(rule, page, toJsonSchema) {
  const written = page.replaceAll('\r\n', '\n');
  const start = written.startsWith(FIRST_SECTION) ? 0 : written.indexOf(`\n${FIRST_SECTION}`) + 1;
  if (start === 0 && !written.startsWith(FIRST_SECTION)) { return undefined; }
  return `${heading(rule, toJsonSchema)}\n${written.slice(start).trimEnd()}\n`;
}

const PLACES = {
  everywhere: 'every file, tests and vendored code too',
  code: 'your own code; no tests, no vendored code',
  trading: 'trading code: what a strategy, an expert or their configuration reaches',
};

function heading(rule, toJsonSchema) {
  const rows = [
    ['Guardian', rule.guardian],
    ['Severity', rule.severity],
    ['Stops', rule.gate === 'none' ? 'nothing' : `the ${rule.gate}`],
    ['Reads', rule.languages.map((language) => LANGUAGES[language]).join(', ')],
    ['Where', PLACES[rule.scope]],
    ['Quick fix', rule.fixable === true ? 'yes' : 'no'],
    ['Since', rule.since],
  ];
  return [
    `# ${rule.id}: ${rule.name}`, '', NOTE, '', rule.summary, '',
    '| | |', '|---|---|', ...rows.map(([name, value]) => `| ${name} | ${cell(value)} |`), '',
    ...detectors(rule), ...options(rule, toJsonSchema),
  ].join('\n');
}

function detectors(rule) {
  if ((rule.detectors ?? []).length === 0) { return []; }
  const names = rule.detectors.map((name) => `\`${name}\``).join(', ');
  return [`**Detectors**, each to be silenced or set alone as \`${rule.id}/<detector>\`: ${names}.`, ''];
}

function options(rule, toJsonSchema) {
  const properties = Object.entries(toJsonSchema(rule.options).properties ?? {});
  if (properties.length === 0) { return []; }
  return [
    '| Option | Type | Default | |', '|---|---|---|---|',
    ...properties.map(([name, schema]) => `| \`${name}\` | ${cell(typeText(schema))} | ${schema.default === undefined ? '' : `\`${cell(JSON.stringify(schema.default))}\``} | ${cell(schema.description ?? '')} |`),
    '',
  ];
}

function typeText(schema) {
  if (schema.enum !== undefined) { return schema.enum.map((value) => `\`${JSON.stringify(value)}\``).join(', '); }
  if (schema.anyOf !== undefined) { return schema.anyOf.map(typeText).join(' or '); }
  if (schema.type === 'array') { return `list of ${typeText(schema.items ?? {})}`; }
  return schema.type === 'string' ? 'text' : schema.type ?? 'any';
}

function cell(text) {
  return String(text).replaceAll('|', '\\|').replaceAll('\n', ' ');
}

/** `docs/rules/README.md`: every rule by guardian. */
export function ruleIndexText(rules) {
  const guardians = [...new Set(rules.map((rule) => rule.guardian))].sort((a, b) => Number(a === 'engine') - Number(b === 'engine') || a.localeCompare(b));
  const sections = guardians.flatMap((guardian) => [
    `## ${guardian[0].toUpperCase()}${guardian.slice(1)}`, '',
    '| Rule | Name | Severity | Stops | Reads | |', '|---|---|---|---|---|---|',
    ...rules.filter((rule) => rule.guardian === guardian).sort((a, b) => a.id.localeCompare(b.id)).map((rule) =>
      `| [${rule.id}](${rule.id}.md) | ${rule.name} | ${rule.severity} | ${rule.gate === 'none' ? 'nothing' : rule.gate} | ${rule.languages.map((language) => LANGUAGES[language]).join(', ')} | ${cell(rule.summary)} |`),
    '',
  ]);
  return [
    '# Rules', '', '<!-- Generated from the rules by `npm run generate`. -->', '',
    'Every rule has a page with the reason, a bad and a good example, and when not to use it; `tickguard explain RULE` shows it in the terminal.', '',
    ...sections,
  ].join('\n');
}

/**
 * The JSON schema of tickguard.json: the engine's own schema, with every rule, its options and every pack by name.
 * @param {object} schema JSON schema of the file, draft 7
 * @param {readonly { id: string, title: string }[]} packs
 */
export function configSchemaText(schema, rules, packs, toJsonSchema) {
  const whole = structuredClone(schema);
  const severity = { enum: ['error', 'warning', 'info', 'off'], description: 'How findings look; "off" silences them.' };
  const definitions = Object.fromEntries(rules.map((rule) => [rule.id, ruleSetting(rule, toJsonSchema)]));
  const properties = {};
  for (const rule of rules) {
    properties[rule.id] = { $ref: `#/definitions/${rule.id}` };
    properties[rule.name] = { $ref: `#/definitions/${rule.id}` };
    for (const detector of rule.detectors ?? []) {
      properties[`${rule.id}/${detector}`] = { ...ruleSettingOf(undefined), description: `Detector ${detector} of ${rule.id} alone.` };
    }
  }
  const rulesSchema = { type: 'object', additionalProperties: false, properties };
  const { rules: top, overrides, accounts } = whole.properties;
  whole.definitions = { ...whole.definitions, severity, rules: rulesSchema, ...definitions };
  whole.properties.rules = { ...describe(top), $ref: '#/definitions/rules' };
  overrides.items.properties.rules = { ...describe(overrides.items.properties.rules), $ref: '#/definitions/rules' };
  Object.assign(accounts.items.properties.pack, { enum: packs.map((pack) => pack.id), enumDescriptions: packs.map((pack) => pack.title) });
  whole.title = 'Tickguard: accounts, rules and files';
  whole.allowTrailingCommas = true;
  return `${JSON.stringify(whole, null, 2)}\n`;
}

function ruleSetting(rule, toJsonSchema) {
  const { $schema: _schema, ...optionsSchema } = toJsonSchema(rule.options);
  const hasOptions = Object.keys(optionsSchema.properties ?? {}).length > 0;
  return { description: `${rule.name}: ${rule.summary}`, ...ruleSettingOf(hasOptions ? optionsSchema : undefined) };
}

function ruleSettingOf(optionsSchema) {
  const severity = { $ref: '#/definitions/severity' };
  const properties = { severity, ...(optionsSchema === undefined ? {} : { options: optionsSchema }) };
  return { anyOf: [severity, { type: 'object', additionalProperties: false, properties }] };
}

function describe(schema) {
  return schema?.description === undefined ? {} : { description: schema.description };
}
