/**
 * The part of SARIF 2.1.0 that Tickguard writes, as a JSON schema of our own from the text of the standard (section
 * numbers of “Static Analysis Results Interchange Format Version 2.1.0”, OASIS Standard). Narrower than the official
 * schema: an object may hold nothing that is not named here, so everything written was looked up.
 */

const text = { type: 'string', minLength: 1 };
const object = (required: readonly string[], properties: Readonly<Record<string, unknown>>): object =>
  ({ type: 'object', additionalProperties: false, required, properties });
const list = (items: object): object => ({ type: 'array', items });

/** 3.11: a message has at least a text; of a rule's help the same text in Markdown may stand beside it (3.12). */
const message = object(['text'], { text });
const multiformat = object(['text'], { text, markdown: text });
/** 3.4: a relative reference whose base is named; no scheme, no leading slash, no back step, no character to be escaped. */
const artifactLocation = object(['uri', 'uriBaseId'], {
  uri: { type: 'string', format: 'uri-reference', pattern: '^(?!\\.\\.?/)(?!/)(?![A-Za-z][A-Za-z0-9+.-]*:)[^\\s\\\\#?]+$' },
  uriBaseId: { const: '%SRCROOT%' },
});
const position = { type: 'integer', minimum: 1 };
/** 3.30: lines and columns count from 1, `endColumn` is the column after the last character. */
const region = object(['startLine'], {
  startLine: position, startColumn: position, endLine: position, endColumn: position, snippet: object(['text'], { text: { type: 'string' } }),
});
const physicalLocation = object(['artifactLocation'], { artifactLocation, region, contextRegion: region });
/** 3.19.2: names of property bags are free. */
const bag = { type: 'object' };
const level = { enum: ['none', 'note', 'warning', 'error'] };

/** 3.49. */
const reportingDescriptor = object(['id'], {
  id: { type: 'string', pattern: '^[A-Z]{3}\\d{3}$' },
  name: { type: 'string', pattern: '^[A-Z][A-Za-z0-9]*$' },
  shortDescription: multiformat,
  fullDescription: multiformat,
  help: multiformat,
  helpUri: { type: 'string', format: 'uri' },
  defaultConfiguration: object(['level'], { level }),
  properties: bag,
});

/** 3.27. */
const result = object(['ruleId', 'ruleIndex', 'level', 'message', 'locations', 'partialFingerprints'], {
  ruleId: text,
  ruleIndex: { type: 'integer', minimum: 0 },
  level,
  message,
  locations: { ...list(object(['physicalLocation'], { physicalLocation })), minItems: 1, maxItems: 1 },
  relatedLocations: list(object(['id', 'message', 'physicalLocation'], { id: { type: 'integer', minimum: 0 }, message, physicalLocation })),
  partialFingerprints: { type: 'object', additionalProperties: text, minProperties: 1 },
  suppressions: { ...list(object(['kind'], { kind: { enum: ['inSource', 'external'] } })), minItems: 1 },
  properties: bag,
});

/** 3.20 and 3.58. */
const invocation = object(['executionSuccessful'], {
  executionSuccessful: { type: 'boolean' },
  toolExecutionNotifications: list(object(['message'], { message, level, locations: list(object(['physicalLocation'], { physicalLocation })) })),
});

/** 3.14, 3.18 and 3.19. */
const run = object(['tool', 'columnKind', 'results'], {
  tool: object(['driver'], {
    driver: object(['name', 'semanticVersion', 'rules'], {
      name: { const: 'Tickguard' },
      semanticVersion: { type: 'string', pattern: '^\\d+\\.\\d+\\.\\d+(-[0-9A-Za-z.-]+)?$' },
      informationUri: { type: 'string', format: 'uri' },
      rules: list(reportingDescriptor),
    }),
  }),
  invocations: list(invocation),
  originalUriBaseIds: object(['%SRCROOT%'], { '%SRCROOT%': object([], { description: message }) }),
  columnKind: { const: 'utf16CodeUnits' },
  results: list(result),
});

/** 3.13: the log. */
export const SARIF_SCHEMA: object = object(['$schema', 'version', 'runs'], {
  $schema: { type: 'string', format: 'uri' },
  version: { const: '2.1.0' },
  runs: { ...list(run), minItems: 1, maxItems: 1 },
});
