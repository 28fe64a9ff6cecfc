import type { ZohoCrmClient } from '../../connectors/zoho-crm/client.ts';
import { placesOf } from '../../core/template.ts';
import { fieldOf } from './message.ts';
import type { Subject } from './subject.ts';

/** Whether the message holds a number of which only the CRM can say whether it is money. */
export const needsFieldKinds = (
  template: string,
  record: Readonly<Record<string, unknown>>,
  { money }: Pick<Subject, 'money'>,
): boolean =>
  placesOf(template).some((place) => {
    const field = fieldOf(place);
    const mayBeMoney = field !== place || typeof record[field] === 'number';
    return mayBeMoney && !money.has(field);
  });

/** API names of the module's fields that hold money. */
export async function moneyFieldsOf(
  client: Pick<ZohoCrmClient, 'fields'>,
  module: string,
  { money }: Pick<Subject, 'money'>,
): Promise<string[]> {
  const fields = await client.fields(module);
  const told = fields.filter(({ type }) => type === 'currency').map(({ apiName }) => apiName);
  return [...new Set([...money, ...told])];
}
