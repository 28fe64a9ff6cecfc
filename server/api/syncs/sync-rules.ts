import type { Sentence } from '../../core/sentence.ts';
import type { FieldMapping, Side, SyncRules } from '../../core/sync/mapping.ts';
import { mayReach, sourceOf } from '../../core/sync/merge.ts';
import { sharedKind } from '../../core/sync/shared-kind.ts';
import type { Sync } from '../../core/sync-flow.ts';
import type { SyncField } from '../../core/sync-object.ts';
import type { SyncSettingsChange } from '../contract.ts';
import { Problem } from '../problem.ts';

/** What does not fit, by the dotted path of what was sent. */
export interface Misfit {
  readonly field: string;
  readonly detail: Sentence;
}

type SentRules = NonNullable<SyncSettingsChange['rules']>;
type SentRow = SentRules['fields'][number];
export type FieldsBySide = Readonly<Record<Side, ReadonlyMap<string, SyncField>>>;

const SIDES = ['left', 'right'] as const;

/**
 * Turns a mapping as it was sent into the rules that are stored, against what both vendors say of their
 * fields now. Whatever a row of the flow's own mapping says of its two fields is right.
 */
export function rulesFrom(
  sync: Sync,
  sent: SentRules,
  fields: FieldsBySide,
): { readonly rules: Omit<SyncRules, 'country'>; readonly misfits: readonly Misfit[] } {
  const misfits: Misfit[] = [];
  const rows = sent.fields.map((row, index): FieldMapping => {
    const checked = checkRow(sync, row, fields);
    for (const { field, detail } of checked.misfits) {
      misfits.push({ field: `rules.fields.${index}.${field}`, detail });
    }
    const master = sourceOf({ ...row, kind: checked.kind }) ?? row.master;
    return { ...row, kind: checked.kind, master };
  });
  misfits.push(
    ...doubles(sync, rows, fields),
    ...badKeys(sync, sent, rows, fields),
    ...unfilled(sync, sent, rows, fields),
    ...unremovable(sync, sent),
  );
  const { matchBy, create, remove } = sent;
  return { rules: { fields: rows, matchBy, create, remove }, misfits };
}

function checkRow(
  sync: Sync,
  row: SentRow,
  fields: FieldsBySide,
): { readonly kind: FieldMapping['kind']; readonly misfits: readonly Misfit[] } {
  const own = sync.defaults.rules.fields.find(({ left, right }) => left === row.left && right === row.right);
  const found = { left: fields.left.get(row.left), right: fields.right.get(row.right) };
  const misfits: Misfit[] = [];
  for (const side of SIDES) {
    if (found[side] === undefined) misfits.push({ field: side, detail: unknownField(sync, side, row[side]) });
    else if (found[side].readOnly === true && mayReach({ ...row, kind: 'text' }, side)) {
      misfits.push({ field: 'direction', detail: readOnly(sync, side, found[side]) });
    }
  }
  if (found.left === undefined || found.right === undefined) return { kind: own?.kind ?? 'text', misfits };
  if (own?.kind === 'stock' && row.direction === 'both')
    return { kind: own.kind, misfits: [...misfits, { field: 'direction', detail: oneMaster(found.left) }] };
  const kind = own?.kind ?? sharedKind(found.left.kind, found.right.kind, row.direction);
  if (kind !== null) return { kind, misfits };
  return { kind: 'json', misfits: [...misfits, { field: 'right', detail: apart(found.left, found.right) }] };
}

/** A left field has one row, by which its history is kept; a right one may be written by one row. */
function doubles(sync: Sync, rows: readonly FieldMapping[], fields: FieldsBySide): Misfit[] {
  const seen = new Set<string>();
  const written = new Set<string>();
  return rows.flatMap((row, index): Misfit[] => {
    const misfits: Misfit[] = [];
    if (seen.has(row.left)) {
      misfits.push({
        field: `rules.fields.${index}.left`,
        detail: double(sync, 'left', fields.left.get(row.left), row.left),
      });
    }
    seen.add(row.left);
    if (mayReach(row, 'right')) {
      if (written.has(row.right)) {
        misfits.push({
          field: `rules.fields.${index}.right`,
          detail: double(sync, 'right', fields.right.get(row.right), row.right),
        });
      }
      written.add(row.right);
    }
    return misfits;
  });
}

