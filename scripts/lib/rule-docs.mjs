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
 * @param {readonly { title: string, rows: readonly { name: string }[] }[]} groups of SEC001's detectors
 */
export function rulePageText(rule, page, toJsonSchema, groups = []) {
  const written = page.replaceAll('\r\n', '\n');
  const start = written.startsWith(FIRST_SECTION) ? 0 : written.indexOf(`\n${FIRST_SECTION}`) + 1;
  if (start === 0 && !written.startsWith(FIRST_SECTION)) { return undefined; }
  return `${heading(rule, toJsonSchema, groups)}\n${written.slice(start).trimEnd()}\n`;
}

const PLACES = {
  everywhere: 'every file, tests and vendored code too',
  code: 'code and settings; no tests, no vendored code',
  trading: 'trading code: what a strategy, an expert or their configuration reaches',
};

function heading(rule, toJsonSchema, groups) {
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
    ...detectors(rule, groups), ...options(rule, toJsonSchema),
  ].join('\n');
}

function detectors(rule, groups) {
  const names = rule.detectors ?? [];
  if (names.length === 0) { return []; }
  const list = (some) => some.map((name) => `\`${name}\``).join(', ');
  const grouped = groups.map(({ title, rows }) => [title, rows.map(({ name }) => name).filter((name) => names.includes(name))]).filter(([, own]) => own.length > 0);
  if (grouped.length === 0) { return [`**Detectors**, each to be silenced or set alone as \`${rule.id}/<detector>\`: ${list(names)}.`, '']; }
  const known = new Set(grouped.flatMap(([, own]) => own));
  return [
    `**${names.length} detectors**, each to be silenced or set alone as \`${rule.id}/<detector>\`; [all of them](../detectors.md) with what they open, how they are recognised, where the format comes from and where to revoke.`, '',
    ...grouped.map(([title, own]) => `- ${title}: ${list(own)}.`), `- Any service: ${list(names.filter((name) => !known.has(name)))}.`, '',
  ];
}

/**
 * `docs/detectors.md`: every provider row of SEC001 by group.
 * @param {readonly import('../../src/guardians/security/detectors/table.ts').DetectorGroup[]} groups
 */
export function detectorsPageText(groups) {
  const count = groups.reduce((sum, { rows }) => sum + rows.length, 0);
  return [
    '# Detectors of SEC001', '', '<!-- Generated from the rows by `npm run generate`. -->', '',
    `${count} kinds of credentials that are told by their provider. [SEC001](rules/SEC001.md) says how they are looked for, and what is found beside them.`, '',
    'A row marked *shape* is found wherever it stands; the others need a word that names the vendor and one that names a key, in the name or around it, beside the exact shape.',
    '“Can” is the most that a key of this kind can be allowed to do. Formats are the provider\'s where its documentation gives one; “observed” and “other scanners” mark those it does not give.', '',
    ...groups.flatMap(({ title, rows }) => [
      `## ${title}`, '', '| Detector | Provider | Found by | Can | It opens | Revoke | Format and source |', '|---|---|---|---|---|---|---|',
      ...rows.map((row) => `| \`${row.name}\` | ${row.provider} | ${foundBy(row)} | ${row.can.join(', ')} | ${cell(row.opens)} | ${cell(row.rotate)} | ${cell(row.source)} |`), '',
    ]),
  ].join('\n');
}

function foundBy(row) {
  if (row.kind === 'shape') { return `shape, \`${cell(row.keywords[0])}\``; }
  const words = [...row.vendors, ...row.vendorsInName ?? []];
  return words.length === 0 ? 'name' : `name with ${words.slice(0, 3).map((word) => `\`${word}\``).join(', ')}`;
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
      properties[`${rule.id}/${detector}`] = { $ref: '#/definitions/detector' };
    }
  }
  const rulesSchema = { type: 'object', additionalProperties: false, properties };
  const { rules: top, overrides, accounts } = whole.properties;
  if (rules.some((rule) => (rule.detectors ?? []).length > 0)) {
    whole.definitions = { ...whole.definitions, detector: { description: 'One detector alone, apart from the rest of its rule.', ...ruleSettingOf(undefined) } };
  }
  whole.definitions = { ...whole.definitions, severity, rules: rulesSchema, ...definitions };
  whole.properties.rules = { ...describe(top), $ref: '#/definitions/rules' };
  overrides.items.properties.rules = { ...describe(overrides.items.properties.rules), $ref: '#/definitions/rules' };
  // A workspace has packs of its own: those that come along are offered, others are taken.
  accounts.items.properties.pack = { ...describe(accounts.items.properties.pack), anyOf: [{ enum: packs.map((pack) => pack.id), enumDescriptions: packs.map((pack) => pack.title) }, { type: 'string', minLength: 1 }] };
  whole.title = 'Tickguard: accounts, rules and files';
  whole.allowTrailingCommas = true;
  return `${JSON.stringify(whole, null, 2)}\n`;
}

/**
 * The JSON schema of a rule pack that a workspace writes.
 * @param {object} schema JSON schema of the file, draft 7
 */
export function packSchemaText(schema) {
  const whole = structuredClone(schema);
  whole.properties.$schema = { type: 'string', description: 'Address of the JSON schema; for editors only.' };
  whole.title = 'Tickguard: a rule pack of your own';
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
