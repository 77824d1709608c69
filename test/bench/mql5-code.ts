/** MQL5 trading code by the yard. */
import { chance, type Chance } from './random.ts';

/** A method as MQL5 writes it: a line in the class, its body behind it. */
interface Method {
  readonly declared: string;
  readonly body: readonly string[];
}

type MethodKind = (cls: string, name: string, draw: Chance) => Method;

const PERIODS = ['PERIOD_M1', 'PERIOD_M5', 'PERIOD_M15', 'PERIOD_H1', 'PERIOD_D1'] as const;
const SUBJECTS = ['Trend', 'Range', 'Breakout', 'Pullback', 'Session', 'Volume', 'Swing', 'Gap', 'Momentum', 'Channel', 'Reversal', 'Carry'] as const;
const NOUNS = ['Signal', 'Filter', 'Guard', 'Panel', 'Model', 'Ledger'] as const;
const VERBS = ['Mean', 'Slope', 'Width', 'Level', 'Bias', 'Score', 'Room', 'Pressure', 'Drift', 'Weight'] as const;

function method(type: string, cls: string, name: string, parameters: string, lines: readonly string[]): Method {
  return {
    declared: `   ${type.padEnd(8)} ${name}(${parameters});`,
    body: [`${type} ${cls}::${name}(${parameters})`, '{', ...lines.map((line) => (line === '' ? '' : `   ${line}`)), '}', ''],
  };
}

const weightedMean: MethodKind = (cls, name, draw) => method('double', cls, name, 'const int shift', [
  'double total = 0.0;',
  `// Weighted mean of the last ${draw.whole(10, 90)} closes; the newest counts most.`,
  'double weight = 0.0;',
  'for(int i = shift; i < ArraySize(m_closes) && i < shift + m_period; i++)',
  '{',
  `   double factor = (double)(m_period - i + shift) / ${draw.whole(2, 40)};`,
  '   total += m_closes[i] * factor;',
  '   weight += factor;',
  '}',
  'if(weight <= 0.0)',
  '   return 0.0;',
  `return NormalizeDouble(total / weight, _Digits) * ${draw.share()};`,
]);

const copied: MethodKind = (cls, name, draw) => method('bool', cls, name, 'double &value, const int shift = 1', [
  'double total = 0.0;',
  'double buffer[];',
  'ArraySetAsSeries(buffer, true);',
  `if(CopyBuffer(m_handle, ${draw.whole(0, 2)}, shift, ${draw.whole(3, 9)}, buffer) < 3)`,
  '{',
  '   PrintFormat("%s: no data, error %d", m_name, GetLastError());',
  '   return false;',
  '}',
  'for(int i = ArraySize(buffer) - 1; i >= 0; i--)',
  '   total += buffer[i];',
  'value = total / ArraySize(buffer);',
  `return value > buffer[0] * ${draw.share()} && value != EMPTY_VALUE;`,
]);

const trailed: MethodKind = (cls, name, draw) => method('int', cls, name, 'const double distance', [
  'double total = 0.0;',
  'int moved = 0;',
  'for(int i = PositionsTotal() - 1; i >= 0; i--)',
  '{',
  '   ulong ticket = PositionGetTicket(i);',
  '   if(ticket == 0 || PositionGetInteger(POSITION_MAGIC) != m_magic)',
  '      continue;',
  '   double open = PositionGetDouble(POSITION_PRICE_OPEN);',
  '   double price = PositionGetDouble(POSITION_PRICE_CURRENT);',
  '   double stop = PositionGetDouble(POSITION_SL);',
  '   bool isBuy = (ENUM_POSITION_TYPE)PositionGetInteger(POSITION_TYPE) == POSITION_TYPE_BUY;',
  `   double wanted = isBuy ? price - distance * ${draw.share()} : price + distance * ${draw.share()};`,
  '   if((isBuy && wanted > stop && wanted > open) || (!isBuy && wanted < stop && wanted < open))',
  '   {',
  '      total += MathAbs(wanted - stop);',
  '      moved++;',
  '   }',
  '}',
  'm_values[moved % ArraySize(m_values)] = total;',
  'return moved;',
]);

