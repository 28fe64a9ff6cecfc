import type { OfferedValue } from './flow.ts';
import type { Writing } from './format.ts';
import { languageOf, type Sentence } from './sentence.ts';
import { fillTemplate, placesOf } from './template.ts';

/** One place of a template: the name that stands in braces, and what a thing fills it with; null: with nothing. */
export type TemplatePlace<Thing> = readonly [
  name: string,
  titles: Sentence,
  of: (thing: Thing, writing: Writing) => string | null,
];

const inBraces = (names: readonly string[]): string => names.map((name) => `{${name}}`).join(', ');

/** The places that templates about one kind of thing can have. Their names are not told apart by case. */
export function templatePlaces<Thing>(places: readonly TemplatePlace<Thing>[]) {
  const named = (name: string): TemplatePlace<Thing> | undefined =>
    places.find(([known]) => known.toLowerCase() === name.toLowerCase());
  return {
    /** All of them as they are written. */
    written: inBraces(places.map(([name]) => name)),

    /** To choose from, in the words of a locale. */
    offered: (locale: string): OfferedValue[] =>
      places.map(([name, titles]) => ({ value: `{${name}}`, title: titles[languageOf(locale)], titles })),

    /** Those of a template that nothing fills, as they are written; null: there are none. */
    unknownIn(template: string): string | null {
      const unknown = placesOf(template).filter((name) => named(name) === undefined);
      return unknown.length === 0 ? null : inBraces(unknown);
    },

    /** The template with the names spelled as they are here. */
    spelled: (template: string): string => fillTemplate(template, (name) => `{${named(name)?.[0] ?? name}}`),

    /** What a thing says in a place. */
    value: (name: string, thing: Thing, writing: Writing): string | null =>
      named(name)?.[2](thing, writing) ?? null,
  };
}
