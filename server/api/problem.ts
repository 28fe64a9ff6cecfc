import type { z } from 'zod';
import type { ErrorKind, LiaisonError } from '../core/errors.ts';
import type { Language, Sentence } from '../core/sentence.ts';

/** A refusal that the API answers as problem details (RFC 9457), in the caller's language. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly facts: ProblemFacts;

  constructor(facts: ProblemFacts) {
    super(`${facts.status} ${facts.type}: ${facts.detail.en}`);
    this.facts = facts;
  }
}

export interface ProblemFacts {
  readonly status: number;
  /** Kebab-case, stable: programs may compare it. */
  readonly type: string;
  readonly title: Sentence;
  /** What happened, here. */
  readonly detail: Sentence;
  /** What the reader can do about it. */
  readonly action: Sentence;
  readonly fields?: (language: Language) => readonly FieldProblem[];
  readonly vendorMessage?: string;
  /** The header `WWW-Authenticate`. */
  readonly challenge?: string;
  /** The header `Retry-After`. */
  readonly retryAfterSeconds?: number;
  /** What holds instead of what the caller believed. */
  readonly current?: Readonly<Record<string, unknown>>;
}

export interface FieldProblem {
  /** Dotted path: `settings.template`. */
  readonly field: string;
  readonly detail: string;
}

/** The body that is sent. `type` is a URN, since no page stands behind it. */
export interface ProblemDocument {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly action: string;
  readonly fields?: readonly FieldProblem[];
  readonly vendorMessage?: string;
  readonly current?: Readonly<Record<string, unknown>>;
}

export function problemDocument({ facts }: Problem, language: Language): ProblemDocument {
  return {
    type: `urn:liaison:problem:${facts.type}`,
    title: facts.title[language],
    status: facts.status,
    detail: facts.detail[language],
    action: facts.action[language],
    ...(facts.fields && { fields: facts.fields(language) }),
    ...(facts.vendorMessage !== undefined && { vendorMessage: facts.vendorMessage }),
    ...(facts.current && { current: facts.current }),
  };
}

const KIND_STATUS: Readonly<Record<ErrorKind, number>> = {
  'retry-later': 503,
  'rate-limited': 503,
  reconnect: 409,
  'cursor-lost': 503,
  rejected: 422,
  gone: 409,
  conflict: 409,
  unknown: 502,
};

/** A vendor's refusal, or one of the engine's own, met while the API did something for the caller. */
export function vendorProblem(error: LiaisonError): Problem {
  if (error.kind === 'conflict' && error.details.vendorMessage === undefined)
    return notNow(error.details.sentence);
  return new Problem({
    status: KIND_STATUS[error.kind],
    type: error.kind,
    title: { en: 'The other side refused', fr: 'L’autre service a refusé' },
    detail: error.details.sentence,
    action: error.retries
      ? { en: 'Try again in a moment.', fr: 'Réessayez dans un instant.' }
      : { en: 'Correct what is named, then try again.', fr: 'Corrigez ce qui est indiqué, puis réessayez.' },
    ...(error.details.vendorMessage !== undefined && { vendorMessage: error.details.vendorMessage }),
  });
}

/** No vendor refused it: something else stands in the way, and the sentence says what. */
export const notNow = (detail: Sentence): Problem =>
  new Problem({
    status: KIND_STATUS.conflict,
    type: 'conflict',
    title: { en: 'Not possible now', fr: 'Impossible pour le moment' },
    detail,
    action: {
      en: 'See what is said, then try again.',
      fr: 'Tenez compte de ce qui est indiqué, puis réessayez.',
    },
  });

export type Place = 'params' | 'query' | 'body';

/** What cannot be of a field, in words. */
type Issue = Pick<z.core.$ZodIssue, 'message'> & { readonly path: readonly PropertyKey[] };

/** Input that a schema refused, field by field. */
export function invalid(place: Place, issues: (language: Language) => readonly Issue[]): Problem {
  return new Problem({
    status: place === 'body' ? 422 : 400,
    type: 'invalid',
    title: { en: 'Something in the request is not valid', fr: 'Un élément de la demande n’est pas valide' },
    detail: {
      en: 'At least one value is missing, or not of the kind that is expected.',
      fr: 'Au moins une valeur manque ou n’est pas du type attendu.',
    },
    action: { en: 'Correct the fields that are named.', fr: 'Corrigez les champs indiqués.' },
    fields: (language) =>
      issues(language).map((issue) => ({ field: issue.path.join('.'), detail: issue.message })),
  });
}
