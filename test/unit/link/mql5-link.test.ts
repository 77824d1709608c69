/** MQL5 across files: what a tick reaches through includes. One test a form of receiver. */
import { describe, expect, test } from 'vitest';
import { ModuleIndex } from '../../../src/core/source/link/modules.ts';
import { mqlMessages } from './mql5-project.ts';

const RISK = 'class CRisk { public: void Check() { Print("x"); } void Quiet() {} };\n';
const EA = 'Experts/ea.mq5';
const INCLUDE = 'Include/Risk/Risk.mqh';
const tick = (before: string, body: string): string => `#include <Risk/Risk.mqh>\n${before}\nvoid OnTick() { ${body} }\n`;

describe('a tick reaches', () => {
  const forms: readonly (readonly [name: string, before: string, body: string, include?: string])[] = [
    ['an object of the file', 'CRisk risk;', 'risk.Check();'],
    ['a pointer of the file', 'CRisk *risk;', 'risk.Check();'],
    ['a pointer without a type here', '', 'CRisk *r = new CRisk(); r.Check();'],
    ['a local object', '', 'CRisk r; r.Check();'],
    ['a parameter', 'void Ask(CRisk &r) { r.Check(); }\nCRisk risk;', 'Ask(risk);'],
    ['a result', 'CRisk *Get() { return NULL; }', 'Get().Check();'],
    ['a member object', 'class CBot { CRisk m_risk; public: void Run() { m_risk.Check(); } };\nCBot bot;', 'bot.Run();'],
    ['a member pointer, in a method outside of its class', 'class CBot { CRisk *m_risk; public: void Run(); };\nvoid CBot::Run() { m_risk.Check(); }\nCBot bot;', 'bot.Run();'],
    ['a member of a member', 'class CBot { public: CRisk m_risk; };\nCBot bot;', 'bot.m_risk.Check();'],
    ['this', 'class CBot { public: CRisk m_risk; void Run() { this.Step(); } void Step() { this.m_risk.Check(); } };\nCBot bot;', 'bot.Run();'],
    ['a method without this', 'class CBot { CRisk m_risk; public: void Run() { Step(); } void Step() { m_risk.Check(); } };\nCBot bot;', 'bot.Run();'],
    ['a method of a base class in the include', 'class CMy : public CRisk { public: void Run() { Check(); } };\nCMy my;', 'my.Run();'],
    ['a base class\'s method on an object', 'class CMy : public CRisk {};\nCMy my;', 'my.Check();'],
    ['a base class by name', 'class CMy : public CRisk { public: void Run() { CRisk::Check(); } };\nCMy my;', 'my.Run();'],
    ['a virtual method below', 'class CMy : public CStep { public: void Step() { Print("y"); } };\nCMy my;', 'my.Run();', 'class CStep { public: void Run() { Step(); } virtual void Step() = 0; };\n'],
    ['a pure virtual method through a pointer', 'class CMy : public CStep { public: void Step() { Print("y"); } };\nCStep *step;', 'step.Step();', 'class CStep { public: virtual void Step() = 0; };\n'],
    ['a free function', '', 'Report();', 'void Report() { Print("x"); }\n'],
    ['an object the include declares', '', 'g_risk.Check();', `${RISK}CRisk g_risk;\n`],
    ['a constructor', '', 'CRisk *r = new CRisk();', 'class CRisk { public: CRisk() { Print("x"); } };\n'],
    ['an element of an array', 'CRisk risks[3];', 'for (int i = 0; i < 3; i++) risks[i].Check();'],
    ['an element of an array of pointers', 'CRisk *risks[];', 'risks[0].Check();'],
    ['an element of an array of arrays', 'CRisk risks[3][2];', 'risks[0][1].Check();'],
    ['an element of a member array', 'class CBook { CRisk *m_all[10]; public: void Run() { for (int i = 0; i < ArraySize(m_all); i++) m_all[i].Check(); } };\nCBook book;', 'book.Run();'],
    ['an element of an array that is handed on', 'void Ask(CRisk &all[]) { all[0].Check(); }\nCRisk risks[];', 'Ask(risks);'],
    ['a member of an element', 'struct Slot { CRisk *risk; };\nSlot slots[];', 'slots[1].risk.Check();'],
    ['a cast', 'CObject *any;', 'dynamic_cast<CRisk *>(any).Check();'],
  ];
  test.each(forms)('%s', (_name, before, body, include) => {
    const found = mqlMessages({ [EA]: tick(before ?? '', body ?? ''), [INCLUDE]: include ?? RISK });
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^(?:Experts\/ea\.mq5|Include\/Risk\/Risk\.mqh): OnTick: OnTick → /);
  });

  test('the path names the classes on the way', () => {
    expect(mqlMessages({ [EA]: tick('class CBot { CRisk m_risk; public: void Run() { m_risk.Check(); } };\nCBot bot;', 'bot.Run();'), [INCLUDE]: RISK })).toEqual([
      `${INCLUDE}: OnTick: OnTick → CBot.Run → CRisk.Check`,
    ]);
  });

  test('a method whose class stands in an include, which the program uses without including itself', () => {
    expect(mqlMessages({
      [EA]: '#include "Risk.mqh"\n#include "Bot.mqh"\nCBot bot;\nvoid OnTick() { bot.Run(); }\n', 'Experts/Risk.mqh': RISK,
      'Experts/Bot.mqh': 'class CBot { CRisk m_risk; public: void Run() { m_risk.Check(); } };\n',
    })).toEqual(['Experts/Risk.mqh: OnTick: OnTick → CBot.Run → CRisk.Check']);
  });
});

