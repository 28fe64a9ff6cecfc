import type { Connector } from '../core/connector.ts';
import { asLiaisonError } from '../core/errors.ts';
import type { Sentence } from '../core/sentence.ts';
import type { World } from '../engine/ports.ts';
import { storedError } from '../engine/stored-error.ts';
import {
  type AlertDestination,
  alertSettings,
  destinationKey,
  lockAlertDestinations,
  noteAlertOutcome,
  saveAlertDestinations,
} from '../store/alert-settings.ts';
import { alertsOf } from '../store/alerts.ts';
import { connectionPerConnector } from '../store/connections.ts';
import type { Database } from '../store/database.ts';
import { shelvedRunsOf } from '../store/run-log.ts';
import type { AlertServices } from './alert-services.ts';
import { type AlertFacts, alertView } from './alert-view.ts';
import type { AlertDestinationWish, AlertPlaces, AlertSettings } from './contract.ts';
import { invalid } from './problem.ts';
import { failureOf } from './run-view.ts';
import { demandUnchanged, versionOf } from './settings-version.ts';

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

  async function connectedOf(organisationId: string): Promise<ReadonlySet<string>> {
    const rows = await connectionPerConnector(database, organisationId);
    return new Set(rows.filter((row) => row.state === 'active').map((row) => row.connector));
  }

  async function settings(organisationId: string): Promise<AlertSettings> {
    const [{ destinations, outcomes }, connected] = await Promise.all([
      alertSettings(database, organisationId),
      connectedOf(organisationId),
    ]);
    return {
      mail: parts.mail,
      version: versionOf(destinations),
      destinations: destinations.map((destination) => {
        const last = outcomes[destinationKey(destination)] ?? null;
        if ('email' in destination) return { kind: 'email' as const, email: destination.email, last };
        const { connector: id, target, title } = destination;
        const titles = connectors.get(id)?.titles ?? { en: id, fr: id };
        const connector = { id, titles, connected: connected.has(id) };
        return { kind: 'place' as const, connector, target, title: title ?? target, last };
      }),
    };
  }

  async function placesOf(organisationId: string, connector: Connector, connected: boolean): Promise<Place> {
    const { id, titles } = connector;
    const messages = connector.offers?.messages;
    const place = {
      connector: { id, titles, connected },
      titles: messages?.titles ?? titles,
      targets: [],
      error: null,
    };
    if (!connected || messages === undefined) return place;
    try {
      const signal = AbortSignal.timeout(PATIENCE_MS);
      const http = await parts.world.open({ organisationId }, connector, { onExchange: () => {}, signal });
      return { ...place, targets: [...(await messages.places(connector.client(http)))] };
    } catch (thrown) {
      return { ...place, error: failureOf(storedError(asLiaisonError(thrown))) };
    }
  }

  async function places(organisationId: string): Promise<AlertPlaces> {
    const connected = await connectedOf(organisationId);
    const able = [...connectors.values()].filter(({ offers }) => offers?.messages !== undefined);
    return {
      places: await Promise.all(able.map((one) => placesOf(organisationId, one, connected.has(one.id)))),
    };
  }

  /** The destinations as they are stored, or a refusal that names each that cannot be. */
  async function checked(organisationId: string, wishes: readonly AlertDestinationWish[]) {
    const { destinations: known } = await alertSettings(database, organisationId);
    const kept = new Map(known.map((one) => [destinationKey(one), one]));
    const fresh = wishes.some((wish) => 'connector' in wish && !kept.has(destinationKey(wish)));
    const offered = fresh ? (await places(organisationId)).places : [];
    const misfits: Misfit[] = [];
    const stored = new Map<string, AlertDestination>();
    for (const [index, wish] of wishes.entries()) {
      const key = destinationKey(wish);
      const path: Misfit['path'] = ['destinations', index];
      if ('email' in wish) {
        if (!parts.mail) misfits.push({ path, sentence: NO_MAIL });
        stored.set(key, wish);
        continue;
      }
      const place = offered.find(({ connector }) => connector.id === wish.connector);
      const target = place?.targets.find(({ id }) => id === wish.target);
      const before = kept.get(key);
      if (target !== undefined) stored.set(key, { ...wish, title: target.title });
      else if (before !== undefined) stored.set(key, before);
      else misfits.push({ path, sentence: place?.error?.sentence ?? NO_SUCH_PLACE });
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
      const { destinations } = await alertSettings(database, organisationId);
      const chosen = destinations.find((one) => destinationKey(one) === destinationKey(wish));
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

const NO_MAIL = {
  en: 'No mail server is configured: set SMTP_URL where Liaison runs.',
  fr: 'Aucun serveur de messagerie n’est configuré : renseignez SMTP_URL là où tourne Liaison.',
};
const NO_SUCH_PLACE = {
  en: 'This place is not offered any more. Choose another one.',
  fr: 'Cet endroit n’est plus proposé. Choisissez-en un autre.',
};
