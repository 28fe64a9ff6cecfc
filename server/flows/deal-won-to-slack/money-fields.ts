import type { ZohoCrmClient } from '../../connectors/zoho-crm/client.ts';
import { placesOf } from '../../core/template.ts';
import { fieldOf, STANDARD_MONEY } from './message.ts';

/** Whether the message holds a number of which only the CRM can say whether it is money. */
export const needsFieldKinds = (template: string, deal: Readonly<Record<string, unknown>>): boolean =>
  placesOf(template).some((place) => {
    const field = fieldOf(place);
    const mayBeMoney = field !== place || typeof deal[field] === 'number';
    return mayBeMoney && !STANDARD_MONEY.has(field);
  });

/** API names of the fields of deals that hold money. */
export async function moneyFieldsOf(client: Pick<ZohoCrmClient, 'fields'>): Promise<string[]> {
  const fields = await client.fields('Deals');
  const money = fields.filter(({ type }) => type === 'currency').map(({ apiName }) => apiName);
  return [...new Set([...STANDARD_MONEY, ...money])];
}