describe('a method outside of its class, in another file', () => {
  const CLASS = 'class CRisk { double m_room; COther m_other; public: void Check(); void Step(); };\n';
  const EXPERT = 'CRisk risk;\nvoid OnTick() { risk.Check(); }\n';
  test.each([
    ['that the class includes', { [EA]: `#include "Risk.mqh"\n${EXPERT}`, 'Experts/Risk.mqh': `${CLASS}#include "RiskImpl.mqh"\n`, 'Experts/RiskImpl.mqh': 'void CRisk::Check() { Print("x"); }\n' }, 'Experts/RiskImpl.mqh: OnTick: OnTick → CRisk.Check'],
    ['that includes the class', { [EA]: `#include "RiskImpl.mqh"\n${EXPERT}`, 'Experts/Risk.mqh': CLASS, 'Experts/RiskImpl.mqh': '#include "Risk.mqh"\nvoid CRisk::Check() { Print("x"); }\n' }, 'Experts/RiskImpl.mqh: OnTick: OnTick → CRisk.Check'],
    ['beside it in the program', { [EA]: `#include "Risk.mqh"\n#include "RiskImpl.mqh"\n${EXPERT}`, 'Experts/Risk.mqh': CLASS, 'Experts/RiskImpl.mqh': 'void CRisk::Check() { Print("x"); }\n' }, 'Experts/RiskImpl.mqh: OnTick: OnTick → CRisk.Check'],
    ['in the program itself', { [EA]: `#include "Risk.mqh"\nvoid CRisk::Check() { Print("x"); }\n${EXPERT}`, 'Experts/Risk.mqh': CLASS }, 'Experts/ea.mq5: OnTick: OnTick → CRisk.Check'],
    ['that calls another by name', { [EA]: `#include "Risk.mqh"\n#include "RiskImpl.mqh"\n${EXPERT}`, 'Experts/Risk.mqh': CLASS, 'Experts/RiskImpl.mqh': 'void CRisk::Check() { Step(); }\nvoid CRisk::Step() { Print("x"); }\n' }, 'Experts/RiskImpl.mqh: OnTick: OnTick → CRisk.Check → Step'],
    ['that calls another by this', { [EA]: `#include "Risk.mqh"\n#include "RiskImpl.mqh"\n${EXPERT}`, 'Experts/Risk.mqh': CLASS, 'Experts/RiskImpl.mqh': 'void CRisk::Check() { this.Step(); }\nvoid CRisk::Step() { Print("x"); }\n' }, 'Experts/RiskImpl.mqh: OnTick: OnTick → CRisk.Check → Step'],
    ['that uses a member', { [EA]: `#include "Risk.mqh"\n#include "RiskImpl.mqh"\n${EXPERT}`, 'Experts/Risk.mqh': `class COther { public: void Say() { Print("x"); } };\n${CLASS}`, 'Experts/RiskImpl.mqh': 'void CRisk::Check() { m_other.Say(); }\n' }, 'Experts/Risk.mqh: OnTick: OnTick → CRisk.Check → COther.Say'],
  ] as const)('%s', (_name, files, message) => {
    expect(mqlMessages(files)).toEqual([message]);
  });

  test('is no function of its own name, and no handler', () => {
    expect(mqlMessages({
      [EA]: '#include "Other.mqh"\nclass CRisk { public: void Check() {} };\nCRisk risk;\nvoid OnTick() { Check(); risk.Check(); }\n',
      'Experts/Other.mqh': 'void CElse::Check() { Print("x"); }\nvoid CElse::OnTick() { Print("y"); }\n',
    })).toEqual([]);
  });

  test('of a program is not another program\'s', () => {
    expect(mqlMessages({
      'a.mq5': '#include "Risk.mqh"\nvoid CRisk::Check() { Print("x"); }\nvoid OnInit2() {}\n', 'b.mq5': `#include "Risk.mqh"\nvoid CRisk::Check() { }\n${EXPERT}`, 'Risk.mqh': CLASS,
    })).not.toContainEqual(expect.stringContaining('b.mq5'));
  });
});

