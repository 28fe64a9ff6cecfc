import { z } from 'zod';
import type { Sentence } from '../sentence.ts';
import type { FormAnswer, FormField } from './answer.ts';

const knownSchema = z
  .array(z.object({ key: z.string(), title: z.string(), gone: z.boolean().optional() }))
  .max(1_000);

/** The fields of a form as the last answers had them. */
export type KnownFields = z.output<typeof knownSchema>;

/** What was remembered; null: nothing, or nobody knows what it is. */
export const readKnown = (stored: unknown): KnownFields | null => knownSchema.safeParse(stored).data ?? null;

export interface FormChanges {
  readonly added: readonly string[];
  readonly renamed: readonly { readonly before: string; readonly now: string }[];
  /** Fields that are gone, or, where the tool tells only of those that came, that may be. */
  readonly gone: readonly Pick<FormField, 'key' | 'title'>[];
  readonly known: KnownFields;
}

/**
 * What became of a form between two answers. A field keeps its key when its question is worded anew. Where a tool tells
 * only of what was filled in, a field that is missing says nothing, unless one that nobody knew came instead.
 */
export function formChanges(before: KnownFields | null, { fields, values }: FormAnswer): FormChanges {
  const now = (fields ?? values).filter(({ origin }) => origin !== 'told');
  const asKnown = ({ key, title }: FormField) => ({ key, title });
  if (before === null) return { added: [], renamed: [], gone: [], known: now.map(asKnown) };
  const added = now.filter(({ key }) => !before.some((one) => one.key === key));
  const missing = before.filter(({ key, gone }) => gone !== true && !now.some((one) => one.key === key));
  const gone = fields !== null || added.length > 0 ? missing : [];
  const renamed = before.flatMap(({ key, title }) => {
    const named = now.find((one) => one.key === key)?.title;
    return named === undefined || named === title ? [] : [{ before: title, now: named }];
  });
  const kept = before.flatMap((one) => {
    if (now.some(({ key }) => key === one.key)) return [];
    return [gone.includes(one) ? { ...one, gone: true } : one];
  });
  return {
    added: added.map(({ title }) => title),
    renamed,
    gone,
    known: [...now.map(asKnown), ...kept].slice(0, 1_000),
  };
}

const quoted = (titles: readonly string[], language: 'en' | 'fr'): string =>
  titles.map((title) => (language === 'en' ? `“${title}”` : `«\u00a0${title}\u00a0»`)).join(', ');

/**
 * In words; null: nothing changed.
 *
 * @param used keys that fill something: what became of these matters.
 */
export function changeWords(changes: FormChanges, used: ReadonlySet<string>): Sentence | null {
  const { added, renamed, gone } = changes;
  const lost = gone.filter(({ key }) => used.has(key)).map(({ title }) => title);
  const others = gone.filter(({ key }) => !used.has(key)).map(({ title }) => title);
  const say = (language: 'en' | 'fr'): string[] => {
    const en = language === 'en';
    return [
      ...(added.length === 0
        ? []
        : [
            en
              ? `New in the form: ${quoted(added, 'en')}.`
              : `Nouveau dans le formulaire\u00a0: ${quoted(added, 'fr')}.`,
          ]),
      ...renamed.map(({ before, now }) =>
        en
          ? `“${before}” is now called “${now}”.`
          : `«\u00a0${before}\u00a0» s’appelle maintenant «\u00a0${now}\u00a0».`,
      ),
      ...(lost.length === 0
        ? []
        : [
            en
              ? `No longer in the form, though it fills a field: ${quoted(lost, 'en')}. Choose in the settings what fills it now.`
              : `N’est plus dans le formulaire, alors qu’il remplit un champ\u00a0: ${quoted(lost, 'fr')}. Choisissez dans les réglages ce qui le remplit désormais.`,
          ]),
      ...(others.length === 0
        ? []
        : [
            en
              ? `No longer in the form: ${quoted(others, 'en')}.`
              : `N’est plus dans le formulaire\u00a0: ${quoted(others, 'fr')}.`,
          ]),
    ];
  };
  const [en, fr] = [say('en').join(' '), say('fr').join(' ')];
  return en === '' ? null : { en, fr };
}
