import type { VendorAnswer } from '../core/connector.ts';
import { type ErrorDetails, type ErrorKind, LiaisonError } from '../core/errors.ts';
import { failureSentence } from '../core/failure-sentences.ts';
import { failureOf, type HttpFailureRules, httpFailure, jsonOf } from '../core/http-failure.ts';
import type { Sentence } from '../core/sentence.ts';

/** What one of a vendor's codes means, where it says more than the status that comes with it. */
export interface Meaning {
  /** Absent: what the status means by itself. */
  readonly kind?: ErrorKind;
  /** What a user can do about it; absent: the kind's usual sentence. */
  readonly sentence?: Sentence;
  /** False where the code says for certain that nothing was done. */
  readonly mayHaveHappened?: false;
}

/** What an answer says of its failure, or a batch's answer of one record. */
export interface Said {
  /** The vendor's codes and reasons, those that say most first. */
  readonly codes: readonly (string | number)[];
  /** The vendor's words, the field at fault: for some only known once it is known what the failure is. */
  readonly details: Partial<ErrorDetails> | ((kind: ErrorKind) => Partial<ErrorDetails>);
  /** What was made out of more than codes; it goes before them. */
  readonly meaning?: Meaning | null;
}

export interface FailureTable extends HttpFailureRules {
  /** Where a body states a failure; null: it states none, and the status alone is believed. */
  said(body: unknown, answer: VendorAnswer): Said | null;
  readonly codes: Readonly<Record<string | number, ErrorKind | Meaning>>;
  /** What a stated failure is that neither the codes nor the status know. */
  readonly otherwise: Meaning & { readonly kind: ErrorKind };
  /** What a user can do about failures of a status that no code says more of. */
  readonly sentences?: Readonly<Record<number, Sentence>>;
}

export interface Failures {
  /** For the connector's declaration. */
  classify(answer: VendorAnswer): LiaisonError | null;
  /** The failure of one record of a batch, whose answer is a success as a whole. */
  ofOne(said: Said): LiaisonError;
}

/**
 * A vendor's failures as a table: which code means what, and what to do about it. The status speaks where no code
 * is known. What a table cannot say is read in `said`, or asked before `classify`.
 */
export function failures(table: FailureTable): Failures {
  const meaningOf = ({ codes, meaning }: Said): Meaning => {
    if (meaning) return meaning;
    const code = codes.find((one) => Object.hasOwn(table.codes, one));
    const found = code === undefined ? undefined : table.codes[code];
    return typeof found === 'string' ? { kind: found } : (found ?? {});
  };
  const detailsOf = ({ details }: Said, kind: ErrorKind): Partial<ErrorDetails> =>
    typeof details === 'function' ? details(kind) : details;
  const worded = (sentence: Sentence | undefined): Partial<ErrorDetails> =>
    sentence === undefined ? {} : { sentence };

  return {
    classify(answer) {
      const byStatus = httpFailure(answer, table);
      const said = table.said(jsonOf(answer), answer);
      if (said === null) return byStatus;
      const { kind: meant, sentence, mayHaveHappened } = meaningOf(said);
      const fallback = byStatus === null ? table.otherwise : undefined;
      const kind = meant ?? byStatus?.kind ?? table.otherwise.kind;
      const isSaidByStatus = meant === undefined || meant === byStatus?.kind;
      const isCertain = mayHaveHappened ?? (meant === undefined ? fallback?.mayHaveHappened : undefined);
      return failureOf(kind, answer, table, {
        ...worded(sentence ?? (isSaidByStatus ? table.sentences?.[answer.status] : undefined)),
        ...(isCertain === undefined ? {} : { mayHaveHappened: isCertain }),
        ...detailsOf(said, kind),
      });
    },
    ofOne(said) {
      const { kind = table.otherwise.kind, sentence } = meaningOf(said);
      return new LiaisonError(kind, {
        sentence: sentence ?? failureSentence(kind, table.vendor),
        ...detailsOf(said, kind),
      });
    },
  };
}

/**
 * A failure that no answer of the vendor's stated: an answer that lacks what must be there, a cursor that is none.
 *
 * @param vendor its title, as it stands in sentences.
 */
export function failure(
  kind: ErrorKind,
  vendor: string,
  details: string | Omit<Partial<ErrorDetails>, 'sentence'> = {},
): LiaisonError {
  return new LiaisonError(kind, {
    sentence: failureSentence(kind, vendor),
    ...(typeof details === 'string' ? { vendorMessage: details } : details),
  });
}
