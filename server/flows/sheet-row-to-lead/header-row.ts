import type { Cell } from '../../core/cells/cell.ts';
import { LiaisonError } from '../../core/errors.ts';
import { type Column, locateFields, normaliseHeader } from './columns.ts';
import { KEY } from './row-identity.ts';

/** Every lead needs it. */
export const REQUIRED = 'Last_Name';
/** How far down a header row is looked for, to say where it stands. */
const LOOKED_AT = 20;
const MOST_SHOWN = 12;

type Grid = readonly (readonly Cell[])[];
export type Places = ReadonlyMap<string, readonly number[]>;

export interface Header {
  readonly places: Places;
  /** Headers that are mapped and have no column here. */
  readonly missing: readonly string[];
}

const textsOf = (row: readonly Cell[]): string[] => row.map((cell) => cell.shown.trim());

/**
 * Where each mapped field stands, by the first row.
 *
 * @param before fields that had a column at the last look: one that is gone is not read as blank.
 * @throws LiaisonError that names the missing columns and what the first row holds.
 */
export function readHeader(
  rows: Grid,
  columns: readonly Column[],
  tab: string,
  before: readonly string[],
): Header {
  const places = locateFields(textsOf(rows[0] ?? []), columns);
  const needed = new Set([REQUIRED, KEY, ...before]);
  const absent = columns.filter(
    ({ field }, index) =>
      !places.has(field) && columns.findIndex((column) => column.field === field) === index,
  );
  const lost = absent.filter(({ field }) => needed.has(field));
  if (lost.length > 0) throw missingColumns(rows, lost, tab);
  if (!places.has(REQUIRED)) throw nothingFillsName();
  return { places, missing: absent.map(({ header }) => header) };
}

/** Whether a row only repeats the headers. */
export function repeatsHeader(row: readonly Cell[], header: readonly Cell[], places: Places): boolean {
  const filled = [...places.values()].flat().filter((place) => (row[place]?.shown.trim() ?? '') !== '');
  return (
    filled.length > 0 &&
    filled.every(
      (place) => normaliseHeader(row[place]?.shown ?? '') === normaliseHeader(header[place]?.shown ?? ''),
    )
  );
}

function missingColumns(rows: Grid, lost: readonly Column[], tab: string): LiaisonError {
  const held = textsOf(rows[0] ?? []).filter((text) => text !== '');
  const shown = held.slice(0, MOST_SHOWN).join(' | ');
  const further = rows
    .slice(1, LOOKED_AT)
    .findIndex((row) => locateFields(textsOf(row), lost).size === lost.length);
  const quoted = (open: string, close: string) =>
    lost.map(({ header }) => `${open}${header}${close}`).join(', ');
  const many = lost.length > 1;
  const en = held.length === 0 ? 'It is blank.' : `It holds: ${shown}.`;
  const fr = held.length === 0 ? 'Elle est vide.' : `Elle contient\u00a0: ${shown}.`;
  const line = further + 2;
  return new LiaisonError('rejected', {
    sentence: {
      en: `The first row of the tab “${tab}” has no column ${quoted('“', '”')}. ${en} ${
        further >= 0
          ? `The headers seem to stand in row ${line}: move them to the first row.`
          : `Name the ${many ? 'columns' : 'column'} so there, or choose others in the flow’s settings.`
      }`,
      fr: `La première ligne de l’onglet «\u00a0${tab}\u00a0» n’a pas de colonne ${quoted('«\u00a0', '\u00a0»')}. ${fr} ${
        further >= 0
          ? `Les en-têtes semblent être à la ligne ${line}\u00a0: placez-les à la première ligne.`
          : `Nommez-y ${many ? 'les colonnes' : 'la colonne'} ainsi, ou choisissez-en d’autres dans les réglages du flux.`
      }`,
    },
  });
}

function nothingFillsName(): LiaisonError {
  return new LiaisonError('rejected', {
    sentence: {
      en: 'No column fills the lead’s last name, which every lead needs. Choose one in the flow’s settings.',
      fr: 'Aucune colonne ne remplit le nom du prospect, obligatoire pour tout prospect. Choisissez-en une dans les réglages du flux.',
    },
  });
}
