import pg from 'pg';
import type { Sentence } from '../core/sentence.ts';
import { TCP_KEEPALIVE } from './database.ts';
import { hasOwnSession } from './own-session.ts';
import { StartFailure } from './postgres/start-failure.ts';

const OLDEST = 14;
const ANSWERS_WITHIN_MS = 10_000;

/**
 * Asks the PostgreSQL that DATABASE_URL names whether Liaison can use it.
 *
 * @throws StartFailure with the sentence to print: nobody answers, it lets us not in, it has no such database,
 *   it is too old, a pooler stands before it that gives no connection a session of its own.
 */
export async function checkDatabase(connectionString: string): Promise<void> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: ANSWERS_WITHIN_MS });
  // Connections that break while they are made are reported twice.
  client.on('error', () => {});
  let version: string;
  try {
    await client.connect();
    version = (await client.query<{ server_version: string }>('show server_version')).rows[0]
      ?.server_version as string;
  } catch (error) {
    throw new StartFailure(whyNot(error, client), error);
  } finally {
    await client.end().catch(() => {});
  }
  if (Number.parseInt(version, 10) < OLDEST) throw new StartFailure(tooOld(version, client));
  const open = () => openLikeLiaison(connectionString);
  const isOwn = await hasOwnSession(open).catch((error: unknown) => {
    throw new StartFailure(isOfPooler(error) ? pooled(client) : whyNot(error, client), error);
  });
  if (!isOwn) throw new StartFailure(pooled(client));
}

/** With what Liaison's own connections ask for: some poolers refuse that. */
async function openLikeLiaison(connectionString: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString,
    options: TCP_KEEPALIVE,
    connectionTimeoutMillis: ANSWERS_WITHIN_MS,
  });
  client.on('error', () => {});
  await client.connect();
  return client;
}

/** PgBouncer's words where it takes no transaction, or no settings of a session. */
const isOfPooler = (error: unknown): boolean =>
  /pooling mode|unsupported startup parameter/.test(String((error as Error).message));

type Asked = Pick<pg.Client, 'host' | 'port' | 'user' | 'database'>;

function whyNot(error: unknown, asked: Asked): Sentence {
  const { code = '', message = '' } = error as { code?: string; message?: string };
  if (code === '3D000') return noDatabase(asked);
  // SQLSTATE class 28: who asks is not believed.
  if (code.startsWith('28')) return notLetIn(asked, message);
  return noAnswer(asked, message || code);
}

const at = ({ host, port }: Asked): string => `${host}:${port}`;

const noAnswer = (asked: Asked, detail: string): Sentence => ({
  en: `The PostgreSQL of DATABASE_URL (${at(asked)}) cannot be used: ${detail}. Start it, or correct DATABASE_URL.`,
  fr: `Le PostgreSQL de DATABASE_URL (${at(asked)}) est inutilisable\u00a0: ${detail}. Démarrez-le, ou corrigez DATABASE_URL.`,
});

const notLetIn = (asked: Asked, detail: string): Sentence => ({
  en: `The PostgreSQL of DATABASE_URL (${at(asked)}) does not let “${asked.user}” in: ${detail}. Correct the name and the password in DATABASE_URL.`,
  fr: `Le PostgreSQL de DATABASE_URL (${at(asked)}) refuse «\u00a0${asked.user}\u00a0»\u00a0: ${detail}. Corrigez le nom et le mot de passe dans DATABASE_URL.`,
});

const noDatabase = (asked: Asked): Sentence => ({
  en: `The PostgreSQL of DATABASE_URL (${at(asked)}) has no database “${asked.database}”: create it, or correct DATABASE_URL.`,
  fr: `Le PostgreSQL de DATABASE_URL (${at(asked)}) n’a pas de base «\u00a0${asked.database}\u00a0»\u00a0: créez-la, ou corrigez DATABASE_URL.`,
});

const pooled = (asked: Asked): Sentence => ({
  en: `DATABASE_URL (${at(asked)}) leads to a pooler, such as PgBouncer in transaction mode, that gives no connection a session of its own. Liaison needs one for its locks and notifications: let DATABASE_URL name PostgreSQL itself, or a pool in session mode (with ignore_startup_parameters = options in PgBouncer).`,
  fr: `DATABASE_URL (${at(asked)}) mène à un pooler, tel que PgBouncer en mode transaction, qui ne donne à aucune connexion une session à elle. Liaison en a besoin pour ses verrous et ses notifications\u00a0: indiquez dans DATABASE_URL l’adresse de PostgreSQL même, ou un pool en mode session (avec ignore_startup_parameters = options dans PgBouncer).`,
});

const tooOld = (version: string, asked: Asked): Sentence => ({
  en: `The PostgreSQL of DATABASE_URL (${at(asked)}) is version ${version}, and Liaison needs ${OLDEST} or later.`,
  fr: `Le PostgreSQL de DATABASE_URL (${at(asked)}) est en version ${version}, et Liaison demande la version ${OLDEST} ou une plus récente.`,
});
