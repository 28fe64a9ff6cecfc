import type { Connector } from '../../core/connector.ts';
import type { Sentence } from '../../core/sentence.ts';

/**
 * What people call a field that a vendor names in a refusal (`Closing_Date`, `merge_fields.FNAME`); null where
 * that is not known. The first connector that knows it is believed.
 */
export function fieldTitles(
  connectors: Iterable<Pick<Connector, 'fieldTitles'> | undefined>,
  field: string | null | undefined,
): Sentence | null {
  if (field == null) return null;
  const names = [field, field.slice(field.lastIndexOf('.') + 1)];
  for (const connector of connectors) {
    const known = connector?.fieldTitles ?? {};
    const name = names.find((one) => Object.hasOwn(known, one));
    if (name !== undefined) return known[name] ?? null;
  }
  return null;
}
