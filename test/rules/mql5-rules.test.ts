/** The rules on MQL5: the same judgement as on Python, in the language of MetaTrader. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { Rule } from '../../src/core/rules/rule.ts';
import { Syntax } from '../../src/core/source/source.ts';
import { looseLimit } from '../../src/guardians/compliance/rules/apx001-loose-limit.ts';
import { lateCutoff } from '../../src/guardians/compliance/rules/apx004-late-cutoff.ts';
import { naiveDeadline } from '../../src/guardians/compliance/rules/apx005-naive-deadline.ts';
import { printPerTick } from '../../src/guardians/performance/rules/prf004-print-per-tick.ts';
import { sampleSecret } from '../../src/guardians/security/detectors/table.ts';
import { hardcodedSecret } from '../../src/guardians/security/rules/sec001-hardcoded-secret.ts';
import { fires, FTMO, silent } from './apx-samples.ts';
import type { InvalidCase, ValidCase } from './cases.ts';
import { judgeInvalid, judgeValid } from './judge.ts';
import { runSecurity } from './security-run.ts';

let syntax: Syntax;
beforeAll(async () => { syntax = await Syntax.create(); });

const EA = { path: 'Experts/ea.mq5' };
const tick = (body: string, before = ''): string => `#include <Trade/Trade.mqh>\nCTrade trade;\n${before}\nvoid OnTick()\n{\n   ${body.split('\n').join('\n   ')}\n}\n`;

function judged(rule: Rule, valid: readonly ValidCase[], invalid: readonly InvalidCase[]): void {
  describe(`${rule.id} on MQL5`, () => {
    describe('silent', () => {
      for (const one of valid) { test(String(one.name), () => { expect(judgeValid(rule, { ...EA, ...one }, syntax)).toEqual([]); }); }
    });
    describe('fires', () => {
      for (const one of invalid) { test(String(one.name), () => { expect(judgeInvalid(rule, { ...EA, ...one }, syntax)).toEqual([]); }); }
    });
  });
}

/** A flag of the file that is raised on a cross and lowered on another. */
const FLAG = 'bool isLongEntry = false;\ndouble stop, level;';
const FLAGS = 'if(iClose(_Symbol, PERIOD_M1, 1) > level) isLongEntry = true;\nif(iClose(_Symbol, PERIOD_M1, 1) < stop) isLongEntry = false;\n';
const RISK = 'class CRisk\n{\npublic:\n   void Check() { «Print("checked")»; }\n};\n';

