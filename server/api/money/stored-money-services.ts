import type { Connector } from '../../core/connector.ts';
import { LiaisonError } from '../../core/errors.ts';
import { byHand } from '../../core/reconciliation/told-again.ts';
import { type Pairing, wouldTakeUp } from '../../engine/money/pairs.ts';
import { fingerprintOf, type MoneyResult, openOf } from '../../engine/money/result.ts';
import type { Database, Sql } from '../../store/database.ts';
import type { NewEvent } from '../../store/inbox.ts';
import { accept, acceptedIn, acceptedOf, unaccept } from '../../store/money-accepted.ts';
import {
  askForCheck,
  cancelCheck,
  moneyAccount,
  moneyAccountsOf,
  moneyAccountToChange,
  setOpenDifferences,
} from '../../store/money-accounts.ts';
import type { MoneyDetail, MoneyDifference } from '../contract.ts';
import type { VendorLinks } from '../record/vendor-links.ts';
import type { MoneyServices } from './money-services.ts';
import {
  acceptanceOf,
  accountView,
  actionsOf,
  type Checked,
  detailView,
  type MoneyFacts,
  type UrlOf,
} from './money-view.ts';

export interface StoredMoneyParts {
  readonly database: Database;
  readonly connectors: ReadonlyMap<string, Connector>;
  readonly vendorLinks: VendorLinks;
  /** The organisation's accounts that are kept, as its integrations now have them, by id. Changes nothing. */
  readonly pairsOf: (organisationId: string) => Promise<ReadonlyMap<string, Pairing>>;
  /** The same, after each that its integrations have is kept. */
  readonly keepPairs: (organisationId: string) => Promise<ReadonlyMap<string, Pairing>>;
  /** Checks that are asked for are made from now on; it is not waited for. */
  readonly begin: (organisationId: string) => void;
  /** Events that are told to the flows. */
  readonly tell: (events: readonly NewEvent[]) => Promise<void>;
}

/** Money beside the books, from what checks found. Asks no vendor, save through a check. */
export function storedMoneyServices(parts: StoredMoneyParts): MoneyServices {
  const { database, connectors } = parts;

  async function pairingOf(organisationId: string, id: string): Promise<Pairing | undefined> {
    return (await parts.pairsOf(organisationId)).get(id);
  }

  async function factsOf(sql: Sql, account: Checked, pairing: Pairing | undefined): Promise<MoneyFacts> {
    return {
      accepted: await acceptedOf(sql, account.id),
      hears: (topic) => pairing?.bookings.some((booking) => wouldTakeUp(booking, topic)) ?? false,
    };
  }

  function urlsOf(account: Checked, pairing: Pairing | undefined): UrlOf {
    const connectorOf = { vendor: account.connector, books: account.booksConnector };
    return (side, object, id) => {
      const owner = pairing?.accounts[side] ?? null;
      const declared = connectors.get(connectorOf[side])?.objects.find((one) => one.id === object);
      return owner === null || declared?.url === undefined
        ? null
        : parts.vendorLinks(declared.url(id, owner));
    };
  }

  async function shown(organisationId: string, id: string): Promise<MoneyDetail | null> {
    const account = await moneyAccount<MoneyResult>(database, organisationId, id);
    if (account === null) return null;
    const pairing = await pairingOf(organisationId, id);
    return detailView(
      account,
      connectors,
      await factsOf(database, account, pairing),
      urlsOf(account, pairing),
    );
  }

  async function list(organisationId: string) {
    const [pairs, accounts, accepted] = await Promise.all([
      parts.pairsOf(organisationId),
      moneyAccountsOf<MoneyResult>(database, organisationId),
      acceptedIn(database, organisationId),
    ]);
    // What nothing books any more is soon forgotten.
    return accounts
      .filter(({ id }) => pairs.has(id))
      .map((account) => accountView(account, connectors, accepted.get(account.id) ?? new Map()));
  }

  return {
    list,
    get: shown,

    async check(organisationId, id) {
      const ids = [...(await parts.keepPairs(organisationId)).keys()];
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
      const wasThere = await database.transaction(async (sql) => {
        const account = await moneyAccountToChange<MoneyResult>(sql, organisationId, id);
        const differences = account?.result?.differences ?? [];
        const difference = differences.find((one) => one.key === key);
        if (account === null || difference === undefined) return false;
        if (note === null) await unaccept(sql, account.id, key);
        else {
          // One that is accepted already may be given another note.
          refuseUnless(acceptanceOf(difference, await acceptedOf(sql, account.id)), ['accept', 'unaccept']);
          const fingerprint = fingerprintOf(difference);
          await accept(sql, account.id, { key, fingerprint, note, acceptedBy: name });
        }
        const open = openOf(differences, await acceptedOf(sql, account.id));
        await setOpenDifferences(sql, account.id, open.length);
        return true;
      });
      return wasThere ? shown(organisationId, id) : null;
    },

    async takeUp(organisationId, id, key) {
      const account = await moneyAccount<MoneyResult>(database, organisationId, id);
      const difference = account?.result?.differences.find((one) => one.key === key);
      if (account === null || difference === undefined) return null;
      const facts = await factsOf(database, account, await pairingOf(organisationId, id));
      refuseUnless(actionsOf(difference, facts), ['take-up']);
      // What somebody deleted in the books is made anew only where somebody asks for it.
      const { reason, movement } = difference;
      const event = reason === 'deleted' ? byHand(movement.event) : movement.event;
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

type Action = MoneyDifference['actions'][number];

/** A page may be of an earlier check, and anybody may ask: what is not offered is not done. */
function refuseUnless(offered: readonly Action[], any: readonly Action[]): void {
  if (offered.some((action) => any.includes(action))) return;
  throw new LiaisonError('conflict', {
    sentence: {
      en: 'This cannot be done with this difference as it is now. Nothing was changed.',
      fr: 'Cette action n’est pas possible pour cet écart dans son état actuel. Rien n’a été modifié.',
    },
  });
}
