import { envDrift } from '../../src/guardians/security/rules/env005-env-drift.ts';
import { ruleTester } from './rule-tester.ts';

ruleTester(envDrift, {
  valid: [
    { name: 'the same names', files: { '.env': 'A_KEY=1\nB_KEY=2\n', '.env.example': 'B_KEY=\nA_KEY=\n' } },
    { name: 'no template', files: { '.env': 'A_KEY=1\n' } },
    { name: 'no environment file here', files: { '.env.example': 'A_KEY=\n' } },
    { name: 'a variant holds a part', files: { '.env.live': 'A_KEY=1\nB_KEY=1\n', '.env.example': 'A_KEY=\n' } },
    { name: 'another folder', files: { 'bot/.env': 'A_KEY=1\n', 'web/.env.example': 'B_KEY=\n' } },
    { name: 'given by the machine', files: { '.env': 'A_KEY=1\nPATH=/bin\nNODE_ENV=production\n', '.env.example': 'A_KEY=\n' } },
    { name: 'left out by option', files: { '.env': 'A_KEY=1\nMINE=2\n', '.env.example': 'A_KEY=\n' }, options: { ignore: ['MINE'] } },
    { name: 'the code reads what the template names', files: { '.env.example': 'A_KEY=\n', 'bot.py': 'import os\nx = os.environ["A_KEY"]\ny = os.getenv("OTHER", "1")\nz = os.environ["HOME"]\n' } },
    { name: 'code of another folder', files: { 'bot/.env.example': 'A_KEY=\n', 'web/x.py': 'import os\nx = os.environ["B_KEY"]\n' } },
  ],
  invalid: [
    { name: 'missing in the template', files: { '.env': '«A_KEY»=1\nB_KEY=2\n', '.env.example': 'A_KEY=\n' }, findings: [{ messageId: 'unknown', severity: 'info', gate: 'none', message: 'B_KEY: in this file and not in .env.example, so nobody else learns that the program wants it. Add the name there, without the value.' }] },
    { name: 'missing in the environment file', files: { '.env': 'A_KEY=1\n', '.env.example': '«A_KEY»=\nB_KEY=\nC_KEY=\nD_KEY=\nE_KEY=\n' }, findings: [{ messageId: 'missing', severity: 'info', message: /^B_KEY, C_KEY, D_KEY and 1 more: in this template and not in \.env beside it/ }] },
    { name: 'read by Python', files: { '.env.example': '«A_KEY»=\n', 'src/bot.py': 'import os\nx = os.environ["B_KEY"]\nprint(os.getenv("C_KEY"))\n' }, findings: [{ messageId: 'read', message: /^B_KEY, C_KEY: read by the code/ }] },
    { name: 'read by TypeScript', files: { '.env.example': '«A_KEY»=\n', 'src/bot.ts': 'const x = process.env.B_KEY;\n' }, findings: [{ messageId: 'read', message: /^B_KEY: / }] },
  ],
});
