import { expertDoors } from '../../src/guardians/security/rules/sec214-expert-doors.ts';
import { ruleTester } from './rule-tester.ts';

const path = 'Experts/ea.mq5';

ruleTester(expertDoors, {
  valid: [
    { name: 'a library of MQL5', path, code: '#import "risk.ex5"\ndouble Risk(string symbol);\n#import\n' },
    { name: 'a comment', path, code: '// #import "feed.dll"\nvoid OnTick() { }\n' },
    { name: 'plain inputs', path, code: 'input string Comment = "";\ninput int MagicNumber = 7;\ninput double Lots = 0.1;\ninput string TokenSymbol = "";\nstring ApiKey;\n' },
    { name: 'a header', path, code: 'void Send(string key)\n{\n   char data[], result[];\n   string headers;\n   WebRequest("POST", "https://api.example.com/signal?symbol=" + _Symbol, "Authorization: Bearer " + key, 5000, data, result, headers);\n}\n' },
    { name: 'suppressed', path, code: '// tickguard: ignore[SEC214] our own bridge, built from bridge/\n#import "bridge.dll"\nint Push(double price);\n#import\n' },
  ],
  invalid: [
    { name: 'a library of somebody', path, code: '#import "«Feed\\bridge.dll»"\nint Push(double price);\n#import\n', findings: [{ messageId: 'library', severity: 'warning', message: /^bridge\.dll runs with every right/ }] },
    { name: 'libraries of Windows', path, code: '#import "«user32.dll»"\nint MessageBoxW(int h, string t, string c, int f);\n#import "«Wininet.dll»"\nint InternetOpenW(string a, int b, string c, string d, int e);\n#import\n', findings: [{ messageId: 'system', severity: 'info' }, { messageId: 'system' }] },
    { name: 'inputs', path, code: 'input string «ApiKey» = "";\nsinput string «TelegramToken» = "YOUR_TOKEN";\ninput string «InpPassword» = "";\n', findings: [{ messageId: 'input', severity: 'info' }, { messageId: 'input' }, { messageId: 'input' }] },
    { name: 'an address', path, code: 'string g_key;\nvoid Load()\n{\n   char data[], result[];\n   string headers;\n   WebRequest("GET", «"https://api.example.com/bars?symbol=" + _Symbol + "&apikey=" + g_key», "", 5000, data, result, headers);\n   string url = "https://api.example.com/x?token=" + g_key;\n   WebRequest("GET", «url», "", 5000, data, result, headers);\n}\n', findings: [{ messageId: 'address', severity: 'warning', message: /^apikey in the address/ }, { messageId: 'address' }] },
  ],
});
