/** Files in which a name and its value may stand: the contexts of the gate of SEC001. */

/** A file with the value under the name. */
export interface Placed {
  readonly path: string;
  readonly text: string;
}

export type Context = (name: string, value: string) => Placed;

const camel = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
const upper = (name: string): string => name.toUpperCase().replace(/[^A-Z0-9]+/g, '_');
const lower = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]+/g, '_');

/** One or two for each format; values hold neither quotes nor line ends. */
export const CONTEXTS: Readonly<Record<string, Context>> = {
  python: (name, value) => ({ path: 'desk/feed.py', text: `import os\n\nclass Feed:\n    ${lower(name)} = "${value}"\n\n    def run(self):\n        return self.connect()\n` }),
  'python keyword': (name, value) => ({ path: 'desk/run.py', text: `from feed import Feed\n\nfeed = Feed(symbols=["ES", "NQ"], ${lower(name)}='${value}', timeout=10)\n` }),
  'python look-up': (name, value) => ({ path: 'desk/env.py', text: `import os\n\nvalue = os.getenv("${upper(name)}", "${value}")\n` }),
  'python two pieces': (name, value) => ({ path: 'desk/split.py', text: `${lower(name)} = "${value.slice(0, value.length >> 1)}" + "${value.slice(value.length >> 1)}"\n` }),
  typescript: (name, value) => ({ path: 'src/feed.ts', text: `import { Feed } from './base.ts';\n\nexport const ${camel(name)}: string = '${value}';\n` }),
  'typescript look-up': (name, value) => ({ path: 'src/env.ts', text: `const value = process.env.${upper(name)} ?? "${value}";\n` }),
  'typescript object': (name, value) => ({ path: 'src/options.ts', text: `connect({ region: 'eu', ${camel(name)}: "${value}", retries: 3 });\n` }),
  mql5: (name, value) => ({ path: 'Experts/desk.mq5', text: `#property strict\ninput string ${camel(name)} = "${value}"; // for the bridge\nvoid OnTick() { }\n` }),
  'mql5 define': (name, value) => ({ path: 'Include/desk.mqh', text: `#define ${upper(name)} "${value}"\nint Size() { return 1; }\n` }),
  yaml: (name, value) => ({ path: 'conf/feed.yaml', text: `feed:\n  region: eu\n  ${lower(name)}: "${value}"\n` }),
  json: (name, value) => ({ path: 'conf/feed.json', text: `{\n  "feed": { "region": "eu", "${camel(name)}": "${value}" }\n}\n` }),
  toml: (name, value) => ({ path: 'conf/feed.toml', text: `[feed]\nregion = "eu"\n${lower(name)} = "${value}"\n` }),
  env: (name, value) => ({ path: '.env.live', text: `REGION=eu\n${upper(name)}=${value}\n` }),
  dockerfile: (name, value) => ({ path: 'Dockerfile', text: `FROM python:3.12\nENV ${upper(name)}=${value}\nCMD ["python", "run.py"]\n` }),
  compose: (name, value) => ({ path: 'docker-compose.yml', text: `services:\n  bot:\n    image: desk/bot\n    environment:\n      - REGION=eu\n      - ${upper(name)}=${value}\n` }),
  shell: (name, value) => ({ path: 'run.sh', text: `#!/bin/sh\nset -e\nexport ${upper(name)}="${value}"\npython run.py\n` }),
  'shell fallback': (name, value) => ({ path: 'start.sh', text: `#!/bin/sh\nVALUE="\${${upper(name)}:-${value}}"\n` }),
  powershell: (name, value) => ({ path: 'run.ps1', text: `$env:REGION = "eu"\n$env:${upper(name)} = "${value}"\n` }),
  notebook: (name, value) => ({
    path: 'study.ipynb',
    text: JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells: [{ cell_type: 'code', metadata: {}, outputs: [], execution_count: 1, source: [`${lower(name)} = "${value}"\n`, 'connect()\n'] }] }, null, 1),
  }),
  markdown: (name, value) => ({ path: 'docs/setup.md', text: `# Set-up\n\nThe feed asks for these:\n\n\`\`\`sh\nexport ${upper(name)}=${value}\n\`\`\`\n` }),
  ini: (name, value) => ({ path: 'config.ini', text: `[feed]\nregion = eu\n${lower(name)} = ${value}\n` }),
  set: (name, value) => ({ path: 'Presets/desk.set', text: `Lots=0.10\n${camel(name)}=${value}\n` }),
  log: (name, value) => ({ path: 'logs/bot.log', text: `2026-03-09 09:30:00 INFO start\n2026-03-09 09:30:01 INFO connecting ${lower(name)}=${value} region=eu\n` }),
  http: (name, value) => ({ path: 'orders.http', text: `### orders\nGET https://api.desk.io/v1/orders?${lower(name)}=${value}\nAccept: application/json\n` }),
  xml: (name, value) => ({ path: 'app.config', text: `<configuration>\n  <appSettings>\n    <add key="${upper(name)}" value="${value}" />\n  </appSettings>\n</configuration>\n` }),
  'xml element': (name, value) => ({ path: 'settings.xml', text: `<server>\n  <region>eu</region>\n  <${camel(name)}>${value}</${camel(name)}>\n</server>\n` }),
  properties: (name, value) => ({ path: 'application.properties', text: `region=eu\nfeed.${lower(name)}=${value}\n` }),
  hcl: (name, value) => ({ path: 'main.tf', text: `provider "feed" {\n  region = "eu"\n  ${lower(name)} = "${value}"\n}\n` }),
  java: (name, value) => ({ path: 'Feed.java', text: `class Feed {\n  private static final String ${upper(name)} = "${value}";\n}\n` }),
  go: (name, value) => ({ path: 'feed.go', text: `package feed\n\nvar ${camel(name)} = "${value}"\n` }),
  rust: (name, value) => ({ path: 'feed.rs', text: `const ${upper(name)}: &str = "${value}";\n` }),
  csharp: (name, value) => ({ path: 'Feed.cs', text: `class Feed { private const string ${camel(name)} = "${value}"; }\n` }),
  php: (name, value) => ({ path: 'feed.php', text: `<?php\n$${lower(name)} = '${value}';\n` }),
  ruby: (name, value) => ({ path: 'feed.rb', text: `config.${lower(name)} = "${value}"\n` }),
  gradle: (name, value) => ({ path: 'build.gradle', text: `ext {\n  ${camel(name)} = '${value}'\n}\n` }),
};

/** Contexts whose values may hold every printable sign. */
export const QUOTED: readonly string[] = ['python', 'python keyword', 'python look-up', 'typescript', 'typescript object', 'mql5', 'mql5 define', 'yaml', 'json', 'toml', 'java', 'go', 'csharp'];
