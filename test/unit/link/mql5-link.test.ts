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
