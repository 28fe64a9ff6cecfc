import type { Sentence } from '../sentence.ts';
import { LONGEST_TEXT, readAsked } from './asked.ts';
import { folded } from './compare.ts';
import {
  type Condition,
  type FieldKind,
  type Filter,
  type FilterField,
  type Group,
  isGroup,
  partsOfGroup,
} from './filter.ts';
import { OPERATOR_WORDS } from './filter-words.ts';
import { ME } from './me.ts';
import { operatorsOf } from './operators.ts';

/** Something in a filter that cannot be, by where it stands: `all.0.value`. */
export interface FilterRefusal {
  readonly at: string;
  readonly sentence: Sentence;
}

/** Groups within groups. */
export const DEEPEST = 4;
/** Conditions in one filter; the CRM asks for at most 25 criteria in a query. */
export const MOST_CONDITIONS = 20;
/** Values of one `in`. */
export const MOST_VALUES = 50;

const VALUE_WORDS: Readonly<Record<FieldKind, Sentence>> = {
  text: {
    en: `a text of at most ${LONGEST_TEXT} characters`,
    fr: `un texte de ${LONGEST_TEXT} caractères au plus`,
  },
  number: { en: 'a number', fr: 'un nombre' },
  money: {
    en: 'an amount: a number, or an amount with its currency',
    fr: 'un montant\u00a0: un nombre, ou un montant avec sa devise',
  },
  date: {
    en: 'a day (2026-12-31), or days from today',
    fr: 'un jour (2026-12-31), ou un nombre de jours à partir d’aujourd’hui',
  },
  moment: {
    en: 'a day, a moment with its zone, or days from today',
    fr: 'un jour, un moment avec son fuseau, ou un nombre de jours à partir d’aujourd’hui',
  },
  choice: { en: 'one of its choices', fr: 'l’un de ses choix' },
  choices: { en: 'one of its choices', fr: 'l’un de ses choix' },
  boolean: { en: 'yes or no', fr: 'oui ou non' },
  person: { en: 'a name, an e-mail or an id', fr: 'un nom, un e-mail ou un identifiant' },
  consent: { en: 'a state of consent', fr: 'un état de consentement' },
  label: { en: 'a label', fr: 'un libellé' },
};

const TOO_DEEP: Sentence = {
  en: `Groups stand in one another at most ${DEEPEST} deep. Put conditions into fewer groups.`,
  fr: `Les groupes s’emboîtent sur ${DEEPEST} niveaux au plus. Répartissez les conditions en moins de groupes.`,
};
const TOO_MANY: Sentence = {
  en: `A filter has at most ${MOST_CONDITIONS} conditions. Leave some out, or ask for several values at once.`,
  fr: `Un filtre a ${MOST_CONDITIONS} conditions au plus. Retirez-en, ou demandez plusieurs valeurs à la fois.`,
};
const EMPTY_GROUP: Sentence = {
  en: 'A group needs a condition. Add one, or remove the group.',
  fr: 'Un groupe doit contenir une condition. Ajoutez-en une, ou retirez le groupe.',
};

const nobodys = ({ en, fr }: Sentence): Sentence => ({
  en: `“${en}” is compared with “me”, and this integration is nobody’s own. Choose a user, or make it a personal integration.`,
  fr: `«\u00a0${fr}\u00a0» est comparé avec «\u00a0moi\u00a0», et cette intégration n’appartient à personne. Choisissez un utilisateur, ou faites-en une intégration personnelle.`,
});

/**
 * What of a filter cannot be, each with its place; of an empty list the filter can be kept.
 *
 * @param fields those that there are.
 * @param hasOwner whether the integration is one person's own: only then somebody is meant by `me`.
 */
