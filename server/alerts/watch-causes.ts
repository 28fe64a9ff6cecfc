import type { Connector } from '../core/connector.ts';
import type { Automation } from '../core/flow.ts';
import type { Sentence } from '../core/sentence.ts';
import type { SyncFlow } from '../core/sync-flow.ts';
import {
  type Cause,
  closeEndedLoops,
  lostConnections,
  openCauses,
  refusedLooks,
  shelvedRecords,
  shelvedRuns,
} from '../store/alert-causes.ts';
import { closeAlert, raiseAlert } from '../store/alerts.ts';
import type { Database } from '../store/database.ts';
import { integrationTitles } from './integration-titles.ts';
import { moneyCauses } from './money-causes.ts';
import { stockCauses } from './stock-causes.ts';
import { sweepCauses } from './sweep-causes.ts';

export interface WatchParts {
  readonly database: Database;
  readonly flows: ReadonlyMap<string, Automation>;
  readonly syncs: ReadonlyMap<string, Pick<SyncFlow, 'titles'>>;
  // biome-ignore lint/suspicious/noExplicitAny: each connector has a client type of its own.
  readonly connectors: ReadonlyMap<string, Connector<any>>;
}

const WATCHED = ['shelf', 'records', 'reconnect', 'source', 'sweep', 'blind', 'money', 'stock'];

async function causesNow({ database, flows, syncs, connectors }: WatchParts): Promise<Cause[]> {
  const titlesOf = await integrationTitles(
    database,
    new Map<string, { titles: Sentence }>([...flows, ...syncs]),
  );
  const shelved = (await shelvedRuns(database)).map(
    ({ organisationId, integration, kind, count, reasons, sentence }) => {
      const titles = titlesOf(organisationId, integration);
      return {
        organisationId,
        integration,
        cause: `shelf ${integration} ${kind}`,
        count,
        sentence: {
          en: `${titles.en}: ${count === 1 ? 'one run waits' : `${count} runs wait`} on the shelf${forReasons.en(reasons)} ${sentence.en}`,
          fr: `${titles.fr}\u00a0: ${count === 1 ? 'une exécution attend' : `${count} exécutions attendent`} de côté${forReasons.fr(reasons)} ${sentence.fr}`,
        },
      };
    },
  );
  const records = (await shelvedRecords(database)).map(
    ({ organisationId, integration, kind, count, reasons, sentence }) => {
      const titles = titlesOf(organisationId, integration);
      return {
        organisationId,
        integration,
        cause: `records ${integration} ${kind}`,
        count,
        sentence: {
          en: `${titles.en}: ${count === 1 ? 'one record is' : `${count} records are`} set aside${forReasons.en(reasons)} ${sentence.en}`,
          fr: `${titles.fr}\u00a0: ${count === 1 ? 'une fiche est mise' : `${count} fiches sont mises`} de côté${forReasons.fr(reasons)} ${sentence.fr}`,
        },
      };
    },
  );
  const lost = (await lostConnections(database)).map(({ organisationId, connector, count, accounts }) => {
    const titles = connectors.get(connector)?.titles ?? { en: connector, fr: connector };
    return {
      organisationId,
      integration: null,
      cause: `reconnect ${connector}`,
      count,
      sentence: {
        en: `${titles.en}${named(accounts)} must be connected again. What waits for it is done as soon as it is.`,
        fr: `${titles.fr}${named(accounts)} doit être reconnecté. Ce qui l’attend sera fait aussitôt.`,
      },
    };
  });
  const refused = (await refusedLooks(database)).map(({ organisationId, integration, sentence }) => {
    const titles = titlesOf(organisationId, integration);
    return {
      organisationId,
      integration,
      cause: `source ${integration}`,
      count: 1,
      sentence: {
        en: `${titles.en}: nothing new is read until this is put right. ${sentence.en}`,
        fr: `${titles.fr}\u00a0: rien de nouveau n’est lu tant que ceci n’est pas corrigé. ${sentence.fr}`,
      },
    };
  });
  return [
    ...shelved,
    ...records,
    ...lost,
    ...refused,
    ...(await moneyCauses({ database, connectors })),
    ...(await stockCauses(database, titlesOf)),
    ...(await sweepCauses({ database, flows, connectors, titlesOf })),
  ];
}

const named = (accounts: readonly string[]): string =>
  accounts.length === 0 ? '' : ` (${accounts.join(', ')})`;

/** One sentence stands for all of them only where all of them have it. */
const forReasons = {
  en: (reasons: number): string => (reasons > 1 ? `, for ${reasons} reasons. One of them:` : '.'),
  fr: (reasons: number): string => (reasons > 1 ? `, pour ${reasons} raisons. L’une d’elles\u00a0:` : '.'),
};

/**
 * Compares what is wrong now with the alerts that are open: opens what is missing, closes what is over,
 * and keeps the open ones' counts true.
 * Safe to repeat, from any number of processes.
 */
export async function watchCauses(parts: WatchParts): Promise<void> {
  const { database } = parts;
  const now = await causesNow(parts);
  const open = await openCauses(database, WATCHED);
  const keyOf = (one: { organisationId: string; cause: string }) => `${one.organisationId} ${one.cause}`;
  const known = new Map(open.map((one) => [keyOf(one), one.count]));
  const current = new Set(now.map(keyOf));
  for (const cause of now) {
    if (known.get(keyOf(cause)) !== cause.count) await raiseAlert(database, cause);
  }
  for (const one of open) {
    if (!current.has(keyOf(one))) await closeAlert(database, one.organisationId, one.cause);
  }
  await closeEndedLoops(database);
}
