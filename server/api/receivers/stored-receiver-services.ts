import { type FactType, isFactType } from '../../core/facts/facts.ts';
import { toldOf } from '../../core/facts/message.ts';
import { readReceiverAddress } from '../../core/facts/receiver-address.ts';
import type { Sentence } from '../../core/sentence.ts';
import { closeAlert } from '../../store/alerts.ts';
import type { Database, Sql } from '../../store/database.ts';
import {
  lastTold,
  loggedDispatch,
  loggedDispatches,
  sendAgain,
  sendFailedAgain,
} from '../../store/dispatch-log.ts';
import { insertTest } from '../../store/dispatches.ts';
import { integrationsOf } from '../../store/integrations.ts';
import {
  changeReceiver,
  deleteReceiver,
  insertReceiver,
  type ReceiverStanding,
  receiverOf,
  receiverOfAccess,
  receiversOf,
} from '../../store/receivers.ts';
import type { ReceiverChange } from '../contract.ts';
import { invalid, notNow } from '../problem.ts';
import type { ReceiverServices } from './receiver-services.ts';
import { dispatchView, type FlowTitles, offeredFacts, receiverView } from './receiver-view.ts';

export interface StoredReceiverParts {
  readonly database: Database;
  readonly titles: FlowTitles;
  readonly newReceiverId: () => string;
  /** What is told of each event, where nothing was yet. */
  readonly samples: Readonly<Record<FactType, unknown>>;
  /** What another application that is registered here is called. */
  readonly applicationTitles: (id: string) => Sentence;
  /** Makes a secret, and makes it the one that signs; the one before signs beside it for so long. @returns its text. */
  readonly newSecret: (
    sql: Sql,
    receiver: { readonly id: string; readonly organisationId: string },
    besideSeconds: number,
  ) => Promise<string>;
}