judged(printPerTick, [
  { name: 'the start and the end', code: 'int OnInit() { Print("up"); return INIT_SUCCEEDED; }\nvoid OnDeinit(const int reason) { Print("down"); }\nvoid OnTick() { }\n' },
  { name: 'a timer', code: 'void OnTick() { }\nvoid OnTimer() { Print("alive"); }\n' },
  { name: 'order events', code: 'void OnTick() { }\nvoid OnTrade() { Print("trade"); }\nvoid OnTradeTransaction(const MqlTradeTransaction &t, const MqlTradeRequest &q, const MqlTradeResult &r) { Print(t.type); }\n' },
  { name: 'a chart event', code: 'void OnTick() { }\nvoid OnChartEvent(const int id, const long &l, const double &d, const string &s) { Print(id); }\n' },
  { name: 'a script', code: 'void OnStart() { Print("done"); }\n' },
  { name: 'a new bar', code: tick('static datetime last = 0;\ndatetime bar = iTime(_Symbol, PERIOD_M5, 0);\nif(bar == last) return;\nlast = bar;\nPrint("new bar");') },
  { name: 'the last case of a switch that says in Italian that the input is wrong', code: tick('switch(Mode)\n{\n   case 1: Run(); break;\n   case 2: Stop(); break;\n   default: Alert("Divisione ERRATA!");\n}', 'int Mode;\nvoid Run() { }\nvoid Stop() { }') },
  { name: 'a market that is closed', code: tick('if(!IsMarketTradeOpen(_Symbol) || IsMarketQuoteClosed(_Symbol)) { Comment("closed"); return; }', 'bool IsMarketTradeOpen(string s) { return SymbolInfoInteger(s, SYMBOL_TRADE_MODE) > 0; }\nbool IsMarketQuoteClosed(string s) { return false; }') },
  { name: 'a branch that hands an error on and leaves', code: tick('Open();', 'bool Open()\n{\n   long mode;\n   if(!SymbolInfoInteger(_Symbol, SYMBOL_TRADE_MODE, mode) || mode != SYMBOL_TRADE_MODE_FULL)\n   {\n      string errorMsg = "not now";\n      Print(errorMsg);\n      return false;\n   }\n   return true;\n}') },
  { name: 'a chart\'s text that is cleared', code: tick('if(Found()) Alert("x"); else Comment("");\nComment(" ");', 'bool Found() { return false; }') },
  { name: 'a printer that returns first', code: tick('_Print("x");', 'void _Print(string text) { return; Print(text); }') },
  { name: 'a new bar by a function of the include', files: { 'ea.mq5': tick('if(!IsNewBar()) return;\nPrint("bar");', '#include "bars.mqh"'), 'bars.mqh': 'bool IsNewBar() { return true; }\n' } },
  { name: 'a counter', code: tick('static int n = 0;\nif(++n % 1000 == 0) Print(n);') },
  { name: 'a throttle', code: tick('static ulong last = 0;\nif(GetTickCount64() - last < 5000) return;\nlast = GetTickCount64();\nComment("alive");') },
  { name: 'an input that is off', code: tick('if(InpVerbose) Print("tick");', 'input bool InpVerbose = false;') },
  { name: 'an error', code: tick('if(CopyBuffer(h, 0, 0, 3, buffer) < 3) { Print("no data ", GetLastError()); return; }', 'int h; double buffer[];') },
  { name: 'an order that failed', code: tick('if(Signal() && !trade.Buy(0.1)) Print("failed ", trade.ResultRetcode());', 'bool Signal() { return false; }') },
  { name: 'a branch that trades', code: tick('if(Crossed())\n{\n   trade.Buy(0.1);\n   Print("bought");\n}', 'bool Crossed() { return false; }') },
  { name: 'a guard on the way', files: { 'ea.mq5': `#include "risk.mqh"\nCRisk risk;\n${tick('static int n = 0;\nn++;\nif(n % 100 == 0) risk.Check();')}`, 'risk.mqh': RISK.replace(/[«»]/g, '') } },
  { name: 'another overload', code: tick('Log(1);', 'void Log(int n) { n++; }\nvoid Log() { Print("x"); }') },
  { name: 'suppressed', code: tick('Print("tick"); // tickguard: ignore[PRF004] this expert records ticks') },
  { name: 'no handle', code: tick('if(h == INVALID_HANDLE) { Print("no handle"); return; }', 'int h;') },
  { name: 'a handle below zero', code: tick('if(maHandle < 0) Print("no handle");', 'int maHandle;') },
  { name: 'a copy that failed', code: tick('MqlRates r[];\nif(CopyRates(_Symbol, _Period, 0, 3, r) == -1) { Print("no rates"); return; }\nif(CopyRates(_Symbol, _Period, 0, 3, r) != 3) Print("few rates");') },
  { name: 'the tester alone', code: tick('if(MQLInfoInteger(MQL_TESTER)) Print("tick");\nif(!MQLInfoInteger(MQL_OPTIMIZATION)) return;\nPrint("pass");') },
  { name: 'a flag that says that this is the tester', code: tick('bool optimizing = (bool)MQLInfoInteger(MQL_OPTIMIZATION);\nif(optimizing) Print("tick");') },
  { name: 'a spread that is told to be wide once', code: tick('if(SymbolInfoInteger(_Symbol, SYMBOL_SPREAD) > MaxSpread && !told) { Print("wide"); told = true; return; }', 'input int MaxSpread = 50;\nbool told = false;') },
  { name: 'while a position is open', code: tick('if(PositionsTotal() == 0) return;\nPrint("in a trade");') },
  { name: 'a flag that its branch lowers', code: tick(`${FLAGS}if(isLongEntry == true) { Print("entered"); isLongEntry = false; }`, FLAG) },
  { name: 'a flag whose branch trades', code: tick(`${FLAGS}if(isLongEntry) { Print("entering"); trade.Buy(0.1); }`, FLAG) },
  { name: 'a flag of a signal', code: tick(`${FLAGS}if(isLongEntry) Print("signal");`.replaceAll('isLongEntry', 'buySignal'), FLAG.replaceAll('isLongEntry', 'buySignal')) },
  { name: 'a flag that what is called there lowers at once', code: tick(`${FLAGS}if(isLongEntry == true) { Print("reset"); Reset(); }`, `${FLAG}\nvoid Reset() { isLongEntry = false; }`) },
  { name: 'so many bars after something', code: tick('if(iBarShift(Symbol(), 0, opened, true) == 6) Print("six bars");', 'datetime opened;') },
  { name: 'a signal while flat', code: tick('if(PositionsTotal() > 0) return;\nif(Crossed()) Print("crossed");', 'bool Crossed() { return iClose(_Symbol, PERIOD_M1, 1) > iOpen(_Symbol, PERIOD_M1, 1); }') },
  { name: 'a library that could not read', code: tick('if(!symbol.RefreshRates()) { Print("no rates"); return; }', 'CSymbolInfo symbol;') },
  { name: 'a pointer to nothing', code: tick('if(CheckPointer(g_risk) == POINTER_INVALID) { Print("gone"); return; }', `${'class CRisk { };\nCRisk *g_risk;\nint OnInit() { g_risk = new CRisk(); return INIT_SUCCEEDED; }'}`) },
  { name: 'a line that tells of a failure, in a branch', code: tick('switch(Mode)\n{\n   case 1: Run(); break;\n   case 2: Stop(); break;\n   default: Print("Invalid mode");\n}', 'input int Mode = 1;\nvoid Run() { }\nvoid Stop() { }') },
  { name: 'a margin that cannot be told', code: tick('double margin;\nif(!OrderCalcMargin(ORDER_TYPE_BUY, _Symbol, 1, 1, margin)) { Print("code ", GetLastError()); return; }') },
  { name: 'a new bar, behind a switch that is on', code: tick('if(UseBars)\n{\n   static datetime last = 0;\n   datetime bar = iTime(_Symbol, _Period, 0);\n   if(bar == last) { return; }\n   last = bar;\n}\nPrint("bar");', 'input bool UseBars = true;') },
  { name: 'a ticket that is gone', code: tick('Breakeven(5);', 'void Breakeven(const ulong ticket)\n{\n   if(!PositionSelectByTicket(ticket)) { Print("not found"); return; }\n}') },
  { name: 'a flag of the file that is set on the way', code: tick('if(g_told) return;\ndouble ask = 1;\nPrint("once");\ng_told = true;', 'bool g_told = false;') },
  { name: 'a method of its own called Print', code: tick('log.Print("tick");', 'class CLog { int n; public: void Print(string s) { n++; } };\nCLog log;') },
], [
  { name: 'in the handler', code: tick('«Print("tick ", _Symbol)»;'), findings: [{ messageId: 'print', severity: 'warning', gate: 'merge', message: /^Prints on every tick: OnTick\. / }] },
  { name: 'in every form', code: tick('«PrintFormat("%s", _Symbol)»;\n«Comment("tick")»;\n«Alert("tick")»;'), findings: [{ messageId: 'print' }, { messageId: 'print' }, { messageId: 'print' }] },
  { name: 'an indicator', code: 'int OnCalculate(const int rates_total, const int prev_calculated, const datetime &time[], const double &open[])\n{\n   «Print(rates_total)»;\n   return rates_total;\n}\n', findings: [{ messageId: 'print', message: /OnCalculate/ }] },
  { name: 'a switch that is on', code: tick('if(InpVerbose) «Print("tick")»;', 'input bool InpVerbose = true;'), findings: [{ messageId: 'print' }] },
  { name: 'once there is data', code: tick('if(CopyBuffer(h, 0, 0, 3, buffer) < 3) return;\n«Print(buffer[0])»;', 'int h; double buffer[];'), findings: [{ messageId: 'print' }] },
  { name: 'once trading is allowed', code: tick('if(!TerminalInfoInteger(TERMINAL_TRADE_ALLOWED)) return;\n«Print("tick")»;'), findings: [{ messageId: 'print' }] },
  { name: 'a new bar, behind a switch that is off', code: tick('if(UseBars)\n{\n   static datetime last = 0;\n   datetime bar = iTime(_Symbol, _Period, 0);\n   if(bar == last) { return; }\n   last = bar;\n}\n«Print("tick")»;', 'input bool UseBars = false;'), findings: [{ messageId: 'print' }] },
  { name: 'a failure that is told on every tick', code: tick('«Print("last error ", GetLastError())»;'), findings: [{ messageId: 'print' }] },
  { name: 'the last of several cases', code: tick('switch(Mode)\n{\n   case 1: Run(); break;\n   case 2: Stop(); break;\n   default: «Print("idle")»;\n}', 'input int Mode = 1;\nvoid Run() { }\nvoid Stop() { }'), findings: [{ messageId: 'print' }] },
  { name: 'once there is a handle', code: tick('if(h == INVALID_HANDLE) return;\n«Print("tick")»;', 'int h = INVALID_HANDLE;\nint OnInit() { h = iMA(_Symbol, _Period, 9, 0, MODE_EMA, PRICE_CLOSE); return INIT_SUCCEEDED; }'), findings: [{ messageId: 'print' }] },
  { name: 'where there is a handle', code: tick('if(h != INVALID_HANDLE)\n{\n   «Print("tick")»;\n}', 'int h;'), findings: [{ messageId: 'print' }] },
  { name: 'once a handle is not below zero', code: tick('if(maHandle < 0) return;\n«Print("tick")»;', 'int maHandle;'), findings: [{ messageId: 'print' }] },
  { name: 'once a local buffer is filled', code: tick('double buffer[];\nArraySetAsSeries(buffer, true);\nif(CopyBuffer(h, 0, 0, 3, buffer) < 3) return;\n«Print(buffer[0])»;', 'int h;'), findings: [{ messageId: 'print' }] },
  { name: 'once as many are copied as were asked for', code: tick('double buffer[];\nif(CopyBuffer(h, 0, 0, 3, buffer) != 3) { Print("error"); return; }\n«Print(buffer[0])»;', 'int h;'), findings: [{ messageId: 'print' }] },
  { name: 'once a copy did not fail', code: tick('MqlRates rates[];\nint copied = 0;\ncopied = CopyRates(_Symbol, _Period, 0, 3, rates);\nif(copied == -1) return;\n«Print(rates[0].close)»;'), findings: [{ messageId: 'print' }] },
  { name: 'outside the tester', code: tick('if(MQLInfoInteger(MQL_TESTER) || MQLInfoInteger(MQL_OPTIMIZATION)) return;\n«Print("tick")»;'), findings: [{ messageId: 'print' }] },
  { name: 'a spread that is too wide', code: tick('if(SymbolInfoInteger(_Symbol, SYMBOL_SPREAD) > MaxSpread) { «Print("wide")»; return; }', 'input int MaxSpread = 50;'), findings: [{ messageId: 'print' }] },
  { name: 'the name of C for it', code: tick('«printf("%d", n)»;', 'int n;'), findings: [{ messageId: 'print' }] },
  { name: 'as long as a trade is on', code: tick(`${FLAGS}if(isLongEntry == true) Manage();`, `${FLAG}\nvoid Manage()\n{\n   «Print("managed")»;\n   if(iLow(_Symbol, PERIOD_M1, 1) < stop) isLongEntry = false;\n}`), findings: [{ messageId: 'print' }] },
  { name: 'as long as the range is known', code: tick(`${FLAGS}if(isLongEntry && !position.SelectBySymbol(_Symbol)) «Print("waiting")»;`.replaceAll('isLongEntry', 'g_RangeCalculated'), `CPositionInfo position;\n${FLAG}`.replaceAll('isLongEntry', 'g_RangeCalculated')), findings: [{ messageId: 'print' }] },
  { name: 'while flat, a limit that stays reached', code: tick('if(PositionsTotal() > 0) return;\ndouble dailyLoss = start - AccountInfoDouble(ACCOUNT_BALANCE);\nif(dailyLoss >= start * MaxDailyLoss) { «Print("limit reached")»; return; }', 'double start = 0;\ninput double MaxDailyLoss = 0.05;'), findings: [{ messageId: 'print' }] },
  { name: 'while flat, the size that is worked out for nothing', code: tick('if(!position.SelectBySymbol(_Symbol)) Size();', 'CPositionInfo position;\nCSymbolInfo symbol;\ndouble Size()\n{\n   if(!symbol.RefreshRates()) return 0.0;\n   «Print("size")»;\n   return 1.0;\n}'), findings: [{ messageId: 'print' }] },
  { name: 'where the spread is narrow', code: tick('if(SymbolInfoInteger(_Symbol, SYMBOL_SPREAD) > MaxSpread) return;\n«Print("tick")»;', 'input int MaxSpread = 50;'), findings: [{ messageId: 'print' }] },
  { name: 'on week days', code: tick('MqlDateTime now;\nTimeToStruct(TimeCurrent(), now);\nif(now.day_of_week == 0 || now.day_of_week == 6) return;\n«Print("tick")»;'), findings: [{ messageId: 'print' }] },
  { name: 'once a pointer points', code: tick('if(CheckPointer(g_risk) == POINTER_INVALID) return;\n«Print("tick")»;', 'class CRisk { };\nCRisk *g_risk;\nint OnInit() { g_risk = new CRisk(); return INIT_SUCCEEDED; }'), findings: [{ messageId: 'print' }] },
  { name: 'once a day\'s trades are used up', code: tick('if(Crossed()) g_tradesToday++;\nif(g_tradesToday >= MaxTradesPerDay)\n{\n   «Print("enough for today")»;\n   return;\n}', 'bool Crossed() { return false; }\nint g_tradesToday = 0;\ninput int MaxTradesPerDay = 5;'), findings: [{ messageId: 'print' }] },
  { name: 'a branch that stays true once entered', code: tick('if(AccountInfoDouble(ACCOUNT_EQUITY) < g_limit)\n{\n   «Print("limit reached")»;\n   return;\n}', 'double g_limit = 45000;'), findings: [{ messageId: 'print' }] },
  { name: 'before the new bar', code: tick('«Print("tick")»;\nif(!IsNewBar()) return;\nPrint("bar");'), findings: [{ messageId: 'print' }] },
  { name: 'a free function', code: tick('Report();', 'void Report() { «Print("x")»; }'), findings: [{ messageId: 'print', message: /OnTick → Report/ }] },
  { name: 'an element of an array', code: tick('for(int i = 0; i < 3; i++) g_risks[i].Check();', 'class CRisk { public: void Check() { «Print("checked")»; } };\nCRisk *g_risks[3];'), findings: [{ messageId: 'print', message: /OnTick → CRisk\.Check/ }] },
  { name: 'while the market is open', code: tick('if(!IsMarketOpen(_Symbol)) return;\n«Print("tick")»;', 'bool IsMarketOpen(string s) { return SymbolInfoInteger(s, SYMBOL_TRADE_MODE) > 0; }'), findings: [{ messageId: 'print' }] },
  { name: 'behind an exit that tells of a failure', code: tick('if(!g_trend.Update()) { Comment("trend: data error"); return; }\n«Comment("trend ", g_trend.Value())»;', '#include "trend.mqh"\nCTrend g_trend;'), findings: [{ messageId: 'print' }] },
  { name: 'a member object of an include', files: { 'Experts/ea.mq5': `#include <Risk/Risk.mqh>\nclass CBot { CRisk m_risk; public: void Run() { m_risk.Check(); } };\nCBot bot;\nvoid OnTick() { bot.Run(); }\n`, 'Include/Risk/Risk.mqh': RISK },
    findings: [{ messageId: 'print', file: 'Include/Risk/Risk.mqh', message: /OnTick → CBot\.Run → CRisk\.Check/, related: [/^Experts\/ea\.mq5:4 OnTick calls CBot\.Run/, /^Experts\/ea\.mq5:2 Run calls CRisk\.Check/] }] },
  { name: 'an element of an array', code: tick('for(int i = 0; i < 3; i++) risks[i].Check();', `${RISK}CRisk risks[3];`), findings: [{ messageId: 'print', message: /OnTick → CRisk\.Check/ }] },
  { name: 'a method outside of its class, in another file', files: { 'ea.mq5': '#include "risk.mqh"\n#include "risk-impl.mqh"\nCRisk risk;\nvoid OnTick() { risk.Check(); }\n', 'risk.mqh': 'class CRisk { public: void Check(); };\n', 'risk-impl.mqh': 'void CRisk::Check()\n{\n   «Print("checked")»;\n}\n' },
    findings: [{ messageId: 'print', file: 'risk-impl.mqh', message: /OnTick → CRisk\.Check/, related: [/^ea\.mq5:4 OnTick calls CRisk\.Check/] }] },
  { name: 'the overload that is meant', code: tick('Log();', 'void Log() { «Print("x")»; }\nvoid Log(int n) { n++; }'), findings: [{ messageId: 'print', message: /OnTick → Log/ }] },
  { name: 'a function of a library', files: { 'ea.mq5': '#import "risk.ex5"\nvoid Check(double room);\n#import\nvoid OnTick() { Check(1.0); }\n', 'Libraries/risk.mq5': '#property library\nvoid Check(double room) export { «Print(room)»; }\n' },
    findings: [{ messageId: 'print', file: 'Libraries/risk.mq5', message: /OnTick → Check/, related: [/^ea\.mq5:4 OnTick calls Check/] }] },
  { name: 'a base class in an include', files: { 'ea.mq5': '#include "base.mqh"\nclass CMy : public CBase { void Step() { «Print("step")»; } };\nCMy my;\nvoid OnTick() { my.Run(); }\n', 'base.mqh': 'class CBase { public: void Run() { Step(); } virtual void Step() {} };\n' },
    findings: [{ messageId: 'print', file: 'ea.mq5', message: /CBase\.Run → CMy\.Step/ }] },
]);

