import type { Sentence } from './core/sentence.ts';

/** Whether this server can do its work now; the sentence says what keeps it from it. */
export type Readiness = { readonly ready: true } | { readonly ready: false; readonly reason: Sentence };

export interface ReadinessParts {
  /** Stores something, for a moment. Settles by itself, in time. */
  readonly write: () => Promise<void>;
  /** Milliseconds that count on. */
  readonly monotonic?: () => number;
}

/** How long an answer holds, whoever asks. */
const KEPT_MS = 1_000;

/** Asks the database at most once at a time and once a second, however many ask whether it is well. */
export function createReadiness({ write, monotonic = () => performance.now() }: ReadinessParts): {
  ask(): Promise<Readiness>;
  /** What was last found out; null before anything was. */
  readonly last: Readiness | null;
} {
  let last: Readiness | null = null;
  let lastAt = Number.NEGATIVE_INFINITY;
  let underWay: Promise<Readiness> | null = null;

  async function find(): Promise<Readiness> {
    try {
      await write();
      return { ready: true };
    } catch (error) {
      return { ready: false, reason: reasonOf(error) };
    }
  }

  return {
    async ask() {
      if (last !== null && monotonic() - lastAt < KEPT_MS) return last;
      underWay ??= find().then((found) => {
        last = found;
        lastAt = monotonic();
        underWay = null;
        return found;
      });
      return underWay;
    },
    get last() {
      return last;
    },
  };
}

/** SQLSTATE 53100: the disk is full. 25006: it only reads (a standby, or it was told to). */
export function reasonOf(error: unknown): Sentence {
  const { code = '', message = '' } = error as { code?: string; message?: string };
  if (code === '53100')
    return {
      en: 'The disk of the database is full: make room on it. What was accepted is kept, and done then.',
      fr: 'Le disque de la base de données est plein\u00a0: faites-y de la place. Ce qui a été accepté est conservé, et sera fait ensuite.',
    };
  if (code === '25006')
    return {
      en: 'The database only reads: let it be written to, or point DATABASE_URL to the one that can be.',
      fr: 'La base de données est en lecture seule\u00a0: autorisez l’écriture, ou indiquez dans DATABASE_URL celle qui l’accepte.',
    };
  if (/timeout/i.test(message))
    return {
      en: 'The database does not answer: look whether it runs, and whether its machine has room and breath.',
      fr: 'La base de données ne répond pas\u00a0: vérifiez qu’elle fonctionne, et que sa machine a de la place et n’est pas surchargée.',
    };
  return {
    en: `The database cannot be used: ${message || code}. Look whether it runs and can be reached.`,
    fr: `La base de données est inutilisable\u00a0: ${message || code}. Vérifiez qu’elle fonctionne et qu’elle est joignable.`,
  };
}
