import { weakPassword } from '../../src/guardians/security/rules/env008-weak-password.ts';
import { ruleTester } from './rule-tester.ts';

const service = (ports: string): string => `services:\n  db:\n    image: postgres:16\n    environment:\n      POSTGRES_PASSWORD: «postgres»\n${ports}`;
const plain = (text: string): string => text.replace(/[«»]/g, '');

ruleTester(weakPassword, {
  valid: [
    { name: 'a database nobody else reaches', path: 'compose.yaml', code: plain(service('')) },
    { name: 'a port of this machine alone', path: 'docker-compose.yml', code: plain(service('    ports:\n      - "127.0.0.1:5432:5432"\n')) },
    { name: 'development', path: 'docker-compose.dev.yml', code: plain(service('    ports:\n      - "5432:5432"\n')) },
    { name: 'a template', path: '.env.example', code: 'DB_PASSWORD=changeme\n' },
    { name: 'a host of this machine', path: '.env', code: 'DB_HOST=localhost\nDB_PASSWORD=postgres\n' },
    { name: 'a random one', path: 'config/live.yaml', code: 'db:\n  host: db.desk.io\n  password: ${DB_PASSWORD}\n' },
    { name: 'no password', path: 'config/live.yaml', code: 'broker:\n  user: admin\n  password_policy: secret\n' },
    { name: 'a look-up without a default', code: 'import os\np = os.environ["DB_PASSWORD"]\nq = os.getenv("DB_PASSWORD", "")\nr = os.getenv("DB_USER", "postgres")\n' },
    { name: 'in a test', code: 'import os\np = os.getenv("DB_PASSWORD", "postgres")\n', role: 'test' },
  ],
  invalid: [
    { name: 'a port that is open', path: 'compose.yaml', code: service('    ports:\n      - "5432:5432"\n'), findings: [{ messageId: 'setting', severity: 'warning', gate: 'none', message: /^POSTGRES_PASSWORD is a password everybody knows/ }] },
    { name: 'the default of a variable', path: 'compose.yaml', code: 'services:\n  db:\n    environment:\n      - POSTGRES_PASSWORD=«${DB_PASSWORD:-postgres}»\n    ports: ["5432:5432"]\n', findings: [{ messageId: 'setting' }] },
    { name: 'local, asked for', path: 'compose.yaml', code: service(''), options: { local: true }, findings: [{ messageId: 'setting', severity: 'info' }] },
    { name: 'settings', path: 'config/live.yaml', code: 'db:\n  host: db.desk.io\n  password: «changeme»\n', findings: [{ messageId: 'setting' }] },
    { name: 'the name of the user', path: 'config/live.toml', code: '[db]\nhost = "db.desk.io"\nuser = "ticks"\npassword = "«ticks»"\n', findings: [{ messageId: 'same', message: /^password is the name of its user/ }] },
    { name: 'the default of a look-up', code: 'import os\np = os.getenv("DB_PASSWORD", «"postgres"»)\n', findings: [{ messageId: 'fallback', severity: 'warning' }] },
    { name: 'the default of a look-up, by or', path: 'db.ts', code: "const p = process.env.DB_PASSWORD ?? «'postgres'»;\n", findings: [{ messageId: 'fallback' }] },
  ],
});