export function refuseFilter(
  filter: Group,
  fields: readonly FilterField[],
  hasOwner = false,
): readonly FilterRefusal[] {
  const known = new Map(fields.map((field) => [field.name, field]));
  const refusals: FilterRefusal[] = [];
  let conditions = 0;
  const walk = (part: Filter, at: string, depth: number): void => {
    if (!isGroup(part)) {
      conditions += 1;
      refusals.push(...refuseCondition(part, at, known, hasOwner));
      return;
    }
    if (depth > DEEPEST) {
      refusals.push({ at, sentence: TOO_DEEP });
      return;
    }
    const { every, parts } = partsOfGroup(part);
    const inside = `${at === '' ? '' : `${at}.`}${every ? 'all' : 'any'}`;
    if (parts.length === 0) refusals.push({ at: inside, sentence: EMPTY_GROUP });
    for (const [index, one] of parts.entries()) walk(one, `${inside}.${index}`, depth + 1);
  };
  walk(filter, '', 1);
  return conditions > MOST_CONDITIONS ? [{ at: '', sentence: TOO_MANY }] : refusals;
}

function refuseCondition(
  { field: name, is, value }: Condition,
  at: string,
  known: ReadonlyMap<string, FilterField>,
  hasOwner: boolean,
): FilterRefusal[] {
  const field = known.get(name);
  if (field === undefined)
    return [
      {
        at: `${at}.field`,
        sentence: {
          en: `There is no field “${name}”. Choose one of the fields that are offered.`,
          fr: `Le champ «\u00a0${name}\u00a0» n’existe pas. Choisissez l’un des champs proposés.`,
        },
      },
    ];
  const { titles, kind } = field;
  if (!operatorsOf(kind).includes(is)) {
    const words = OPERATOR_WORDS[is];
    return [
      {
        at: `${at}.is`,
        sentence: {
          en: `“${titles.en}” cannot be asked whether it ${words.en}. Choose another comparison.`,
          fr: `«\u00a0${titles.fr}\u00a0» ne peut pas être comparé ainsi («\u00a0${words.fr}\u00a0»). Choisissez une autre comparaison.`,
        },
      },
    ];
  }
  if (is === 'empty' || is === 'filled')
    return value === undefined || value === null
      ? []
      : [
          {
            at: `${at}.value`,
            sentence: {
              en: 'This comparison takes no value. Remove it.',
              fr: 'Cette comparaison n’a pas de valeur. Retirez-la.',
            },
          },
        ];
  const isOfNobody =
    !hasOwner && field.user === true && (Array.isArray(value) ? value.includes(ME) : value === ME);
  return isOfNobody
    ? [{ at: `${at}.value`, sentence: nobodys(titles) }]
    : refuseValue(field, is === 'in', value, `${at}.value`);
}

function refuseValue(field: FilterField, several: boolean, value: unknown, at: string): FilterRefusal[] {
  if (several && (!Array.isArray(value) || value.length === 0 || value.length > MOST_VALUES))
    return [
      {
        at,
        sentence: {
          en: `Give a list of 1 to ${MOST_VALUES} values.`,
          fr: `Donnez une liste de 1 à ${MOST_VALUES} valeurs.`,
        },
      },
    ];
  const values = several ? (value as readonly unknown[]) : [value];
  return values.flatMap((one, index) => {
    const place = several ? `${at}.${index}` : at;
    const { titles, kind, choices } = field;
    const words = VALUE_WORDS[kind];
    if (readAsked(one, kind) === null)
      return [
        {
          at: place,
          sentence: {
            en: `“${titles.en}” is compared with ${words.en}.`,
            fr: `«\u00a0${titles.fr}\u00a0» se compare avec ${words.fr}.`,
          },
        },
      ];
    const asked = folded(String(one));
    if (field.user === true && one === ME) return [];
    const isMeant = (own: string): boolean => folded(own) === asked;
    // Of persons the list has no addresses; labels too are known by their names.
    const isNamed =
      (kind === 'person' && asked.includes('@')) ||
      ((kind === 'person' || kind === 'label') && choices?.some(({ title }) => isMeant(title)));
    if (choices === undefined || isNamed || choices.some(({ value: own }) => isMeant(own))) return [];
    const offered = choices
      .slice(0, 20)
      .map(({ title }) => title)
      .join(', ');
    return [
      {
        at: place,
        sentence: {
          en: `“${titles.en}” has no choice “${String(one)}”. Choose one of its own: ${offered}.`,
          fr: `«\u00a0${titles.fr}\u00a0» n’a pas le choix «\u00a0${String(one)}\u00a0». Choisissez l’un des siens\u00a0: ${offered}.`,
        },
      },
    ];
  });
}