const sized: MethodKind = (cls, name, draw) => method('double', cls, name, 'const double stopPoints, const string symbol', [
  'double total = 0.0;',
  'double tickValue = SymbolInfoDouble(symbol, SYMBOL_TRADE_TICK_VALUE);',
  'double tickSize = SymbolInfoDouble(symbol, SYMBOL_TRADE_TICK_SIZE);',
  'double step = SymbolInfoDouble(symbol, SYMBOL_VOLUME_STEP);',
  'if(tickValue <= 0.0 || tickSize <= 0.0 || stopPoints <= 0.0)',
  '   return SymbolInfoDouble(symbol, SYMBOL_VOLUME_MIN);',
  `double money = AccountInfoDouble(ACCOUNT_EQUITY) * ${draw.share()} / 100.0;`,
  'total = money / (stopPoints * _Point / tickSize * tickValue);',
  'double lots = MathFloor(total / step) * step;',
  'return MathMin(MathMax(lots, SymbolInfoDouble(symbol, SYMBOL_VOLUME_MIN)), SymbolInfoDouble(symbol, SYMBOL_VOLUME_MAX));',
]);

const scheduled: MethodKind = (cls, name, draw) => method('bool', cls, name, 'const datetime now', [
  'double total = 0.0;',
  'MqlDateTime parts;',
  'TimeToStruct(now, parts);',
  'switch(parts.day_of_week)',
  '{',
  '   case 0:',
  '   case 6:',
  '      return false;',
  '   case 5:',
  `      total = parts.hour + parts.min / 60.0;`,
  `      return total < ${draw.whole(12, 20)};`,
  '   default:',
  '      break;',
  '}',
  `return parts.hour >= ${draw.whole(1, 8)} && parts.hour < ${draw.whole(9, 20)};`,
]);

const drawn: MethodKind = (cls, name, draw) => method('void', cls, name, 'const string text, const color shade', [
  'double total = 0.0;',
  `string label = m_name + "_${name.toLowerCase()}";`,
  'if(ObjectFind(0, label) < 0)',
  '{',
  '   ObjectCreate(0, label, OBJ_LABEL, 0, 0, 0);',
  `   ObjectSetInteger(0, label, OBJPROP_CORNER, CORNER_LEFT_UPPER);`,
  `   ObjectSetInteger(0, label, OBJPROP_XDISTANCE, ${draw.whole(5, 200)});`,
  `   ObjectSetInteger(0, label, OBJPROP_YDISTANCE, ${draw.whole(5, 200)});`,
  '}',
  'for(int i = 0; i < ArraySize(m_values); i++)',
  '   total += m_values[i];',
  'ObjectSetString(0, label, OBJPROP_TEXT, StringFormat("%s %.2f", text, total));',
  `ObjectSetInteger(0, label, OBJPROP_COLOR, total > 0 ? shade : C'${draw.whole(0, 255)},${draw.whole(0, 255)},${draw.whole(0, 255)}');`,
]);

const settled: MethodKind = (cls, name, draw) => method('double', cls, name, 'const datetime from, const datetime to', [
  'double total = 0.0;',
  'if(!HistorySelect(from, to))',
  '   return 0.0;',
  'int deals = HistoryDealsTotal();',
  'for(int i = 0; i < deals; i++)',
  '{',
  '   ulong deal = HistoryDealGetTicket(i);',
  '   if(HistoryDealGetInteger(deal, DEAL_ENTRY) != DEAL_ENTRY_OUT || HistoryDealGetInteger(deal, DEAL_MAGIC) != m_magic)',
  '      continue;',
  '   total += HistoryDealGetDouble(deal, DEAL_PROFIT) + HistoryDealGetDouble(deal, DEAL_SWAP) + HistoryDealGetDouble(deal, DEAL_COMMISSION);',
  '}',
  `return total / MathMax(1, deals) * ${draw.share()};`,
]);