judged(looseLimit, [
  silent('as strict as the account', 'input double InpMaxDrawdownPercent = 4.0;\n'),
  silent('a share of the allowance', 'input double InpDrawdownWarnShare = 0.8;\n'),
  silent('a loss of one trade', 'input double MaxLossPerTrade = 5000;\n'),
  silent('percent, divided by minus a hundred', 'input double MAX_DAILY_LOSS = 0.5;\ndouble Floor(double balance) { return balance * MAX_DAILY_LOSS / -100; }\n', { accounts: [FTMO] }),
  silent('the number of an error', '#define ERR_DLL_CALLS_NOT_ALLOWED 4017\n'),
  silent('rules of several firms, by case', 'enum FIRM { A, B, C };\ninput FIRM Firm = A;\nstruct Rules { double maxTotalDD; };\nRules rules;\nvoid Load()\n{\n   switch(Firm)\n   {\n      case A: rules.maxTotalDD = 9.0; break;\n      case B: rules.maxTotalDD = 5.5; break;\n      case C: rules.maxTotalDD = 7.5; break;\n   }\n}\n'),
  silent('off', 'input double MaxDrawdownPercent = 0; // 0 = off\n'),
  silent('a figure that grows', 'double g_maxDrawdown = 0;\nvoid OnTick() { double dd = 1; if(dd > g_maxDrawdown) g_maxDrawdown = dd; }\n'),
  silent('what the back-test found', 'double OnTester() { double max_drawdown_pct = TesterStatistics(STAT_EQUITY_DDREL_PERCENT); return max_drawdown_pct; }\n'),
  silent('as strict as FTMO', 'input double MaxDrawdownPercent = 10.0;\ninput double MaxDailyLossPercent = 5.0;\n', { accounts: [FTMO] }),
  silent('the house\'s own limit', 'input double MaxDrawdownPercent = 10.0;\n', { accounts: [] }),
  silent('test code', 'input double MaxDrawdownPercent = 20.0;\n', { role: 'test' }),
], [
  fires('an input', 'input double InpMaxDrawdownPct = «10.0»; // percent\n', { messageId: 'percent', severity: 'error', layer: 'firm', account: 'apex-1', fix: [['10.0', '4.0']] }),
  fires('an input in a file that keeps statistics', 'input double InpMaxDrawdownPct = «15.0»; // Max Drawdown % (pause trading)\ninput double InpMinWinRate = 40.0;\nint g_totalTrades = 0;\ndouble g_winRate = 0;\ndouble g_profitFactor = 0;\n', { messageId: 'percent', fix: [['15.0', '4.0']] }),
  fires('an input of a group', 'input group "Risk"\nsinput double MaxDailyDrawdownPercent = 1.0;\ninput double MaxDrawdownPercent = «20.0»;\n', { messageId: 'percent', fix: [['20.0', '4.0']] }),
  fires('an input with attributes', 'input(name="Limit") double MaxDrawdownPercent = «20»;\n', { messageId: 'percent', fix: [['20', '4']] }),
  fires('a macro', '#define MAX_DRAWDOWN_PERCENT «8.0» // of the account\n', { messageId: 'percent', fix: [['8.0', '4.0']] }),
  fires('a constant given by a macro', '#define DD_LIMIT_PCT «8.0»\nconst double g_maxDrawdownPct = DD_LIMIT_PCT;\n', { messageId: 'percent', fix: [['8.0', '4.0']] }),
  fires('money', 'input double InpMaxDrawdownUSD = «5000»;\n', { messageId: 'money', fix: [['5000', '2000']] }),
  fires('a member that the constructor sets', 'class CRisk { double m_maxDrawdownPercent; public: CRisk() { m_maxDrawdownPercent = «10.0»; } };\n', { messageId: 'percent', fix: [['10.0', '4.0']] }),
  fires('by its use', 'input double MaxDD = «10.0»;\nvoid OnTick()\n{\n   double dd = (g_peak - AccountInfoDouble(ACCOUNT_EQUITY)) / g_peak * 100.0;\n   if(dd >= MaxDD) CloseAll();\n}\n', { messageId: 'percent', fix: [['10.0', '4.0']] }),
  fires('FTMO: a drawdown', 'input double MaxDrawdownPercent = «12.0»;\n', { messageId: 'percent', account: 'ftmo-1', fix: [['12.0', '10.0']] }, { accounts: [FTMO] }),
  fires('FTMO: a day', 'input double MaxDailyLossPercent = «6.0»;\n', { messageId: 'dailyPercent', account: 'ftmo-1', fix: [['6.0', '5.0']] }, { accounts: [FTMO] }),
  fires('no account: the house\'s limit', 'input double MaxDrawdownPercent = «20.0»;\n', { messageId: 'house', layer: 'house', fix: [['20.0', '10.0']] }, { accounts: [] }),
]);

