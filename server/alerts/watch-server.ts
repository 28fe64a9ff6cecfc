import type { Log } from '../core/log.ts';
import type { Sentence } from '../core/sentence.ts';
import type { StoreTrouble, TroubleReport } from '../engine/store-trouble.ts';
import { closeAlertEverywhere, raiseAlert } from '../store/alerts.ts';
import type { Database } from '../store/database.ts';
import { listOrganisations } from '../store/organisations.ts';

export interface WatchServerParts {
  readonly database: Database;
  readonly trouble: StoreTrouble;
  /** See `clock.ts`. */
  readonly aheadMs: () => number | null;
  /** Milliseconds that count on. */
  readonly monotonic?: () => number;
  /** This machine's name. */
  readonly host: string;
  readonly log: Log;
}

/** A database that has stored all for so long is well again. */
const CALM_MS = 60_000;
/** A clock that is further off is told of; it is right again when it is nearer than half of it. */
const CLOCK_OFF_MS = 60_000;

const DATABASE = 'database';

function storeSentence({ since, until, said }: TroubleReport): Sentence {
  const seconds = Math.max(1, Math.round((until - since) / 1_000));
  return {
    en: `Liaison’s own database did not store for ${seconds} s: “${said}”. What was accepted was kept and is stored as soon as it can be; nothing is lost. Whoever runs the server should look at the database and its disk.`,
    fr: `La base de données de Liaison n’a rien enregistré pendant ${seconds} s\u00a0: «\u00a0${said}\u00a0». Ce qui a été accepté a été conservé et sera enregistré dès que possible\u00a0; rien n’est perdu. La personne qui exploite le serveur devrait vérifier la base et son disque.`,
  };
}

function clockSentence(host: string, aheadMs: number): Sentence {
  const seconds = Math.round(Math.abs(aheadMs) / 1_000);
  const [en, fr] = aheadMs > 0 ? ['ahead of', 'en avance sur'] : ['behind', 'en retard sur'];
  return {
    en: `The clock of the server ${host} is ${seconds} s ${en} the database’s. Liaison goes by the database’s clock; whoever runs the server should set the wrong one (NTP).`,
    fr: `L’horloge du serveur ${host} est ${fr} celle de la base de données de ${seconds} s. Liaison suit l’horloge de la base\u00a0; la personne qui exploite le serveur devrait régler celle qui se trompe (NTP).`,
  };
}

/**
 * Tells every organisation what is wrong with this server itself, and when it is over. What happened while
 * nothing could be stored is told as soon as something can.
 *
 * @returns to be called again and again.
 */
export function serverWatch(parts: WatchServerParts): () => Promise<void> {
  const { database, trouble, aheadMs, host, log, monotonic = () => performance.now() } = parts;
  const clock = `clock ${host}`;
  // From the start on: an alert may be left open by a process that did not live to end it.
  let troubledAt: number | null = monotonic();
  let wasOff: boolean | null = null;

  async function raise(cause: string, sentence: Sentence): Promise<void> {
    for (const { id } of await listOrganisations(database))
      await raiseAlert(database, { organisationId: id, cause, integration: null, sentence, count: 1 });
  }

  async function tellTrouble(): Promise<void> {
    const report = trouble.take();
    if (report === null) {
      if (troubledAt === null || monotonic() - troubledAt < CALM_MS) return;
      await closeAlertEverywhere(database, DATABASE);
      troubledAt = null;
      return;
    }
    try {
      await raise(DATABASE, storeSentence(report));
    } catch (error) {
      trouble.putBack(report);
      throw error;
    }
    const { refusals, storedAfterAll, said } = report;
    log.warn({ refusals, storedAfterAll, said }, 'the database stores again');
    troubledAt = monotonic();
  }

  async function tellClock(): Promise<void> {
    const ahead = aheadMs();
    if (ahead === null) return;
    const isOff = Math.abs(ahead) > (wasOff === true ? CLOCK_OFF_MS / 2 : CLOCK_OFF_MS);
    if (isOff === wasOff) return;
    if (isOff) {
      log.warn(
        { aheadMs: Math.round(ahead) },
        'the clock of this machine is far from the database’s, which is the one that counts',
      );
      await raise(clock, clockSentence(host, ahead));
    } else await closeAlertEverywhere(database, clock);
    wasOff = isOff;
  }

  return async () => {
    await tellTrouble();
    await tellClock();
  };
}