const reported: MethodKind = (cls, name, draw) => method('void', cls, name, 'const MqlTick &tick', [
  'double total = 0.0;',
  'total = (tick.ask - tick.bid) / _Point;',
  'm_count++;',
  `if(m_count % ${draw.whole(2, 20) * 50} == 0)`,
  '   Print(m_name, " spread ", DoubleToString(total, 1), " points");',
  `if(total > ${draw.whole(5, 60)} && m_values[0] < total)`,
  '{',
  '   m_values[0] = total;',
  '   m_last = tick.time;',
  '}',
]);

const KINDS: readonly MethodKind[] = [weightedMean, copied, trailed, sized, scheduled, drawn, settled, reported];

/** What of the class's own methods a tick runs; the others belong to the start, a timer or another class. */
function call(kind: MethodKind, object: string, name: string): string | undefined {
  switch (kind) {
    case weightedMean: return `level += ${object}.${name}(1);`;
    case copied: return `if(${object}.${name}(level)) votes++;`;
    case trailed: return `${object}.${name}(InpTrailPoints * _Point);`;
    case scheduled: return `votes += ${object}.${name}(TimeCurrent()) ? 1 : -1;`;
    case reported: return `${object}.${name}(tick);`;
    default: return undefined;
  }
}

interface Class {
  readonly lines: readonly string[];
  /** What a tick does with its object. */
  readonly calls: readonly string[];
}

/**
 * A class as MetaTrader's own library is written: members, then methods behind the class.
 * @param flaw a line for the next method that a tick runs.
 */
function classOf(cls: string, draw: Chance, flaw?: () => string | undefined): Class {
  const made = Array.from({ length: draw.whole(3, 9) }, (_, at) => {
    const [kind, name] = [draw.one(KINDS), `${draw.one(VERBS)}${at}`];
    const { declared, body } = kind(cls, name, draw);
    const called = call(kind, `g_${cls.slice(1)}`, name);
    const line = called === undefined ? undefined : flaw?.();
    // Behind the signature, the brace and the total.
    return { declared, called, body: line === undefined ? body : [...body.slice(0, 3), `   ${line}`, ...body.slice(3)] };
  });
  return {
    lines: [
      '//+------------------------------------------------------------------+',
      `//| ${`${cls}: ${made.length} readings of one symbol.`.padEnd(65)}|`,
      '//+------------------------------------------------------------------+',
      `class ${cls}`, '{', 'private:',
      '   string   m_name;', '   int      m_period;', '   int      m_handle;', '   long     m_magic;', '   ulong    m_count;', '   datetime m_last;',
      '   double   m_closes[];', `   double   m_values[${draw.whole(4, 64)}];`, '',
      'public:',
      `   ${cls}(const string name, const int period) : m_name(name), m_period(period), m_handle(INVALID_HANDLE), m_magic(0), m_count(0), m_last(0) {}`,
      `   ~${cls}() { if(m_handle != INVALID_HANDLE) IndicatorRelease(m_handle); }`,
      `   void     Start(const long magic) { m_magic = magic; m_handle = iMA(_Symbol, ${draw.one(PERIODS)}, m_period, 0, MODE_EMA, PRICE_CLOSE); }`,
      ...made.map(({ declared }) => declared),
      '};', '', ...made.flatMap(({ body }) => body),
    ],
    calls: made.flatMap(({ called }) => called ?? []),
  };
}

/** What goes wrong on a tick, a line each. */
const FLAWS = [
  'Print("value of ", m_name);', 'Sleep(25);', 'Comment(m_name, " ", total);', 'FileWrite(FileOpen(m_name + ".csv", FILE_WRITE | FILE_CSV), total);',
] as const;

