import type { Connector } from '../core/connector.ts';
import { asLiaisonError, LiaisonError } from '../core/errors.ts';
import type { Log } from '../core/log.ts';
import type { Sentence } from '../core/sentence.ts';
import { languageOf } from '../core/sentence.ts';
import type { IfFree } from '../engine/exclusive.ts';
import type { World } from '../engine/ports.ts';
import { storedError } from '../engine/stored-error.ts';
import { markTold, markUntold, organisationsToTell, type Patience, untold } from '../store/alert-causes.ts';
import { type AlertDestination, alertDestinations, noteAlertOutcome } from '../store/alert-settings.ts';
import { connectionsOf } from '../store/connections.ts';
import type { Database } from '../store/database.ts';
import { type AlertMessage, composeAlerts } from './compose.ts';
import { fallbacks } from './fallbacks.ts';
import type { Mail } from './mail.ts';

export interface TellParts {
  readonly database: Database;
  readonly world: World;
  readonly log: Log;
  readonly ifFree: IfFree;
  /** Null: no mail server is configured. */
  readonly mail: Mail | null;
  readonly patience: Patience;
  /** Where alerts are shown to people. */
  readonly link: string;
}

const PATIENCE_MS = 30_000;
const FIRST_RETRY_MS = 30_000;
const LONGEST_RETRY_MS = 3_600_000;

function noMail(): LiaisonError {
  return new LiaisonError('rejected', {
    sentence: {
      en: 'No mail server is configured: set SMTP_URL, or choose another place for alerts.',
      fr: 'Aucun serveur de messagerie n’est configuré\u00a0: renseignez SMTP_URL, ou choisissez un autre endroit pour les alertes.',
    },
  });
}

/** Sends one message to one destination. @throws LiaisonError. */
export async function sendAlert(
  parts: Pick<TellParts, 'database' | 'world' | 'mail'>,
  organisationId: string,
  destination: AlertDestination,
  message: AlertMessage,
): Promise<void> {
  if ('email' in destination) {
    if (parts.mail === null) throw noMail();
    return parts.mail(destination.email, message);
  }
  const connector: Connector | undefined = parts.world.connectors.get(destination.connector);
  const messages = connector?.offers?.messages;
  if (connector === undefined || messages === undefined) {
    throw new Error(`${destination.connector} takes no alerts`);
  }
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const account = { organisationId, ...(await chosenAccount(parts.database, organisationId, destination)) };
  const http = await parts.world.open(account, connector, { onExchange: () => {}, signal });
  await messages.post(connector.client(http), {
    place: destination.target,
    marker: message.title,
    ...message,
  });
}

/** Never another account than the one that was chosen: where that is gone, nobody is told there. */
async function chosenAccount(
  database: Database,
  organisationId: string,
  { connector, account }: Exclude<AlertDestination, { email: string }>,
): Promise<{ connectionId?: string | null }> {
  if (account === undefined) return {};
  const rows = await connectionsOf(database, organisationId, connector);
  return { connectionId: rows.find((row) => row.account.id === account)?.id ?? null };
}

async function tell(parts: TellParts, organisationId: string): Promise<void> {
  const { database, world } = parts;
  const rows = await untold(database, organisationId, parts.patience);
  if (rows.length === 0) return;
  const ids = rows.map((row) => row.id);
  const chosen = await alertDestinations(database, organisationId);
  const { locale } = await world.organisation(organisationId);
  const compose = (instead?: Sentence) =>
    composeAlerts(rows, languageOf(locale), { link: parts.link, instead });
  const failures: LiaisonError[] = [];
  let reached = 0;
  for (const destination of chosen) {
    const failure = await attempt(parts, organisationId, destination, compose());
    await noteAlertOutcome(database, organisationId, destination, failure?.details.sentence ?? null);
    if (failure === null) reached += 1;
    else failures.push(failure);
  }
  const [failure] = failures;
  // Who was reached is not told again because another was not.
  if (failure === undefined || reached > 0) return markTold(database, ids);
  parts.log.warn({ organisationId, error: storedError(failure) }, 'no chosen place for alerts was reached');
  for (const group of await fallbacks(parts, organisationId, chosen)) {
    const message = compose(failure.details.sentence);
    const ends = await Promise.all(group.map((one) => attempt(parts, organisationId, one, message)));
    if (ends.includes(null)) return markTold(database, ids);
  }
  const tries = Math.max(...rows.map((row) => row.tries));
  const pause = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(tries, 10));
  await markUntold(database, ids, failure.details.sentence, pause);
}

/** Null: it was taken. */
async function attempt(
  parts: TellParts,
  organisationId: string,
  destination: AlertDestination,
  message: AlertMessage,
): Promise<LiaisonError | null> {
  try {
    await sendAlert(parts, organisationId, destination, message);
    return null;
  } catch (thrown) {
    return asLiaisonError(thrown);
  }
}

/** Tells what opened and what is over, each organisation's in one message, from one process at a time. */
export async function tellAlerts(parts: TellParts): Promise<void> {
  for (const organisationId of await organisationsToTell(parts.database, parts.patience)) {
    await parts.ifFree(`alerts ${organisationId}`, () => tell(parts, organisationId));
  }
}
