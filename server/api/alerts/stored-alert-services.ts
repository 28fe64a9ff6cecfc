import type { Connector } from '../../core/connector.ts';
import { asLiaisonError } from '../../core/errors.ts';
import type { Sentence } from '../../core/sentence.ts';
import type { World } from '../../engine/ports.ts';
import { storedError } from '../../engine/stored-error.ts';
import {
  type AlertDestination,
  alertSettings,
  destinationKey,
  lockAlertDestinations,
  noteAlertOutcome,
  saveAlertDestinations,
} from '../../store/alert-settings.ts';
import { alertsOf } from '../../store/alerts.ts';
import { type ConnectionRow, listConnections } from '../../store/connections.ts';
import type { Database } from '../../store/database.ts';
import { shelvedRunsOf } from '../../store/run-log.ts';
import type { AlertDestinationWish, AlertPlaces, AlertSettings } from '../contract.ts';
import { demandUnchanged, versionOf } from '../flows/settings-version.ts';
import { failureOf } from '../log/run-view.ts';
import { invalid } from '../problem.ts';
import type { AlertServices } from './alert-services.ts';
import { type AlertFacts, alertView } from './alert-view.ts';

export interface StoredAlertParts extends AlertFacts {
  readonly database: Database;
  readonly world: Pick<World, 'open'>;
  /** Whether a mail server is configured. */
  readonly mail: boolean;
  /** Sends the test message. Rejects with a LiaisonError. */
  readonly sendTest: (organisationId: string, destination: AlertDestination) => Promise<void>;
  readonly now: () => number;
}

type Place = AlertPlaces['places'][number];
type PlaceDestination = Exclude<AlertDestination, { email: string }>;

/** A destination that cannot be, by its place in the list. */
interface Misfit {
  readonly path: [string, number];
  readonly sentence: Sentence;
}

const SHOWN_DAYS = 7;
/** How long an application may take to say what there is to choose from. */
const PATIENCE_MS = 20_000;

/** The alerts' services over the store. */
export function storedAlertServices(parts: StoredAlertParts): AlertServices {
  const { database, connectors } = parts;

  /** The organisation's accounts of each application, the oldest first. */
  async function accountsOf(organisationId: string): Promise<ReadonlyMap<string, readonly ConnectionRow[]>> {
    const rows = await listConnections(database, organisationId);
    return Map.groupBy(
      rows.filter(({ owner }) => owner === null),
      ({ connector }) => connector,
    );
  }

  async function settings(organisationId: string): Promise<AlertSettings> {
    const [{ destinations, outcomes }, accounts] = await Promise.all([
      alertSettings(database, organisationId),
      accountsOf(organisationId),
    ]);
    return {
      mail: parts.mail,
      version: versionOf(destinations),
      destinations: destinations.map((destination) => {
        const last = outcomes[destinationKey(destination)] ?? null;
        if ('email' in destination) return { kind: 'email' as const, email: destination.email, last };
        const { connector: id, target, title } = destination;
        const titles = connectors.get(id)?.titles ?? { en: id, fr: id };
        const row = accountOf(destination, accounts.get(id) ?? []);
        const connector = { id, titles, connected: row?.state === 'active' };
        const account = { connection: row?.id ?? null, account: row?.account.name ?? null };
        return { kind: 'place' as const, connector, target, title: title ?? target, ...account, last };
      }),
    };
  }

  async function placesOf(connector: Connector, row: ConnectionRow | null): Promise<Place> {
    const { id, titles } = connector;
    const messages = connector.offers?.messages;
    const connected = row?.state === 'active';
    const place = {
      connector: { id, titles, connected },
      connection: row?.id ?? null,
      account: row?.account.name ?? null,
      titles: messages?.titles ?? titles,
      targets: [],
      error: null,
    };
    if (!connected || messages === undefined) return place;
    try {
      const signal = AbortSignal.timeout(PATIENCE_MS);
      const account = { organisationId: row.organisationId, connectionId: row.id };
      const http = await parts.world.open(account, connector, { onExchange: () => {}, signal });
      const targets = await messages.places(connector.client(http));
      return { ...place, targets: targets.map(({ id: target, title }) => ({ id: target, title })) };
    } catch (thrown) {
      return { ...place, error: failureOf(storedError(asLiaisonError(thrown))) };
    }
  }

  async function places(organisationId: string): Promise<AlertPlaces> {
    const accounts = await accountsOf(organisationId);
    const able = [...connectors.values()].filter(({ offers }) => offers?.messages !== undefined);
    const asked = able.flatMap((one) => {
      const rows = accounts.get(one.id) ?? [];
      return rows.length === 0 ? [placesOf(one, null)] : rows.map((row) => placesOf(one, row));
    });
    return { places: await Promise.all(asked) };
  }

  /** The destinations as they are stored, or a refusal that names each that cannot be. */
  async function checked(organisationId: string, wishes: readonly AlertDestinationWish[]) {
    const [{ destinations: known }, accounts] = await Promise.all([
      alertSettings(database, organisationId),
      accountsOf(organisationId),
    ]);
    const before = (wish: AlertDestinationWish) => known.find((one) => isMeant(wish, one, accounts));
    const fresh = wishes.some((wish) => 'connector' in wish && before(wish) === undefined);
    const offered = fresh ? (await places(organisationId)).places : [];
    const misfits: Misfit[] = [];
    const stored = new Map<string, AlertDestination>();
    const keep = (one: AlertDestination) => stored.set(destinationKey(one), one);
    for (const [index, wish] of wishes.entries()) {
      const path: Misfit['path'] = ['destinations', index];
      if ('email' in wish) {
        if (!parts.mail) misfits.push({ path, sentence: NO_MAIL });
        keep(wish);
        continue;
      }
      const own = offered.filter(
        ({ connector, connection }) =>
          connector.id === wish.connector &&
          (wish.connection === undefined || connection === wish.connection),
      );
      const offering = own.filter(({ targets }) => targets.some(({ id }) => id === wish.target));
      const kept = before(wish);
      if (kept !== undefined) {
        // Another account that offers the same place does not take over.
        const same = offering.find((one) => isMeant({ ...wish, connection: idOf(one) }, kept, accounts));
        keep(same === undefined ? kept : destinationAt(same, wish.target, accounts));
        continue;
      }
      const [place] = offering;
      if (place !== undefined && offering.length === 1) keep(destinationAt(place, wish.target, accounts));
      else if (place !== undefined) misfits.push({ path, sentence: SEVERAL_ACCOUNTS });
      else {
        const error = own.find((one) => one.error !== null)?.error;
        misfits.push({ path, sentence: error?.sentence ?? NO_SUCH_PLACE });
      }
    }
    if (misfits.length > 0) {
      throw invalid('body', (language) =>
        misfits.map(({ path, sentence }) => ({
          code: 'custom',
          path,
          message: sentence[language],
          input: undefined,
        })),
      );
    }
    return [...stored.values()];
  }

  return {
    async list(organisationId) {
      const [rows, shelved] = await Promise.all([
        alertsOf(database, organisationId, SHOWN_DAYS),
        shelvedRunsOf(database, organisationId),
      ]);
      // The shelf and the alert speak of the same failures: both tell when the first of them happened.
      const firsts = new Map(
        shelved.map(({ integration, error, since }) => [`shelf ${integration} ${error?.kind}`, since]),
      );
      const views = rows.map((row) =>
        alertView(parts, row, row.closedAt === null ? firsts.get(row.cause) : null),
      );
      return {
        alerts: views
          .filter(({ closedAt }) => closedAt === null)
          .sort((one, other) => Date.parse(other.openedAt) - Date.parse(one.openedAt)),
        recovered: views.filter(({ closedAt }) => closedAt !== null),
      };
    },

    settings,
    places,

    async save(organisationId, wishes, basedOn) {
      const chosen = await checked(organisationId, wishes);
      await database.transaction(async (sql) => {
        const held = await lockAlertDestinations(sql, organisationId);
        demandUnchanged(basedOn, { version: versionOf(held), destinations: held });
        await saveAlertDestinations(sql, organisationId, chosen);
      });
      return settings(organisationId);
    },

    async test(organisationId, wish) {
      const [{ destinations }, accounts] = await Promise.all([
        alertSettings(database, organisationId),
        accountsOf(organisationId),
      ]);
      const chosen = destinations.find((one) => isMeant(wish, one, accounts));
      if (chosen === undefined) return null;
      try {
        await parts.sendTest(organisationId, chosen);
      } catch (thrown) {
        const error = asLiaisonError(thrown);
        await noteAlertOutcome(database, organisationId, chosen, error.details.sentence);
        throw error;
      }
      await noteAlertOutcome(database, organisationId, chosen, null);
      return { sentAt: new Date(parts.now()).toISOString() };
    },
  };
}