const EXPERT_HEAD = [
  '//+------------------------------------------------------------------+',
  '//|                                                         Long.mq5 |',
  '//| One expert in one file, as many of them are.                     |',
  '//+------------------------------------------------------------------+',
  '#property copyright "Desk"', '#property version   "3.07"', '#property strict', '',
  '#include <Trade/Trade.mqh>', '#include <Trade/PositionInfo.mqh>', '',
  '#define RETRIES 3 // of an order', '#define POINTS(x) ((x) * _Point)', '',
  'enum ENUM_STYLE { STYLE_TREND = 0, STYLE_RANGE = 1, STYLE_BOTH = 2 };', '',
  'input group "Entries"', 'input ENUM_STYLE InpStyle = STYLE_BOTH; // how to trade', 'input double InpLots = 0.10;', 'input int    InpTrailPoints = 150;',
  'input long   InpMagic = 771200;', 'input group "Risk"', 'input double InpMaxDrawdownPercent = 22.5;', 'input double InpMaxDailyLossPercent = 4.0;', '',
  'struct SLevel { double price; datetime since; int touches; };', '',
  'SLevel levels[];', 'CTrade trade;', 'CPositionInfo position;', 'double startEquity = 0;', '',
] as const;

function handlers(objects: readonly string[], calls: readonly string[]): string[] {
  return [
    'int OnInit()', '{', '   startEquity = AccountInfoDouble(ACCOUNT_EQUITY);', '   trade.SetExpertMagicNumber(InpMagic);',
    ...objects.map((object) => `   ${object}.Start(InpMagic);`), '   EventSetTimer(30);', '   Print("started on ", _Symbol);', '   return INIT_SUCCEEDED;', '}', '',
    'void OnDeinit(const int reason)', '{', '   EventKillTimer();', '   PrintFormat("ended, reason %d", reason);', '}', '',
    'void OnTick()', '{', '   MqlTick tick;', '   double level = 0.0;', '   int votes = 0;', '   if(!SymbolInfoTick(_Symbol, tick))', '      return;',
    '   if(startEquity - AccountInfoDouble(ACCOUNT_EQUITY) > startEquity * InpMaxDrawdownPercent / 100.0)', '   {', '      CloseAll();', '      return;', '   }',
    ...calls.map((line) => `   ${line}`),
    '   if(PositionsTotal() == 0 && votes > 2 && level > tick.ask)', '      trade.Buy(InpLots, _Symbol, tick.ask, tick.ask - POINTS(300), tick.ask + POINTS(600));', '}', '',
    'void OnTimer()', '{', '   Print("alive, equity ", AccountInfoDouble(ACCOUNT_EQUITY));', '   datetime now = TimeLocal();', '   MqlDateTime parts;', '   TimeToStruct(now, parts);',
    '   if(parts.hour >= 18)', '      CloseAll();', '}', '',
    'void OnTradeTransaction(const MqlTradeTransaction &trans, const MqlTradeRequest &request, const MqlTradeResult &result)', '{',
    '   if(trans.type == TRADE_TRANSACTION_DEAL_ADD)', '      Print("deal ", trans.deal);', '}', '',
    'void CloseAll()', '{', '   for(int i = PositionsTotal() - 1; i >= 0; i--)', '      trade.PositionClose(PositionGetTicket(i));', '}', '',
  ];
}

/** An expert of about `lines` lines; every fifth method on the tick path prints, waits or writes. */
export function bigExpert(lines: number, seed = 7): string {
  const draw = chance(seed);
  const body: string[] = [];
  const calls: string[] = [];
  const objects: string[] = [];
  let asked = 0;
  const flaw = (): string | undefined => (asked++ % 5 === 2 ? FLAWS[Math.floor(asked / 5) % FLAWS.length] : undefined);
  while (EXPERT_HEAD.length + body.length + calls.length + objects.length + 150 < lines) {
    const name = `${draw.one(SUBJECTS)}${draw.one(NOUNS)}${objects.length}`;
    const written = classOf(`C${name}`, draw, flaw);
    body.push(...written.lines, `C${name} g_${name}("${name}", ${draw.whole(5, 60)});`, '');
    calls.push(...written.calls);
    objects.push(`g_${name}`);
  }
  return [...EXPERT_HEAD, ...body, ...handlers(objects, calls)].join('\n');
}

