import { storedMoneyServices } from '../../server/api/money/stored-money-services.ts';
import type { Money } from './rig.ts';
import { roundsOver } from './rounds-over.ts';

/** What the page shows of the rig's accounts, and may do with them. */
export function shownOver(money: Money) {
  const rounds = roundsOver(money);
  return storedMoneyServices({
    database: money.rig.database,
    connectors: money.world.connectors,
    vendorLinks: (address) => address,
    pairsOf: rounds.pairsOf,
    keepPairs: rounds.keepPairs,
    begin: () => {},
    tell: (events) => money.engine.accept(events),
  });
}
