import type { Connector } from '../core/connector.ts';
import type { AskingPerson, PrivacyRequest } from '../core/privacy.ts';
import type { Sentence } from '../core/sentence.ts';
import { closeOldAlerts, raiseAlert, rewordAlerts } from '../store/alerts.ts';
import type { Database, Sql } from '../store/database.ts';
import {
  countRunsOf,
  eraseKeptOf,
  eraseLinksOf,
  eraseRunsOf,
  eraseToldOf,
  type Sought,
} from '../store/erase-records.ts';
import {
  endPrivacyRequest,
  type HoldingOrganisation,
  type OpenRequest,
  organisationsHolding,
  putOffPrivacyRequest,
  takePrivacyRequest,
} from '../store/privacy-requests.ts';

export interface PrivacyParts {
  readonly database: Database;
  readonly connectors: ReadonlyMap<string, Connector>;
}

/** Runs that are not over need what they read. */
const AGAIN_SECONDS = 3_600;
/** Whoever has to answer has so long, and then the alert is over. https://gdpr-info.eu/art-12-gdpr/ */
const TOLD_FOR_SECONDS = 30 * 86_400;

const ERASED: Sentence = {
  en: 'What was here was erased, because the person, or the shop, asked for it.',
  fr: 'Ce qui figurait ici a été effacé, à la demande de la personne ou de la boutique.',
};

/**
 * Does what people asked of vendors, and vendors of Liaison: admins are told what the log holds of somebody, or it is
 * erased. Each request in one transaction, by one process. Safe to repeat.
 */
export async function heedPrivacy(parts: PrivacyParts): Promise<void> {
  const { database, connectors } = parts;
  await closeOldAlerts(database, 'privacy', TOLD_FOR_SECONDS);
  for (;;) {
    let taken: OpenRequest | null = null;
    try {
      await database.transaction(async (sql) => {
        taken = await takePrivacyRequest(sql);
        if (taken !== null) await heed(sql, connectors, taken);
      });
      if (taken === null) return;
    } catch (thrown) {
      // One that cannot be done keeps no other one back.
      const { id } = (taken ?? {}) as Partial<OpenRequest>;
      if (id !== undefined) await putOffPrivacyRequest(database, id, AGAIN_SECONDS);
      throw thrown;
    }
  }
}

async function heed(sql: Sql, connectors: PrivacyParts['connectors'], open: OpenRequest): Promise<void> {
  const { id, connector, request } = open;
  const titles = connectors.get(connector)?.titles ?? { en: connector, fr: connector };
  let left = 0;
  for (const organisation of await organisationsHolding(sql, connector, request.account)) {
    const sought: Sought = {
      organisationId: organisation.id,
      connector,
      account: request.account,
      records: request.kind === 'forget-account' ? null : request.records,
    };
    const runs = await countRunsOf(sql, sought);
    if (request.kind !== 'tell') {
      left += await eraseRunsOf(sql, sought, ERASED);
      await eraseLinksOf(sql, sought, request.person);
      await eraseToldOf(sql, sought, request.kind === 'forget-account' ? null : request.person);
      await eraseKeptOf(sql, sought, request.kind === 'forget-account');
      for (const text of [request.person?.email, request.person?.phone])
        if (text) await rewordAlerts(sql, organisation.id, { kind: 'privacy', text, sentence: ERASED });
    }
    await raiseAlert(sql, {
      organisationId: organisation.id,
      integration: null,
      cause: `privacy ${id}`,
      count: 1,
      sentence: toldOf(open, titles, organisation, runs),
    });
  }
  if (left > 0) await putOffPrivacyRequest(sql, id, AGAIN_SECONDS);
  else await endPrivacyRequest(sql, id);
}

const nameOf = (person: AskingPerson | null): string => person?.email ?? person?.phone ?? person?.id ?? '–';

const recordsOf = ({ records }: PrivacyRequest): string => records.map(({ id }) => id).join(', ') || '–';

/** What an admin reads: what was asked, what Liaison did, and what is left to do. */
function toldOf(
  { request }: OpenRequest,
  vendor: Sentence,
  { accountName, keepDays }: HoldingOrganisation,
  runs: number,
): Sentence {
  const shop = accountName ?? request.account;
  const en = `${vendor.en} (${shop})`;
  const fr = `${vendor.fr} (${shop})`;
  const entries = {
    en: runs === 1 ? '1 entry' : `${runs} entries`,
    fr: runs === 1 ? '1 entrée' : `${runs} entrées`,
  };
  const ids = recordsOf(request);
  switch (request.kind) {
    case 'tell':
      return {
        en: `${en}: the customer ${nameOf(request.person)} asks what is held of them. Liaison’s log has ${entries.en} of their orders (${ids}), for ${keepDays} days at most; their contact in the CRM and their invoices in Books are yours to tell of. Answer within thirty days.`,
        fr: `${fr}\u00a0: le client ${nameOf(request.person)} demande ce qui est détenu à son sujet. Le journal de Liaison a ${entries.fr} sur ses commandes (${ids}), pour ${keepDays} jours au plus\u00a0; son contact dans le CRM et ses factures dans Books relèvent de vous. Répondez sous trente jours.`,
      };
    case 'forget':
      return {
        en: `${en}: a customer asks to be forgotten. Liaison erased what its log held of their orders (${ids}): ${entries.en}. Their contact in the CRM, and invoices that the law lets you keep, are yours to see to.`,
        fr: `${fr}\u00a0: un client demande à être oublié. Liaison a effacé ce que son journal détenait sur ses commandes (${ids})\u00a0: ${entries.fr}. Son contact dans le CRM, et les factures que la loi vous laisse conserver, relèvent de vous.`,
      };
    case 'forget-account':
      return {
        en: `${en} took Liaison out and asks that all of it be erased: ${entries.en} of the log. What stands in the CRM and in Books is yours.`,
        fr: `${fr} a retiré Liaison et demande que tout en soit effacé\u00a0: ${entries.fr} du journal. Ce qui figure dans le CRM et dans Books est à vous.`,
      };
  }
}