/** The account of a place; of one that names none the oldest there is. */
const accountOf = (
  { account }: PlaceDestination,
  rows: readonly ConnectionRow[],
): ConnectionRow | undefined =>
  account === undefined ? rows[0] : rows.find((row) => row.account.id === account);

/** Whether a stored destination is the one that a caller names. */
function isMeant(
  wish: AlertDestinationWish,
  stored: AlertDestination,
  accounts: ReadonlyMap<string, readonly ConnectionRow[]>,
): boolean {
  if ('email' in wish || 'email' in stored)
    return 'email' in wish && 'email' in stored && destinationKey(wish) === destinationKey(stored);
  if (wish.connector !== stored.connector || wish.target !== stored.target) return false;
  if (wish.connection === undefined) return true;
  return accountOf(stored, accounts.get(stored.connector) ?? [])?.id === wish.connection;
}

const idOf = ({ connection }: Place): string => connection ?? '';

function destinationAt(
  place: Place,
  target: string,
  accounts: ReadonlyMap<string, readonly ConnectionRow[]>,
): AlertDestination {
  const connector = place.connector.id;
  const row = accounts.get(connector)?.find(({ id }) => id === place.connection);
  const title = place.targets.find(({ id }) => id === target)?.title ?? target;
  return { connector, target, title, ...(row && { account: row.account.id }) };
}

const SEVERAL_ACCOUNTS = {
  en: 'Several accounts offer this place. Choose the account, too.',
  fr: 'Plusieurs comptes proposent cet endroit. Choisissez aussi le compte.',
};
const NO_MAIL = {
  en: 'No mail server is configured: set SMTP_URL where Liaison runs.',
  fr: 'Aucun serveur de messagerie n’est configuré\u00a0: renseignez SMTP_URL là où tourne Liaison.',
};
const NO_SUCH_PLACE = {
  en: 'This place is not offered any more. Choose another one.',
  fr: 'Cet endroit n’est plus proposé. Choisissez-en un autre.',
};
