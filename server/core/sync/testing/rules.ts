import type { FieldValues } from '../../sync-object.ts';
import type { FieldMapping, SyncRules } from '../mapping.ts';
import type { KnownRecord } from '../plan.ts';

/** One field of a mapping; both ways, mastered on the left and cleared with it unless told. */
export const field = (
  left: string,
  kind: FieldMapping['kind'] = 'text',
  rest: Partial<FieldMapping> = {},
): FieldMapping => ({
  left,
  right: left.toUpperCase(),
  kind,
  direction: 'both',
  master: 'left',
  blank: 'clear',
  ...rest,
});

export const rulesOf = (fields: readonly FieldMapping[], rest: Partial<SyncRules> = {}): SyncRules => ({
  fields,
  matchBy: [['email'], ['phone']],
  create: { left: true, right: true },
  remove: { left: 'delete', right: 'delete' },
  country: 'FR',
  ...rest,
});

/** Contacts: left fields in lower case, right ones in capitals. */
export const CONTACTS = rulesOf([
  field('name', 'name'),
  field('email', 'email'),
  field('phone', 'phone'),
  field('out', 'consent'),
]);

export const record = (
  side: 'left' | 'right',
  id: string,
  values: FieldValues,
  rest: Partial<KnownRecord> = {},
): KnownRecord => ({
  side,
  id,
  version: '1',
  values,
  label: id,
  deleted: false,
  linkId: null,
  excluded: null,
  ...rest,
});