const CLOSE = 'for(int i = PositionsTotal() - 1; i >= 0; i--) trade.PositionClose(PositionGetTicket(i));';

judged(naiveDeadline, [
  silent('a time of closing that only stops entries', 'input int InpFridayForceCloseHour = 23;\nbool EntriesBlockedByWeekend()\n{\n   MqlDateTime now;\n   TimeToStruct(TimeCurrent(), now);\n   if(now.day_of_week == 6 || now.day_of_week == 0) return true;\n   if(now.day_of_week == 5 && now.hour >= InpFridayForceCloseHour) return true;\n   return false;\n}\n'),
  silent('an hour for new trades only', tick('MqlDateTime dt;\nTimeCurrent(dt);\nif(dt.hour >= 23) return;\nif(Signal()) trade.Buy(0.1);', 'bool Signal() { return false; }')),
  silent('a holding time', tick(`if(TimeCurrent() - g_opened > 3600) { ${CLOSE} }`, 'datetime g_opened;')),
  silent('a report', tick('MqlDateTime dt;\nTimeCurrent(dt);\nif(dt.hour >= 23) SendMail("report", "x");')),
  silent('FTMO: overnight is allowed', tick(`MqlDateTime dt;\nTimeCurrent(dt);\nif(dt.hour >= 23) { ${CLOSE} }`), { accounts: [FTMO] }),
  silent('a structure that is filled elsewhere', tick(`MqlDateTime dt;\nNewYork(dt);\nif(dt.hour >= 16 && dt.min >= 50) { ${CLOSE} }`)),
  silent('a structure changed by hand', tick(`MqlDateTime dt;\nTimeToStruct(TimeGMT() + g_offset, dt);\nif(dt.hour >= 16) { ${CLOSE} }`, 'int g_offset;')),
  silent('the server\'s morning', tick(`MqlDateTime dt;\nTimeCurrent(dt);\nif(dt.hour == closeHour) { ${CLOSE} }`, 'input int closeHour = 10;')),
  silent('whatever is no window of entries', tick(`MqlDateTime dt;\nTimeCurrent(dt);\nif(dt.hour == 9 && dt.min <= 20) trade.Buy(0.1);\nelse CloseAll();`)),
  silent('a day of the week', tick(`MqlDateTime dt;\nTimeCurrent(dt);\nif(dt.day_of_week == 5) { ${CLOSE} }`)),
  silent('words', '// TimeCurrent() hour >= 23 CloseAll\nvoid OnTick() { string s = "dt.hour >= 23 PositionClose"; }\n'),
], [
  fires('the server\'s hour', tick(`MqlDateTime dt;\nTimeCurrent(dt);\nif(«dt.hour >= 23 && dt.min >= 59») { ${CLOSE} }`), { messageId: 'server', severity: 'warning', layer: 'firm', account: 'apex-1' }),
  fires('the server\'s evening, before the deadline', tick(`MqlDateTime dt;\nTimeCurrent(dt);\nif(«dt.hour == closeHour») { ${CLOSE} }`, 'input int closeHour = 20;'), { messageId: 'serverUnknown', severity: 'warning' }),
  fires('the server\'s hour, from a structure', tick(`MqlDateTime dt;\nTimeToStruct(TimeCurrent(), dt);\nif(«dt.hour >= 23 && dt.min >= 58») CloseAll();`), { messageId: 'server' }),
  fires('the server\'s hour, through a variable', tick(`datetime now = TimeTradeServer();\nMqlDateTime dt;\nTimeToStruct(now, dt);\nif(«dt.hour * 60 + dt.min >= 23 * 60 + 59») CloseAll();`), { messageId: 'server' }),
  fires('the server\'s hour, by arithmetic', tick(`datetime now = TimeCurrent();\nint hour = (int)((now / 3600) % 24);\nint minute = (int)((now % 3600) / 60);\nif(«hour == 23 && minute >= 59») CloseAll();`), { messageId: 'server' }),
  fires('the server\'s hour, by arithmetic and short names', tick(`datetime t = TimeCurrent();\nint hh = (int)((t / 3600) % 24);\nint mm = (int)((t % 3600) / 60);\nif(«hh == 23 && mm >= 59») CloseAll();`), { messageId: 'server' }),
  fires('the server\'s hour, as text', tick(`if(«TimeToString(TimeCurrent(), TIME_MINUTES) >= "23:59"») CloseAll();`), { messageId: 'server' }),
  fires('the server\'s hour, an input', tick(`MqlDateTime dt;\nTimeCurrent(dt);\nif(«dt.hour >= InpCloseHour && dt.min >= InpCloseMinute») CloseAll();`, 'input int InpCloseHour = 23;\ninput int InpCloseMinute = 59;'), { messageId: 'server' }),
  fires('the server\'s hour of MQL4', tick('if(«Hour() >= 23 && Minute() >= 59») CloseAll();'), { messageId: 'server' }, { path: 'Experts/old.mq4' }),
  fires('a moment of the day', tick(`if(«TimeCurrent() >= StringToTime("23:59")») CloseAll();`), { messageId: 'server' }),
  fires('the computer\'s hour', tick(`MqlDateTime dt;\n«TimeLocal(dt)»;\nif(dt.hour >= 16 && dt.min >= 59) CloseAll();`), { messageId: 'local', message: /Convert TimeGMT\(\) to New York\.$/ }),
  fires('a fixed distance from UTC', tick(`MqlDateTime dt;\nTimeToStruct(«TimeGMT() - 5 * 3600», dt);\nif(dt.hour >= 16 && dt.min >= 50) CloseAll();`), { messageId: 'fixedNamed' }),
  fires('no account: the house\'s deadline', tick(`MqlDateTime dt;\nTimeCurrent(dt);\nif(«dt.hour >= 23 && dt.min >= 59») CloseAll();`), { messageId: 'server', layer: 'house' }, { accounts: [] }),
]);

