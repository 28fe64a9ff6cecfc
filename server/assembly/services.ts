import { randomBytes, randomUUID } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { applicationTitles } from '../access/applications.ts';
import { testAlert } from '../alerts/compose.ts';
import type { Mail } from '../alerts/mail.ts';
import { sendAlert } from '../alerts/tell-alerts.ts';
import { storedAccessServices } from '../api/accesses/stored-access-services.ts';
import { type StoredActionParts, storedActionServices } from '../api/actions/stored-action-services.ts';
import { storedAlertServices } from '../api/alerts/stored-alert-services.ts';
import { storedShelfServices } from '../api/log/stored-shelf-services.ts';
import { type StoredMailParts, storedMailServices } from '../api/mail/stored-mail-services.ts';
import { type StoredMoneyParts, storedMoneyServices } from '../api/money/stored-money-services.ts';
import {
  type StoredReceiverParts,
  storedReceiverServices,
} from '../api/receivers/stored-receiver-services.ts';
import { storedRecordServices } from '../api/record/stored-record-services.ts';
import { toVendors } from '../api/record/vendor-links.ts';
import { type StoredServicesParts, storedServices } from '../api/stored-services.ts';
import { storedSyncServices } from '../api/syncs/stored-sync-services.ts';
import { languageOf, type Sentence } from '../core/sentence.ts';
import type { SyncFlow } from '../core/sync-flow.ts';
import type { Directory } from '../directory.ts';
import { SAMPLE_MESSAGES } from '../flows/fact-samples.ts';
import { redactBody } from '../outbound/redact.ts';

type Given =
  | 'world'
  | 'syncs'
  | 'records'
  | 'alerts'
  | 'accesses'
  | 'actions'
  | 'receivers'
  | 'shelf'
  | 'mail'
  | 'money'
  | 'offeredSyncs'
  | 'redact'
  | 'newId';

export interface ServicesParts extends Omit<StoredServicesParts, Given> {
  readonly syncs: ReadonlyMap<string, SyncFlow>;
  readonly directory: Directory;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Of `storedMoneyServices`, what the engine does. */
  readonly money: Pick<StoredMoneyParts, 'pairsOf' | 'keepPairs' | 'begin' | 'tell'>;
  readonly exclusively: StoredMailParts['exclusively'];
  /** Of `storedActionServices`, what the engine and the clock do. */
  readonly acting: Pick<StoredActionParts, 'accept' | 'pause' | 'publicUrl'>;
  readonly newReceiverSecret: StoredReceiverParts['newSecret'];
  /** Null: no mail server is set. */
  readonly mail: Mail | null;
}

export interface AssembledServices {
  readonly services: ReturnType<typeof storedServices>;
  readonly records: ReturnType<typeof storedRecordServices>;
  readonly syncs: ReturnType<typeof storedSyncServices>;
}

/** What the API answers from, each part over the store; the `changed` of each is fed by the engine. */
export function assembleServices(parts: ServicesParts): AssembledServices {
  const {
    database,
    flows,
    syncs: offeredSyncs,
    connectors,
    directory: world,
    mail,
    now,
    onError,
    vendorLinks,
  } = parts;
  const stored = { database, flows, syncs: offeredSyncs, connectors, world, now, onError, vendorLinks };
  const syncs = storedSyncServices({ ...stored, newId: uuidv7 });
  const records = storedRecordServices(stored);
  const alerts = storedAlertServices({
    ...stored,
    mail: mail !== null,
    async sendTest(organisationId, destination) {
      const { locale } = await world.organisation(organisationId);
      await sendAlert({ database, world, mail }, organisationId, destination, testAlert(languageOf(locale)));
    },
  });
  const accesses = storedAccessServices({ database, applicationTitles });
  const actions = storedActionServices({
    ...parts.acting,
    ...stored,
    syncs: offeredSyncs,
    newMarker: randomUUID,
  });
  const receivers = storedReceiverServices({
    database,
    titles: new Map<string, { readonly titles: Sentence }>([...flows, ...offeredSyncs]),
    newReceiverId: randomUUID,
    samples: SAMPLE_MESSAGES,
    applicationTitles,
    newSecret: parts.newReceiverSecret,
  });
  const shelf = storedShelfServices({
    database,
    flows,
    offeredSyncs,
    syncs,
    replay: (organisationId, integration) => services.replayMany(organisationId, { integration }),
  });
  const logged = storedMailServices({
    ...stored,
    vendorLinks: vendorLinks ?? toVendors,
    integrations: () => services.integrations,
    exclusively: parts.exclusively,
    replay: parts.replay,
    newId: uuidv7,
  });
  const money = storedMoneyServices({
    ...parts.money,
    database,
    connectors,
    vendorLinks: vendorLinks ?? toVendors,
  });
  const services = storedServices({
    ...parts,
    world,
    syncs,
    records,
    alerts,
    accesses,
    actions,
    receivers,
    shelf,
    mail: logged,
    money,
    offeredSyncs,
    redact: (text) => redactBody(text),
    newId: () => randomBytes(6).toString('hex'),
  });
  return { services, records, syncs };
}