/** Files of one product: its includes, its expert and its indicator. */
const PRODUCT = 25;

const folderOf = (index: number): string => `product_${Math.floor(index / PRODUCT)}`;
const subjectOf = (index: number): string => `${SUBJECTS[index % SUBJECTS.length]!}${NOUNS[Math.floor(index / SUBJECTS.length) % NOUNS.length]!}${index}`;

/** A file without findings, as most of a repository are: by its place an include, an expert or an indicator. */
export function plainSource(index: number): readonly [path: string, text: string] {
  const draw = chance(1_000 + index);
  const place = index % PRODUCT;
  if (place === PRODUCT - 1) { return [`Experts/${folderOf(index)}/Expert${index}.mq5`, plainExpert(index, draw)]; }
  if (place === PRODUCT - 2) { return [`Indicators/${folderOf(index)}/Bands${index}.mq5`, plainIndicator(index, draw)]; }
  const name = subjectOf(index);
  const before = place === 0 ? [] : [`#include "${subjectOf(index - 1)}.mqh"`];
  const functions = Array.from({ length: draw.whole(0, 3) }, (_, at) => freeFunction(`${name}Helper${at}`, draw));
  return [`Include/${folderOf(index)}/${name}.mqh`, [
    `#ifndef ${name.toUpperCase()}_MQH`, `#define ${name.toUpperCase()}_MQH`, '#include <Trade/Trade.mqh>', ...before, '',
    ...functions.flat(), ...classOf(`C${name}`, draw).lines, '#endif', '',
  ].join('\n')];
}

function freeFunction(name: string, draw: Chance): string[] {
  return draw.one([
    [`double ${name}(const double &values[], const int count)`, '{', '   double best = -DBL_MAX;', '   for(int i = 0; i < count; i++)', `      best = MathMax(best, values[i] * ${draw.share()});`, '   return best;', '}', ''],
    [`string ${name}(const ENUM_TIMEFRAMES frame)`, '{', '   switch(frame)', '   {', '      case PERIOD_M1: return "M1";', '      case PERIOD_M5: return "M5";', '      case PERIOD_H1: return "H1";', '      default: return EnumToString(frame);', '   }', '}', ''],
    [`bool ${name}(MqlRates &rates[], int bars = ${draw.whole(5, 90)})`, '{', `   if(CopyRates(_Symbol, ${draw.one(PERIODS)}, 1, bars, rates) != bars)`, '      return false;', '   ArraySetAsSeries(rates, true);', '   while(bars > 0 && rates[bars - 1].close > rates[0].open) bars--;', '   return bars > 0;', '}', ''],
    [`void ${name}(double &values[], const double value)`, '{', '   int size = ArraySize(values);', '   for(int i = size - 1; i > 0; i--)', '      values[i] = values[i - 1];', `   if(size > 0) values[0] = value * ${draw.share()};`, '}', ''],
  ]);
}