judged(lateCutoff, [
  silent('on the server\'s clock it is the other rule\'s', tick('MqlDateTime dt;\nTimeCurrent(dt);\nif(dt.hour >= 23) CloseAll();')),
  silent('FTMO: overnight is allowed', 'input string FlattenTimeNY = "17:30";\n', { accounts: [FTMO] }),
  silent('in time', 'input string FlattenTimeET = "16:50";\n'),
], [
  fires('a setting in New York\'s time', 'input string FlattenTimeET = «"17:30"»;\n', { messageId: 'late', fix: [['"17:30"', '"16:57"']] }),
  fires('a name that says New York', tick('MqlDateTime now_et;\nToNewYork(now_et);\nif(now_et.hour >= 17) CloseAll();').replace('now_et.hour >= 17', '«now_et.hour >= 17»'), { messageId: 'late' }),
]);

describe('SEC001 on MQL5', () => {
  const TOKEN = sampleSecret('generic-token', 31);
  test.each([
    ['an input', `input string InpApiKey = "${TOKEN}";`],
    ['a macro', `#define API_KEY "${TOKEN}"`],
    ['a variable', `string api_key = "${TOKEN}";`],
    ['a header', `void f() { string headers = "X-API-KEY: ${TOKEN}\\r\\n"; }`],
    ['a comment', `// api_key = "${TOKEN}"`],
    ['a member', `class C { string m_apiKey; public: C() { m_apiKey = "${TOKEN}"; } };`],
  ])('%s', (_name, text) => {
    expect(runSecurity(syntax, 'ea.mq5', `${text}\n`, { role: 'code' }, []).found).toEqual([['SEC001/generic-token', TOKEN]]);
  });
  test('none in an empty input', () => {
    // That it is filled in by hand, where pictures show it, is information of SEC214.
    expect(runSecurity(syntax, 'ea.mq5', 'input string InpApiKey = ""; // put your key here\n', { role: 'code' }, ['SEC214']).found).toEqual([]);
    expect(hardcodedSecret.languages).toContain('mql5');
  });
});
