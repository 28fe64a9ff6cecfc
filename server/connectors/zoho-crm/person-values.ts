import { LiaisonError } from '../../core/errors.ts';
import { companyName } from '../../core/sync/company.ts';
import { personName } from '../../core/sync/person-name.ts';
import type { FieldValue, FieldValues, SideRecord } from '../../core/sync-object.ts';
import { MOST_COLUMNS } from './coql.ts';
import { NAME, type PersonModule } from './person-modules.ts';
import type { CrmRecord } from './records.ts';

/**
 * The columns that the fields of a person are read from.
 *
 * @param joined how the account's name is asked for: as a column of its own in a query, in the lookup in a list.
 * @throws LiaisonError `rejected` when there are more than Zoho gives in one call.
 */
export function columnsOf(module: PersonModule, fields: readonly string[], joined: boolean): string[] {
  const columns = fields.map((field) =>
    field === module.account && joined ? `${field}.Account_Name` : field,
  );
  const all = [...new Set(['First_Name', 'Last_Name', 'Modified_Time', ...columns])].filter(
    (column) => column !== NAME,
  );
  if (all.length < MOST_COLUMNS) return all;
  throw new LiaisonError('rejected', {
    sentence: {
      en: `Zoho CRM gives at most ${MOST_COLUMNS} fields at a time. Take some out of the mapping.`,
      fr: `Zoho CRM donne au plus ${MOST_COLUMNS} champs à la fois. Retirez-en de la correspondance.`,
    },
  });
}

/** A person as the CRM holds it. */
export function personRecord(module: PersonModule, row: CrmRecord, fields: readonly string[]): SideRecord {
  const values = Object.fromEntries(fields.map((field) => [field, heldIn(module, row, field)]));
  const name = [row.First_Name, row.Last_Name].filter((part) => typeof part === 'string' && part !== '');
  const label = name.length > 0 ? name.join(' ') : String(values.Email ?? row.id);
  const version = typeof row.Modified_Time === 'string' ? row.Modified_Time : null;
  return { id: row.id, version, values, label };
}

function heldIn(module: PersonModule, row: CrmRecord, field: string): FieldValue {
  if (field === NAME) return { given: textOf(row.First_Name), family: textOf(row.Last_Name) };
  if (field === module.account) return companyName(plain(row[`${field}.Account_Name`] ?? row[field]));
  return plain(row[field]);
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;

/** Lookups by their names; moments in one zone, so that the organisation's is no difference. */
function plain(value: unknown): FieldValue {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === 'object' && value !== null) return plain((value as { name?: unknown }).name);
  if (typeof value === 'string') {
    return MOMENT.test(value) ? new Date(value).toISOString().replace('.000Z', 'Z') : value;
  }
  return typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

/** Values as Zoho takes them; the account, which needs an id, is left to its caller. */
export function crmValues(module: PersonModule, values: FieldValues): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(values)) {
    if (field === module.account) continue;
    if (field === NAME) {
      const name = personName(value);
      out.First_Name = name?.given || null;
      out.Last_Name = name?.family ?? null;
    } else if (module.kinds[field] === 'consent') {
      out[field] = value === true;
    } else {
      out[field] = typeof value === 'string' && MOMENT.test(value) ? value.replace(/Z$/, '+00:00') : value;
    }
  }
  return out;
}
