/** The rule packs that come with Tickguard. A new firm or a new version of its rules is a JSON file and a line here. */
import type { Pack } from './pack-schema.ts';
import apexLegacy from './apex-legacy.json' with { type: 'json' };
import apexThree from './apex-3.0.json' with { type: 'json' };
import apexEndOfDay from './apex-4.0-eod.json' with { type: 'json' };
import apexIntraday from './apex-4.0-intraday.json' with { type: 'json' };
import ftmoTwoStep from './ftmo-2step.json' with { type: 'json' };
import mffu from './mffu.json' with { type: 'json' };
import takeProfitTrader from './take-profit-trader.json' with { type: 'json' };
import topstep from './topstep.json' with { type: 'json' };
import tradeify from './tradeify.json' with { type: 'json' };

/** A unit test reads every one through `pack-schema.ts`. */
const packs = [apexIntraday, apexEndOfDay, ftmoTwoStep, topstep, mffu, takeProfitTrader, tradeify, apexThree, apexLegacy] as unknown as readonly Pack[];

/** Every pack, in the order in which people should be offered them. */
export function listPacks(): readonly Pack[] {
  return packs;
}

/** The pack with this id, or undefined. */
export function findPack(id: string): Pack | undefined {
  return packs.find((pack) => pack.id === id);
}