const MOST = 20;
/** Of one application under one access: one for each of somebody's set-ups there. */
const MOST_OF_APPLICATION = 200;
const PAGE = 50;
const SHOWN_FACTS = 3;
const BESIDE_SECONDS = 86_400;
const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The services of webhooks out, over the store. */
export function storedReceiverServices({
  database,
  titles,
  newReceiverId,
  samples,
  applicationTitles,
  newSecret,
}: StoredReceiverParts): ReceiverServices {
  const view = (row: ReceiverStanding) => receiverView(row, applicationTitles);

  /** @param accessId of an application that asks: it is shown what it made itself, and nothing else. */
  async function found(
    organisationId: string,
    id: string,
    accessId?: string,
  ): Promise<ReceiverStanding | null> {
    const row = ID.test(id) ? await receiverOf(database, organisationId, id) : null;
    return row !== null && (accessId === undefined || row.accessId === accessId) ? row : null;
  }

  /** The address as it is stored. @throws a `Problem` that names what cannot be. */
  async function checked(
    organisationId: string,
    wish: ReceiverChange,
    held: ReceiverStanding | null,
  ): Promise<string | undefined> {
    const read = wish.url === undefined ? undefined : readReceiverAddress(wish.url);
    // One that was chosen and is deleted since keeps nothing from being saved.
    const chosen = wish.integrations ?? [];
    const known = new Set(
      chosen.length === 0
        ? []
        : [
            ...(await integrationsOf(database, organisationId)).map(({ id }) => id),
            ...(held?.integrations ?? []),
          ],
    );
    const unknownFact = wish.facts?.findIndex((fact) => !isFactType(fact)) ?? -1;
    const unknown = chosen.findIndex((id) => !known.has(id));
    const refusals = [
      ...(read !== undefined && 'refused' in read ? [{ path: ['url'], sentence: read.refused }] : []),
      ...(unknownFact < 0 ? [] : [{ path: ['facts', unknownFact], sentence: NO_SUCH_FACT }]),
      ...(unknown < 0 ? [] : [{ path: ['integrations', unknown], sentence: NO_SUCH_INTEGRATION }]),
    ];
    if (refusals.length > 0)
      throw invalid('body', (language) =>
        refusals.map(({ path, sentence }) => ({ path, message: sentence[language] })),
      );
    return read !== undefined && 'url' in read ? read.url : undefined;
  }

  async function standing(organisationId: string, id: string): Promise<ReceiverStanding> {
    const row = await receiverOf(database, organisationId, id);
    if (row === null) throw new Error('the receiver is not there');
    return row;
  }

  return {
    async list(organisationId) {
      const rows = await receiversOf(database, organisationId);
      return { receivers: rows.map(view), offered: offeredFacts(), most: MOST };
    },
    async get(organisationId, id, accessId) {
      const row = await found(organisationId, id, accessId);
      return row && view(row);
    },
    async make(organisationId, wish, accessId) {
      const url = (await checked(organisationId, wish, null)) ?? wish.url;
      const { description, facts, integrations } = wish;
      const told = [...new Set(facts)];
      // An application that asks again, having heard no answer, is not told everything twice.
      const before =
        accessId === undefined
          ? null
          : await receiverOfAccess(database, accessId, { url, facts: told, integrations });
      const receiver = { id: before ?? newReceiverId(), organisationId };
      const secret = await database.transaction(async (sql) => {
        const said = { ...receiver, url, description, facts: told, integrations, accessId: accessId ?? null };
        const most = accessId === undefined ? MOST : MOST_OF_APPLICATION;
        if (before !== null) {
          // Whoever asks to be told wants to hear: one that was paused meanwhile would say nothing.
          await changeReceiver(sql, organisationId, before, { state: 'active' });
          await closeAlert(sql, organisationId, `receiver ${before}`);
        } else if (!(await insertReceiver(sql, said, most))) throw notNow(TOO_MANY);
        return newSecret(sql, receiver, before === null ? 0 : BESIDE_SECONDS);
      });
      return { receiver: view(await standing(organisationId, receiver.id)), secret };
    },
    async change(organisationId, id, change) {
      const held = await found(organisationId, id);
      if (held === null) return null;
      const url = await checked(organisationId, change, held);
      await database.transaction(async (sql) => {
        await changeReceiver(sql, organisationId, id, { ...change, url });
        if (change.state === 'active') await closeAlert(sql, organisationId, `receiver ${id}`);
      });
      return view(await standing(organisationId, id));
    },
    async remove(organisationId, id, accessId) {
      if ((await found(organisationId, id, accessId)) === null) return false;
      return database.transaction(async (sql) => {
        await closeAlert(sql, organisationId, `receiver ${id}`);
        return deleteReceiver(sql, organisationId, id);
      });
    },
    async facts(organisationId, fact, { integration }) {
      if (!isFactType(fact)) return null;
      const told = await lastTold(database, organisationId, { fact, integration, limit: SHOWN_FACTS });
      return told.length === 0
        ? { facts: [samples[fact]], isExample: true }
        : { facts: told.map(toldOf), isExample: false };
    },
    async rotate(organisationId, id) {
      if ((await found(organisationId, id)) === null) return null;
      const secret = await database.transaction((sql) =>
        newSecret(sql, { id, organisationId }, BESIDE_SECONDS),
      );
      return { receiver: view(await standing(organisationId, id)), secret };
    },
    async test(organisationId, id) {
      const row = await found(organisationId, id);
      if (row === null) return null;
      if (row.state !== 'active') throw notNow(NOT_ON);
      const dispatch = await insertTest(database, row, { text: 'Liaison is here. / Liaison est là.' });
      const logged = await loggedDispatch(database, id, dispatch);
      return logged && dispatchView(logged, titles);
    },
    async log(organisationId, id, { cursor, state }, accessId) {
      if ((await found(organisationId, id, accessId)) === null) return null;
      const rows = await loggedDispatches(database, id, { before: cursor, state, limit: PAGE + 1 });
      const shown = rows.slice(0, PAGE);
      return {
        dispatches: shown.map((row) => dispatchView(row, titles)),
        next: rows.length > PAGE ? (shown.at(-1)?.seq ?? null) : null,
      };
    },
    async again(organisationId, id, dispatch) {
      const row = await found(organisationId, id);
      if (row === null || !ID.test(dispatch)) return null;
      if (row.state !== 'active') throw notNow(NOT_ON);
      if (!(await sendAgain(database, id, dispatch))) return null;
      const logged = await loggedDispatch(database, id, dispatch);
      return logged && dispatchView(logged, titles);
    },
    async allAgain(organisationId, id, since) {
      const row = await found(organisationId, id);
      if (row === null) return null;
      if (row.state !== 'active') throw notNow(NOT_ON);
      return sendFailedAgain(database, id, since);
    },
  };
}

const NO_SUCH_FACT = {
  en: 'Liaison tells of no such event.',
  fr: 'Liaison n’annonce aucun événement de ce nom.',
};
const NO_SUCH_INTEGRATION = {
  en: 'There is no such integration (any more).',
  fr: 'Cette intégration n’existe pas (ou plus).',
};
const TOO_MANY = {
  en: `An organisation can have ${MOST} webhook addresses, and an application ${MOST_OF_APPLICATION} of its own. Remove one that is not needed any more.`,
  fr: `Une organisation peut avoir ${MOST} adresses de webhook, et une application ${MOST_OF_APPLICATION} à elle. Supprimez-en une qui ne sert plus.`,
};
const NOT_ON = {
  en: 'Nothing is sent to this address now. Turn it on first.',
  fr: 'Rien n’est envoyé à cette adresse en ce moment. Activez-la d’abord.',
};