function badKeys(sync: Sync, sent: SentRules, rows: readonly FieldMapping[], fields: FieldsBySide): Misfit[] {
  const mapped = new Set(rows.map((row) => row.left));
  return sent.matchBy.flatMap((key, index) =>
    key
      .filter((field) => !mapped.has(field))
      .map((field) => ({ field, titles: fields.left.get(field)?.titles ?? { en: field, fr: field } }))
      .map(({ titles }) => ({
        field: `rules.matchBy.${index}`,
        detail: {
          en: `“${titles.en}” of ${sync.left.object.titles.en} is not in the mapping: records can only be matched by mapped fields.`,
          fr: `«\u00a0${titles.fr}\u00a0» (${sync.left.object.titles.fr}) n’est pas dans la correspondance\u00a0: les fiches ne se rapprochent que par des champs mis en correspondance.`,
        },
      })),
  );
}

/** A record that is to be made needs what its vendor requires; the flow's own mapping may do without. */
function unfilled(
  sync: Sync,
  sent: SentRules,
  rows: readonly FieldMapping[],
  fields: FieldsBySide,
): Misfit[] {
  const filled = (all: readonly FieldMapping[], side: Side) =>
    new Set(all.filter((row) => mayReach(row, side)).map((row) => row[side]));
  return SIDES.filter((side) => sent.create[side]).flatMap((side) => {
    const own = filled(sync.defaults.rules.fields, side);
    const now = filled(rows, side);
    return [...fields[side].values()]
      .filter(({ id, required }) => required === true && own.has(id) && !now.has(id))
      .map(({ titles }) => ({
        field: `rules.create.${side}`,
        detail: {
          en: `A new record in ${sync[side].object.titles.en} needs “${titles.en}”. Add a row that fills it, or make no records there.`,
          fr: `Une nouvelle fiche dans ${sync[side].object.titles.fr} exige «\u00a0${titles.fr}\u00a0». Ajoutez une ligne qui le remplit, ou n’y créez pas de fiches.`,
        },
      }));
  });
}

/** What its vendor cannot take away is not promised to go. */
const unremovable = (sync: Sync, { remove }: SentRules): Misfit[] =>
  SIDES.flatMap((side) => {
    const { stays } = sync[side].object;
    return remove[side] === 'delete' && stays !== undefined
      ? [{ field: `rules.remove.${side}`, detail: stays }]
      : [];
  });

const unknownField = (sync: Sync, side: Side, id: string): Sentence => ({
  en: `${sync[side].object.titles.en} has no field “${id}” (any more). Choose another one, or remove the row.`,
  fr: `${sync[side].object.titles.fr} n’a pas (ou plus) de champ «\u00a0${id}\u00a0». Choisissez-en un autre ou retirez la ligne.`,
});

const readOnly = (sync: Sync, side: Side, { titles }: SyncField): Sentence => ({
  en: `“${titles.en}” of ${sync[side].object.titles.en} is computed there and cannot be written: let this row go the other way only.`,
  fr: `«\u00a0${titles.fr}\u00a0» (${sync[side].object.titles.fr}) y est calculé et ne peut pas être écrit\u00a0: cette ligne ne peut aller que dans l’autre sens.`,
});

const oneMaster = ({ titles }: SyncField): Sentence => ({
  en: `“${titles.en}” has one master: let it go one way. Both ways, every sale would be counted off twice.`,
  fr: `«\u00a0${titles.fr}\u00a0» a un seul maître : faites-le aller dans un seul sens. Dans les deux, chaque vente serait déduite deux fois.`,
});

const apart = (left: SyncField, right: SyncField): Sentence => ({
  en: `“${left.titles.en}” and “${right.titles.en}” hold values of different kinds: the one cannot be written into the other.`,
  fr: `«\u00a0${left.titles.fr}\u00a0» et «\u00a0${right.titles.fr}\u00a0» contiennent des valeurs de nature différente\u00a0: l’une ne peut pas s’écrire dans l’autre.`,
});

const double = (sync: Sync, side: Side, field: SyncField | undefined, id: string): Sentence => ({
  en: `“${field?.titles.en ?? id}” of ${sync[side].object.titles.en} already has a row: two rows would overwrite each other.`,
  fr: `«\u00a0${field?.titles.fr ?? id}\u00a0» (${sync[side].object.titles.fr}) a déjà une ligne\u00a0: deux lignes s’écraseraient l’une l’autre.`,
});

/** @throws a `Problem` that names each, when there is any. */
export function refuse(misfits: readonly Misfit[]): void {
  if (misfits.length === 0) return;
  throw new Problem({
    status: 422,
    type: 'invalid',
    title: { en: 'These settings do not fit', fr: 'Ces réglages ne conviennent pas' },
    detail: {
      en: 'Nothing was saved: something in them does not fit what the two sides offer.',
      fr: 'Rien n’a été enregistré\u00a0: un élément ne correspond pas à ce qu’offrent les deux côtés.',
    },
    action: { en: 'Correct what is named.', fr: 'Corrigez ce qui est indiqué.' },
    fields: (language) => misfits.map(({ field, detail }) => ({ field, detail: detail[language] })),
  });
}
