import type { Connector } from '../core/connector.ts';
import type { Cause } from '../store/alert-causes.ts';
import type { Database } from '../store/database.ts';
import { openMoney } from '../store/money-accounts.ts';

/** Accounts whose money is not what the books say, by what the last check found: one cause for each. */
export async function moneyCauses({
  database,
  connectors,
}: {
  readonly database: Database;
  // biome-ignore lint/suspicious/noExplicitAny: each connector has a client type of its own.
  readonly connectors: ReadonlyMap<string, Connector<any>>;
}): Promise<Cause[]> {
  return (await openMoney(database)).map(
    ({ organisationId, id, connector, accountName, booksName, count }) => {
      const titles = connectors.get(connector)?.titles ?? { en: connector, fr: connector };
      const [en, fr] = [titles.en, titles.fr].map((title) =>
        title === accountName ? title : `${title} (${accountName})`,
      );
      return {
        organisationId,
        integration: null,
        cause: `money ${id}`,
        count,
        sentence: {
          en: `Money: ${en} and ${booksName} differ in ${count === 1 ? 'one place' : `${count} places`}. Each has its reason, and what mends it, under Money.`,
          fr: `Argent\u00a0: ${fr} et ${booksName} diffèrent en ${count === 1 ? 'un point' : `${count} points`}. Chacun a sa raison, et de quoi le corriger, sous Argent.`,
        },
      };
    },
  );
}
