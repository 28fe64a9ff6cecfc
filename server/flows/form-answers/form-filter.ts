import type { FieldKind, FilterField } from '../../core/filter/filter.ts';
import { leftOutText } from '../../core/filter/judge.ts';
import type { FilterSource, RunFilter } from '../../core/flow.ts';
import type { FormAnswer, FormField } from '../../core/forms/answer.ts';
import { formsOf } from '../../core/forms/offer.ts';
import type { Sentence } from '../../core/sentence.ts';
import type { Settings } from './settings.ts';

const KINDS: Partial<Readonly<Record<FormField['kind'], FieldKind>>> = {
  number: 'number',
  boolean: 'boolean',
  date: 'date',
};

const asFilterField = ({ key, title, kind }: FormField): FilterField => ({
  name: key,
  kind: KINDS[kind] ?? 'text',
  titles: { en: title, fr: title },
});

/** Conditions are on what was answered. */
export const formFilter: FilterSource<Settings> = {
  fields: async ({ role, settings }) =>
    (await formsOf(role('source')).fields(settings.form)).map(asFilterField),
};

/** Why nothing is made of an answer; null: it takes part. */
export function leftOutAnswer(filter: RunFilter | null, { values }: FormAnswer): Sentence | null {
  if (filter === null) return null;
  const { fits, why } = filter.judge({
    values: Object.fromEntries(
      values.map(({ key, value }) => [key, typeof value === 'object' ? value.join(', ') : value]),
    ),
    currency: null,
  });
  return fits ? null : leftOutText(why, true);
}
