import type { Connector } from '../../core/connector.ts';
import type { Pairing } from '../../engine/money/pairs.ts';
import { type FoundDifference, fingerprintOf, isOpen, type MoneyResult } from '../../engine/money/result.ts';
import { listConnections } from '../../store/connections.ts';
import type { Database } from '../../store/database.ts';
import type { NewEvent } from '../../store/inbox.ts';
import { accept, acceptedOf, unaccept } from '../../store/money-accepted.ts';
import {
  askForCheck,
  cancelCheck,
  moneyAccount,
  moneyAccountsOf,
  setOpenDifferences,
} from '../../store/money-accounts.ts';
import type { MoneyDetail } from '../contract.ts';
import type { VendorLinks } from '../record/vendor-links.ts';
import type { MoneyServices } from './money-services.ts';
import { accountView, type Checked, detailView, type MoneyFacts } from './money-view.ts';

export interface StoredMoneyParts {
  readonly database: Database;
  readonly connectors: ReadonlyMap<string, Connector>;
  readonly vendorLinks: VendorLinks;
  /** The organisation's accounts as its integrations now have them, by id. */
  readonly pairsOf: (organisationId: string) => Promise<ReadonlyMap<string, Pairing>>;
  /** Checks that are asked for are made from now on; it is not waited for. */
  readonly begin: (organisationId: string) => void;
  /** Events that are told to the flows. */
  readonly tell: (events: readonly NewEvent[]) => Promise<void>;
}

/** Money beside the books, from what checks found. Asks no vendor, save through a check. */
export function storedMoneyServices(parts: StoredMoneyParts): MoneyServices {
  const { database, connectors } = parts;

  async function factsOf(
    organisationId: string,
    account: Checked,
    pairing: Pairing | undefined,
  ): Promise<MoneyFacts> {
    const [connections, accepted] = await Promise.all([
      listConnections(database, organisationId),
      acceptedOf(database, account.id),
    ]);
    const accountIn = (connector: string, id: string) =>
      connections.find((one) => one.connector === connector && one.account.id === id)?.account;
    const sides = {
      vendor: [account.connector, accountIn(account.connector, account.accountId)],
      books: [account.booksConnector, accountIn(account.booksConnector, account.booksAccountId)],
    } as const;
    return {
      connectors,
      accepted: new Map(accepted.map((one) => [one.key, one])),
      isOn: pairing?.bookings.some(({ integration }) => integration.enabled) ?? false,
      urlOf(side, object, id) {
        const [connector, owner] = sides[side];
        const declared = connectors.get(connector)?.objects.find((one) => one.id === object);
        return owner === undefined || declared?.url === undefined
          ? null
          : parts.vendorLinks(declared.url(id, owner));
      },
    };
  }

  async function shown(organisationId: string, id: string): Promise<MoneyDetail | null> {
    const account = await moneyAccount<MoneyResult>(database, organisationId, id);
    if (account === null) return null;
    const pairing = (await parts.pairsOf(organisationId)).get(id);
    return detailView(account, await factsOf(organisationId, account, pairing));
  }

  async function list(organisationId: string) {
    const pairs = await parts.pairsOf(organisationId);
    const accounts = await moneyAccountsOf<MoneyResult>(database, organisationId);
    return Promise.all(
      accounts.map(async (account) =>
        accountView(account, await factsOf(organisationId, account, pairs.get(account.id))),
      ),
    );
  }

  async function differenceOf(
    organisationId: string,
    id: string,
    key: string,
  ): Promise<{ account: Checked; difference: FoundDifference } | null> {
    const account = await moneyAccount<MoneyResult>(database, organisationId, id);
    const difference = account?.result?.differences.find((one) => one.key === key);
    return account === null || difference === undefined ? null : { account, difference };
  }

  return {
    list,
    get: shown,

    async check(organisationId, id) {
      const ids = [...(await parts.pairsOf(organisationId)).keys()];
      if (id !== undefined && !ids.includes(id)) return null;
      await askForCheck(database, organisationId, id === undefined ? ids : [id]);
      parts.begin(organisationId);
      return list(organisationId);
    },

    async cancel(organisationId, id) {
      await cancelCheck(database, organisationId, id);
      return shown(organisationId, id);
    },

    async accept({ organisationId, name }, id, key, note) {
      const found = await differenceOf(organisationId, id, key);
      if (found === null) return null;
      const { account, difference } = found;
      if (note === null) await unaccept(database, account.id, key);
      else
        await accept(database, account.id, {
          key,
          fingerprint: fingerprintOf(difference),
          note,
          acceptedBy: name,
        });
      const accepted = new Map((await acceptedOf(database, account.id)).map((one) => [one.key, one]));
      const open = (account.result?.differences ?? []).filter((one) => isOpen(one, accepted));
      await setOpenDifferences(database, account.id, open.length);
      return shown(organisationId, id);
    },

    async takeUp(organisationId, id, key) {
      const found = await differenceOf(organisationId, id, key);
      const event = found?.difference.movement?.event;
      if (found === null || event === undefined) return null;
      const { account } = found;
      await parts.tell([
        {
          organisationId,
          connectionId: null,
          connector: account.connector,
          account: account.accountId,
          // Asked for twice, it is told once, until the next check finds it missing still.
          eventKey: `money ${key} ${account.checkedAt?.getTime() ?? 0}`,
          topic: event.topic,
          recordId: event.recordId,
          contentType: 'application/json',
          body: JSON.stringify(event.body),
        },
      ]);
      return shown(organisationId, id);
    },
  };
}