describe('overloads', () => {
  const LOUD = 'void Log() { Print("x"); }';
  test.each([
    ['by their number', `${LOUD}\nvoid Log(int n) { n++; }`, 'Log();', 'Log(1);'],
    ['by their number, whatever comes last', `void Log(int n) { n++; }\n${LOUD}`, 'Log();', 'Log(1);'],
    ['with what may be left out', 'void Log(string s, int n = 0) { Print(s); }\nvoid Log(string s, int n, int m) { n++; }', 'Log("a");', 'Log("a", 1, 2);'],
    ['by text and number', 'void Log(string s) { Print(s); }\nvoid Log(double d) { d++; }', 'Log("a");', 'Log(1.5);'],
    ['by whole number and fraction', 'void Log(int n) { Print(n); }\nvoid Log(double d) { d++; }', 'Log(5);', 'Log(1.5);'],
    ['by the type of a variable', 'void Log(string s) { Print(s); }\nvoid Log(int n) { n++; }', 'string text = "a"; Log(text);', 'int n = 1; Log(n);'],
    ['by class', 'class CA {}; class CB {};\nvoid Log(CA &a) { Print("a"); }\nvoid Log(CB &b) { }', 'CA a; Log(a);', 'CB b; Log(b);'],
  ])('are told apart %s', (_name, before, loud, quiet) => {
    expect(mqlMessages({ [EA]: `${before}\nvoid OnTick() { ${loud} }\n` })).toEqual([`${EA}: OnTick: OnTick → Log`]);
    expect(mqlMessages({ [EA]: `${before}\nvoid OnTick() { ${quiet} }\n` })).toEqual([]);
  });

  test.each([
    ['methods', 'class CRisk { public: void Check() { Print("x"); } void Check(int n) { n++; } };\nCRisk risk;', 'risk.Check();', 'risk.Check(1);'],
    ['methods outside of the class', 'class CRisk { public: void Check(); void Check(int n); };\nvoid CRisk::Check() { Print("x"); }\nvoid CRisk::Check(int n) { n++; }\nCRisk risk;', 'risk.Check();', 'risk.Check(1);'],
    ['constructors', 'class CRisk { public: CRisk() { Print("x"); } CRisk(int n) { n++; } };', 'CRisk *r = new CRisk();', 'CRisk *r = new CRisk(1);'],
  ])('of %s', (_name, before, loud, quiet) => {
    expect(mqlMessages({ [EA]: `${before}\nvoid OnTick() { ${loud} }\n` })).toHaveLength(1);
    expect(mqlMessages({ [EA]: `${before}\nvoid OnTick() { ${quiet} }\n` })).toEqual([]);
  });

  test('two that fit equally are nobody\'s guess', () => {
    expect(mqlMessages({ [EA]: 'void Log(CA &a) { Print("a"); }\nvoid Log(CB &b) { }\nvoid OnTick() { Log(Get()); }\n' })).toEqual([]);
  });
});

describe('libraries', () => {
  const IMPORT = '#import "risk.ex5"\nvoid Check(double room);\n#import "user32.dll"\nint MessageBoxW(int h, string t, string c, int k);\n#import\n';
  test.each(['Experts/risk.mq5', 'Libraries/risk.mq5', 'MQL5/Libraries/Risk.mq5'])('an imported function runs what %s exports', (library) => {
    expect(mqlMessages({ [EA]: `${IMPORT}void OnTick() { Check(1.0); }\n`, [library]: '#property library\nvoid Check(double room) export { Print(room); }\n' }))
      .toEqual([`${library}: OnTick: OnTick → Check`]);
  });

  test('an import brings the names it declares and no others', () => {
    expect(mqlMessages({ [EA]: `${IMPORT}void OnTick() { Other(); }\n`, 'Libraries/risk.mq5': '#property library\nvoid Other() export { Print("x"); }\n' })).toEqual([]);
    expect(mqlMessages({ [EA]: `${IMPORT}void Own();\nvoid OnTick() { MessageBoxW(0, "a", "b", 0); Own(); }\nvoid Own() { Print("x"); }\n` })).toEqual([`${EA}: OnTick: OnTick → Own`]);
  });
});