/** Every product's expert asks the desk's risk include as well. */
function plainExpert(index: number, draw: Chance): string {
  const first = index - PRODUCT + 1;
  const used = [first + draw.whole(0, 10), first + draw.whole(11, 20)].map(subjectOf);
  return [
    '//+------------------------------------------------------------------+', `//| Expert ${index} `.padEnd(67) + '|', '//+------------------------------------------------------------------+',
    '#property version "1.0"', '#include <Trade/Trade.mqh>', '#include <Desk/Desk.mqh>', ...used.map((name) => `#include <${folderOf(index)}/${name}.mqh>`), '',
    'input group "Entries"', `input double InpLots = 0.${draw.whole(1, 9)}; // lots`, `input int    InpStopPoints = ${draw.whole(50, 900)};`, `input long   InpMagic = ${770_000 + index};`, '',
    'CTrade trade;', 'CRiskManager risk;', ...used.map((name) => `C${name} g_${name}("${name}", ${draw.whole(4, 90)});`), '',
    'int OnInit()', '{', '   trade.SetExpertMagicNumber(InpMagic);', ...used.map((name) => `   g_${name}.Start(InpMagic);`), '   return INIT_SUCCEEDED;', '}', '',
    'void OnTick()', '{', '   MqlTick tick;', '   if(!SymbolInfoTick(_Symbol, tick) || !IsNewBar() || !risk.Quiet(tick.bid))', '      return;',
    `   if(PositionsTotal() == 0 && tick.ask > iHigh(_Symbol, ${draw.one(PERIODS)}, ${draw.whole(1, 4)}))`,
    '      trade.Buy(InpLots, _Symbol, tick.ask, tick.ask - InpStopPoints * _Point, tick.ask + InpStopPoints * _Point);', '}', '',
    'bool IsNewBar()', '{', '   static datetime last = 0;', `   datetime bar = iTime(_Symbol, ${draw.one(PERIODS)}, 0);`, '   if(bar == last)', '      return false;', '   last = bar;', '   return true;', '}', '',
    'void OnDeinit(const int reason)', '{', '   Print("ended ", reason);', '}', '',
  ].join('\n');
}

function plainIndicator(index: number, draw: Chance): string {
  const period = draw.whole(5, 60);
  return [
    '#property indicator_separate_window', '#property indicator_buffers 2', '#property indicator_plots   1', `#property indicator_color1  clrDodgerBlue`, '',
    `input int    InpPeriod = ${period}; // bars`, `input double InpWidth  = ${draw.whole(1, 4)}.${draw.whole(0, 9)};`, '', 'double Upper[];', 'double Middle[];', '',
    'int OnInit()', '{', '   SetIndexBuffer(0, Upper, INDICATOR_DATA);', '   SetIndexBuffer(1, Middle, INDICATOR_CALCULATIONS);', `   IndicatorSetString(INDICATOR_SHORTNAME, "Bands ${index}");`, '   return INIT_SUCCEEDED;', '}', '',
    'int OnCalculate(const int rates_total, const int prev_calculated, const datetime &time[], const double &open[], const double &high[], const double &low[],',
    '                const double &close[], const long &tick_volume[], const long &volume[], const int &spread[])', '{',
    '   if(rates_total < InpPeriod)', '      return 0;', '   int begin = prev_calculated > 0 ? prev_calculated - 1 : InpPeriod;', '   for(int i = begin; i < rates_total && !IsStopped(); i++)', '   {',
    '      double sum = 0.0, squares = 0.0;', '      for(int k = 0; k < InpPeriod; k++)', '      {', '         sum += close[i - k];', '         squares += close[i - k] * close[i - k];', '      }',
    '      Middle[i] = sum / InpPeriod;', `      Upper[i] = Middle[i] + InpWidth * MathSqrt(MathMax(0.0, squares / InpPeriod - Middle[i] * Middle[i])) * ${draw.share()};`, '   }', '   return rates_total;', '}', '',
  ].join('\n');
}

/** The expert whose handler calls into the risk include, through the desk's own include. */
export const EXPERT = `#include <Desk/Desk.mqh>

CRiskManager risk;

void OnTick()
{
   risk.Check(SymbolInfoDouble(_Symbol, SYMBOL_BID));
}
`;

/** Includes the risk include, for everybody. */
export const DESK_INCLUDE = '#property strict\n#include "RiskManager.mqh"\n';

/** The risk include, with or without a print on the tick path. */
export function riskInclude(printing: boolean): string {
  return `class CRiskManager
{
   int m_seen;
public:
   CRiskManager() : m_seen(0) {}
   bool Check(const double price);
   bool Quiet(const double price) { return price > 0.0; }
};

bool CRiskManager::Check(const double price)
{
   m_seen++;
${printing ? '   Print("room ", m_seen);\n' : ''}   return price > 0.0 && m_seen > 0;
}
`;
}
