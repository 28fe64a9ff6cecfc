import { languageOf } from '../../core/sentence.ts';
import type { Side } from '../../core/sync/mapping.ts';
import type { Sync } from '../../core/sync-flow.ts';
import type { FieldKind, SyncField } from '../../core/sync-object.ts';
import type { Misfit } from './sync-rules.ts';

/**
 * What is to be made on a side so that it can hold these fields of the other one.
 *
 * @param fields of the other side, by id.
 * @param locale the organisation's: its fields are named in its own language.
 */
export function wishesFor(
  sync: Sync,
  side: Side,
  holding: readonly string[],
  fields: ReadonlyMap<string, SyncField>,
  locale: string | undefined,
): { readonly wishes: { name: string; kind: FieldKind }[]; readonly misfits: readonly Misfit[] } {
  const language = languageOf(locale);
  const { titles } = sync[side].object;
  const takesNone = sync[side].object.makeFields === undefined;
  const wishes: { name: string; kind: FieldKind }[] = [];
  const misfits: Misfit[] = [];
  for (const [index, id] of holding.entries()) {
    const field = fields.get(id);
    if (field?.newName !== undefined && !takesNone) {
      wishes.push({ name: field.newName[language], kind: field.kind });
      continue;
    }
    const name = { en: field?.titles.en ?? id, fr: field?.titles.fr ?? id };
    misfits.push({
      field: `holding.${index}`,
      detail: {
        en: `No field for “${name.en}” can be made in ${titles.en}. Choose one that is there.`,
        fr: `Aucun champ pour «\u00a0${name.fr}\u00a0» ne peut être créé\u00a0: ${titles.fr}. Choisissez-en un existant.`,
      },
    });
  }
  return { wishes, misfits };
}
