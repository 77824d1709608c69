/** What a name says of a guard: that it switches one on or off, that it names one, that a state is kept of one. */
import { hasPhrase, hasWord, wordsOf } from '../words.ts';

const list = (text: string): ReadonlySet<string> => new Set(text.split(' '));

/** Marks that programs put before names: no words of what is named. */
const PREFIXES = list('inp input g m ea cfg i b self is');
const ON_FIRST = list('use uses enable enabled enforce apply activate check respect require run');
const ON_LAST = list('enabled enable on active enforced activated');
const SKIP = list('disable disabled skip bypass ignore ignored suppress');
/** What a guard does once it acts: `close_on_drawdown`, `haltOnDailyLoss`. */
const ACTS = list('close flatten halt stop liquidate kill pause block exit lock lockout');
const RISK_THINGS = list('management manager mgmt check checks checking guard guards control controls limit limits engine gate gates rules protection monitor governor module guardian guardrails');
const LOSS_THINGS = list('daily day max maximum limit limits total account cap equity overall');
const EQUITY_THINGS = list('guard stop protect protection protector floor limit breaker');
const END_THINGS = list('eod end session day close cutoff deadline et midnight daily time');

/**
 * What makes the switch one of something else: opt-in extras (news, notices), sizing, display, the stop of one trade, stages
 * before the limit, simulations.
 */
const OTHER = list([
  'news notify notification notifications alert alerts alarm telegram discord slack email mail push sound log logs logging print display show panel dashboard chart draw label plot color',
  'profit target take tp sizing size lot lots dynamic adaptive scaling scale percent pct parity reward ratio per breakeven martingale grid recovery cooldown streak consecutive correlation',
  'backtest backtesting backtester sim simulate simulated simulation simulator paper demo test testing tester mc montecarlo metrics report reports stats export import sample example optimize optimizer',
  'ml ai sentiment regime volatility vol spread hedge partial reset resume warning warnings warn factor adjusted reduce reduction throttle step half soft shadow filter filters scalp indicator trail weekly monthly',
  'trading trade trades entries entry new after signal reverse flip opposite start shutdown error disconnect deinit hard weekend friday based from calculate calc multiplier mode allocation ui tab button',
].join(' '));

/** The words of a name that count. */
export function guardWords(name: string): readonly string[] {
  const words = wordsOf(name);
  let from = 0;
  while (from < words.length - 1 && PREFIXES.has(words[from] ?? '')) { from++; }
  return from === 0 ? words : words.slice(from);
}

/** Letters of which a guard's name has some: most names are done with here. */
export const GUARD_LETTERS = /risk|draw_?down|dd|loss|kill|breaker|guard|equity|flat|eod|end_?of|limit|prop|protect|safety|max_|account|dll/i;

/** Do the words name something that keeps an account alive: a drawdown, a loss limit, a kill switch, the flatten at the end of the day? */
export function namesGuard(words: readonly string[], plain = false): boolean {
  if (words.includes('stop') && words.includes('loss') && !words.includes('daily')) { return false; }
  if (words.some((word) => word === 'drawdown' || word === 'dd' || word === 'maxdd' || word === 'drawdowns' || word === 'dailyloss' || word === 'dll' || word === 'killswitch' || word === 'guardian' || word === 'guardrails' || word === 'guards' || word === 'maxdrawdown')) { return true; }
  if (hasPhrase(words, 'draw', 'down') || hasPhrase(words, 'kill', 'switch') || hasPhrase(words, 'circuit', 'breaker') || hasPhrase(words, 'circuit', 'breakers')) { return true; }
  if ((words.includes('loss') || words.includes('losses')) && hasWord(words, LOSS_THINGS)) { return true; }
  if (words.includes('risk') && (hasWord(words, RISK_THINGS) || plain)) { return true; }
  if (words.includes('equity') && hasWord(words, EQUITY_THINGS)) { return true; }
  if (words.includes('account') && words.some((word) => word === 'guard' || word === 'protection' || word === 'protect' || word === 'protector')) { return true; }
  if (hasPhrase(words, 'prop', 'firm') || words.includes('propfirm')) { return words.some((word) => word === 'rules' || word === 'limits' || word === 'guard' || word === 'protection'); }
  if (words.includes('safety') && words.some((word) => word === 'check' || word === 'checks' || word === 'limits' || word === 'guard')) { return true; }
  if ((words.includes('flatten') || words.includes('liquidate')) && hasWord(words, END_THINGS)) { return true; }
  return words.includes('eod') && words.some((word) => word === 'close' || word === 'exit' || word === 'flat');
}

