import type { Sentence } from './sentence.ts';
import { isBlank, type SetValue, valueWords } from './setting-words.ts';
import { type DeletePolicy, otherSide, type Side } from './sync/mapping.ts';
import type { SideOption, Sync, SyncSettings } from './sync-flow.ts';

const SIDES = ['left', 'right'] as const satisfies readonly Side[];

const DELETED: Readonly<Record<DeletePolicy, Sentence>> = {
  delete: { en: 'its counterpart is deleted too', fr: 'sa contrepartie est supprimée aussi' },
  keep: { en: 'its counterpart stays, and the link ends', fr: 'sa contrepartie reste, et le lien prend fin' },
};

const all = (parts: readonly Sentence[], en: string, fr: string): Sentence => ({
  en: parts.map((part) => part.en).join(en),
  fr: parts.map((part) => part.fr).join(fr),
});

/** «Contacts Google» in the middle of a sentence. */
const lower = (title: string): string => `${title.charAt(0).toLowerCase()}${title.slice(1)}`;

/** What a field is called, as far as that is known without asking its vendor. */
export function fieldTitles(sync: Sync, side: Side, id: string): Sentence {
  return sync[side].object.usualFields?.find((field) => field.id === id)?.titles ?? { en: id, fr: id };
}

function optionWords(side: Side, option: SideOption, value: unknown): Pick<SetValue, 'value' | 'choice'> {
  const own = option.words?.[isBlank(value) ? '' : String(value)];
  if (own !== undefined) return { value: own };
  const isId = option.kind === 'choice' && !isBlank(value);
  return {
    value: valueWords(value),
    ...(isId ? { choice: { side, option: option.id, id: String(value) } } : {}),
  };
}

/** How a sync decides what the mapping alone does not say: counterparts, creations, deletions, the brake. */
export function syncWords(sync: Sync, settings: SyncSettings): SetValue[] {
  const { rules, brake } = settings;
  const name = (side: Side): Sentence => sync[side].object.titles;
  const field = (id: string): Sentence => rules.titles?.[id] ?? fieldTitles(sync, 'left', id);
  const keys = rules.matchBy.map((key) => all(key.map(field), ' and ', ' et '));
  const made = SIDES.filter((side) => rules.create[side]).map(name);
  const options = SIDES.flatMap((side) =>
    sync[side].options.map((option) => ({
      titles: {
        en: `${name(side).en}: ${option.titles.en}`,
        fr: `${name(side).fr}\u00a0: ${option.titles.fr}`,
      },
      ...optionWords(side, option, settings.options[side][option.id] ?? option.fallback),
    })),
  );
  return [
    {
      titles: { en: 'A counterpart is found by', fr: 'Une contrepartie se reconnaît à' },
      value: keys.length === 0 ? valueWords(null) : all(keys, ', else by ', ', sinon à '),
    },
    {
      titles: {
        en: 'Records without a counterpart are made in',
        fr: 'Les fiches sans contrepartie sont créées dans',
      },
      value: made.length === 0 ? valueWords(null) : all(made, ' and ', ' et '),
    },
    // A policy stands with the side that it acts on: the deletion happened on the other one.
    ...SIDES.map((side) => ({
      titles: {
        en: `Deleted among the ${name(side).en}`,
        fr: `Suppression parmi les ${lower(name(side).fr)}`,
      },
      value: DELETED[rules.remove[otherSide(side)]],
    })),
    {
      titles: { en: 'The brake stops it', fr: 'Le frein l’arrête' },
      value: {
        en: `before more than ${brake.records} deletions, and more than ${brake.percent}% of the links, within an hour`,
        fr: `avant plus de ${brake.records} suppressions, et plus de ${brake.percent} % des liens, en une heure`,
      },
    },
    ...options,
  ];
}