describe('a tick does not reach', () => {
  test.each([
    ['a method nobody calls', 'CRisk risk;', 'risk.Quiet();'],
    ['a call behind a new bar', 'CRisk risk;', 'if (!IsNewBar()) return; risk.Check();'],
    ['an object whose class is another one of the same method', 'class COther { public: void Check() {} };\nCOther risk;', 'risk.Check();'],
  ])('%s', (_name, before, body) => { expect(mqlMessages({ [EA]: tick(before, body), [INCLUDE]: RISK })).toEqual([]); });

  test('what a timer, the start or an order runs', () => {
    for (const handler of ['void OnTimer()', 'int OnInit()', 'void OnTrade()', 'void OnDeinit(const int reason)', 'void OnStart()']) {
      expect(mqlMessages({ [EA]: `${handler} { Print("x"); }\n` }), handler).toEqual([]);
    }
  });

  test('a file that is not included', () => {
    expect(mqlMessages({ [EA]: 'CRisk risk;\nvoid OnTick() { risk.Check(); }\n', 'Other/Risk.mqh': RISK })).toEqual([]);
  });
});

describe('includes', () => {
  const index = (paths: readonly string[]): ModuleIndex => {
    const modules = new ModuleIndex();
    for (const path of paths) { modules.add(path); }
    return modules;
  };
  test.each([
    ['beside the file', ['a/risk.mqh', 'risk.mqh'], 'a/ea.mq5', 'risk.mqh', 1, 'a/risk.mqh'],
    ['up and down', ['lib/risk.mqh'], 'a/ea.mq5', '../lib/risk.mqh', 1, 'lib/risk.mqh'],
    ['in the Include folder', ['MQL5/Include/Trade/Trade.mqh'], 'MQL5/Experts/x/ea.mq5', 'Trade/Trade.mqh', 0, 'MQL5/Include/Trade/Trade.mqh'],
    ['in the nearest Include folder', ['Include/a.mqh', 'x/Include/a.mqh'], 'x/Experts/ea.mq5', 'a.mqh', 0, 'x/Include/a.mqh'],
    ['from one include to another', ['MQL5/Include/b.mqh', 'MQL5/Include/x/a.mqh'], 'MQL5/Include/x/a.mqh', 'b.mqh', 0, 'MQL5/Include/b.mqh'],
    ['in an MQL5 folder below', ['MQL5/Include/a.mqh'], 'ea.mq5', 'a.mqh', 0, 'MQL5/Include/a.mqh'],
    ['whatever the case', ['MQL5/include/Trade/trade.MQH'], 'MQL5/Experts/ea.mq5', 'trade/Trade.mqh', 0, 'MQL5/include/Trade/trade.MQH'],
    ['the only one that ends so', ['shared/risk/limits.mqh'], 'bots/ea.mq5', 'risk/limits.mqh', 0, 'shared/risk/limits.mqh'],
    ['not one of two', ['a/limits.mqh', 'b/limits.mqh'], 'bots/ea.mq5', 'limits.mqh', 0, undefined],
    ['not out of the project', ['limits.mqh'], 'ea.mq5', '../limits.mqh', 1, undefined],
    ['not the terminal\'s own library', [], 'ea.mq5', 'Trade/Trade.mqh', 0, undefined],
  ] as const)('%s', (_name, paths, importer, module, level, wanted) => {
    expect(index([...paths, importer]).resolve(importer, module, level)).toBe(wanted);
  });

  test('a file that goes is no longer meant', () => {
    const modules = index(['a/ea.mq5', 'a/risk.mqh']);
    expect(modules.resolve('a/ea.mq5', 'risk.mqh', 1)).toBe('a/risk.mqh');
    expect(modules.delete('a/risk.mqh')).toBe(true);
    expect(modules.resolve('a/ea.mq5', 'risk.mqh', 1)).toBeUndefined();
  });

  test('files that include each other end', () => {
    expect(mqlMessages({ 'a.mqh': '#include "b.mqh"\nvoid A() { B(); }\n', 'b.mqh': '#include "a.mqh"\nvoid B() { Print("x"); }\n', 'ea.mq5': '#include "a.mqh"\nvoid OnTick() { A(); }\n' })).toEqual([
      'b.mqh: OnTick: OnTick → A → B',
    ]);
  });
});