/** What a boolean of this name does: `on` where it turns a guard on, `skip` where it takes one out. */
export type SwitchKind = 'on' | 'skip';

/** Reads a name, and those around it where it says nothing but `enabled`, as the switch of a guard. */
export function guardSwitch(name: string, outer: readonly string[]): SwitchKind | undefined {
  const words = guardWords(name);
  const owner = ownerOf(outer);
  if (outer.some((part) => hasWord(wordsOf(part), NOT_AROUND))) { return undefined; }
  if (words.every((word) => ON_LAST.has(word) || word === 'use')) {
    const around = owner === undefined ? [] : wordsOf(owner).filter((word) => !SETTINGS.has(word));
    return around.length > 0 && !hasWord(around, OTHER) && namesGuard(around, around.length <= 2) ? 'on' : undefined;
  }
  if (!GUARD_LETTERS.test(name)) { return undefined; }
  const rest = (gone: ReadonlySet<string>): readonly string[] => words.filter((word) => !gone.has(word));
  if (hasWord(words, SKIP)) {
    const named = rest(SKIP).filter((word) => word !== 'debug');
    return !hasWord(named, OTHER) && namesGuard(named, named.every((word) => word === 'risk' || RISK_THINGS.has(word))) ? 'skip' : undefined;
  }
  const first = words[0] ?? '';
  if (ACTS.has(first) && (words.includes('on') || words.includes('at') || words.includes('before'))) {
    const about = words.slice(1).filter((word) => word !== 'on' && word !== 'at' && word !== 'all' && word !== 'before' && word !== 'positions' && word !== 'trading' && word !== 'of');
    const end = first === 'flatten' || first === 'close' || first === 'liquidate' ? about.length > 0 && about.every((word) => END_THINGS.has(word)) && about.some((word) => word !== 'close' && word !== 'time') : false;
    const breach = about.length <= 2 && about.some((word) => word === 'breach' || word === 'violation');
    return end || breach || (!hasWord(about, OTHER) && namesGuard(about)) ? 'on' : undefined;
  }
  if (!ON_FIRST.has(first) && !ON_LAST.has(words[words.length - 1] ?? '')) { return undefined; }
  const named = words.filter((word, i) => !(i === 0 && ON_FIRST.has(word)) && !(i === words.length - 1 && ON_LAST.has(word)));
  return !hasWord(named, OTHER) && namesGuard(named, named.length === 1) ? 'on' : undefined;
}

const SETTINGS = list('config cfg settings options params spec section model');
const NOT_AROUND = list('backtest backtesting backtester simulation simulator sim simulate optimizer optimize optimise montecarlo replay paper mock test tests example notification notifications alerts research');

/** The name a bare `enabled` belongs to: the innermost one that is no constructor. */
function ownerOf(outer: readonly string[]): string | undefined {
  for (let i = outer.length - 1; i >= 0; i--) { if (!/^(?:__init__|constructor|init|Init)$/.test(outer[i] ?? '')) { return outer[i]; } }
  return undefined;
}

/** The key under which files speak of the same switch: `InpUseDDGuard` and `use_dd_guard` are one; a bare `enabled` has its owner's before it. */
export function switchKey(name: string, owner: string | undefined): string {
  const words = guardWords(name);
  const bare = words.every((word) => ON_LAST.has(word) || word === 'use');
  return [...(bare && owner !== undefined ? wordsOf(owner).filter((word) => !SETTINGS.has(word)) : []), ...words].join(' ');
}

/** The owner that a switch's key is made with. */
export function switchOwner(outer: readonly string[]): string | undefined {
  return ownerOf(outer);
}

/** Files and functions that only pretend to trade. */
export const PRETENDED = /back_?test|simulat|optimi[sz]|monte_?carlo|hyperopt|walk_?forward|replay|mock|fixture|sandbox|example|sequential_mc|research/i;

const STATE = list('position positions pos opened qty quantity contracts exposure');
const HALT = list('halted halt lock locked lockout closed flat flattened breach breached done stopped killed triggered fired tripped liquidated paused pause blocked disabled reached hit exceeded');
const RUNNING = list('active enabled trading allowed running open opened');

/** Does a name say that a guard has acted: `daily_locked`, `g_stopped`? */
export function namesHalt(name: string): boolean {
  return hasWord(wordsOf(name), HALT);
}

/** Does a name say that trading goes on: `active`, `trading_enabled`, `in_position_open`? */
export function namesRunning(name: string): boolean {
  return hasWord(wordsOf(name), RUNNING);
}

/** Does a name keep what is held: `self.position`, `open_contracts`? */
export function namesState(name: string): boolean {
  return hasWord(wordsOf(name), STATE);
}
