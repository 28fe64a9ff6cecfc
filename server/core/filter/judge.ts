import type { Sentence } from '../sentence.ts';
import { type Compared, compare, type Subject } from './compare.ts';
import {
  type Condition,
  type Filter,
  type FilterField,
  type FilterPlace,
  isGroup,
  type KeptFilter,
  partsOfGroup,
} from './filter.ts';
import { whyText } from './filter-words.ts';

/** What one condition said of a record. */
export interface Finding extends Compared {
  readonly condition: Condition;
  readonly field: FilterField;
  /** The record's value, as it was. */
  readonly was: unknown;
}

/** Whether a record fits, and the conditions that decided it: those that hold where it does, those that do not where not. */
export interface Verdict {
  readonly fits: boolean;
  readonly because: readonly Finding[];
}

/**
 * Judges a record by a filter. A field that the filter does not know holds nothing.
 */
export function judge(
  { filter, fields }: Pick<KeptFilter, 'filter' | 'fields'>,
  subject: Subject,
  place: FilterPlace,
): Verdict {
  const known = new Map(fields.map((field) => [field.name, field]));
  const of = (part: Filter): Verdict => {
    if (!isGroup(part)) {
      const field = known.get(part.field) ?? unknownField(part.field);
      const compared = compare(part, field, subject, place);
      return {
        fits: compared.holds,
        because: [{ ...compared, condition: part, field, was: subject.values[part.field] }],
      };
    }
    const { every, parts } = partsOfGroup(part);
    const verdicts = parts.map(of);
    const fits = every ? verdicts.every((one) => one.fits) : verdicts.some((one) => one.fits);
    return { fits, because: verdicts.filter((one) => one.fits === fits).flatMap((one) => one.because) };
  };
  return of(filter);
}

export interface Judged {
  readonly fits: boolean;
  /** Without a full stop. */
  readonly why: Sentence;
}

/** The verdict with its reasons in words. */
export function judgeKept(
  kept: Pick<KeptFilter, 'filter' | 'fields'>,
  subject: Subject,
  place: FilterPlace,
): Judged {
  const verdict = judge(kept, subject, place);
  return { fits: verdict.fits, why: whyText(verdict, subject, place) };
}

const LEFT_OUT = 'The filter left it out: ';

/** Whether a run says that the filter left its record out. */
export const isLeftOutText = (sentence: Sentence | null): boolean =>
  sentence?.en.startsWith(LEFT_OUT) === true;

/** What the log says of a record that did not fit. @param waits it is taken when it fits later. */
export function leftOutText({ en, fr }: Sentence, waits: boolean): Sentence {
  return {
    en: `${LEFT_OUT}${en}.${waits ? ' It is taken as soon as it fits.' : ''}`,
    fr: `Le filtre l’a laissé de côté\u00a0: ${fr}.${waits ? ' Pris en compte dès que le filtre le permet.' : ''}`,
  };
}

const unknownField = (name: string): FilterField => ({ name, kind: 'text', titles: { en: name, fr: name } });
