import { z } from 'zod';
import { foldText } from '../../core/cells/fold-text.ts';
import { readAnswer } from '../../core/read-answer.ts';
import { ifGone } from '../../kit/if-gone.ts';
import type { ZohoApi } from '../families/zoho/request.ts';
import { VENDOR } from './failures.ts';
import type { CrmRecord } from './records.ts';

/** As older answers write it, and newer ones. */
const idSchema = z
  .union([z.string(), z.object({ id: z.string() }).transform(({ id }) => id)])
  .nullish()
  .catch(null);
const leadSchema = z.object({
  data: z.array(
    z.object({
      Converted_Contact: idSchema,
      $converted_detail: z.object({ contact: idSchema }).nullish().catch(null),
    }),
  ),
});
const foundSchema = z.object({ data: z.array(z.looseObject({ id: z.string() })) });

/** Of so many leads of one person, the last to be changed, it is read what they became. */
const MOST_LEADS = 5;
const FIELDS = ['Email', 'Secondary_Email', 'Modified_Time'];

/**
 * Leads that were converted: the CRM keeps them, and shows them to nobody who does not ask for them. What they became is
 * told with a lead that is read by itself alone.
 * https://www.zoho.com/crm/developer/docs/api/v8/search-records.html, get-records.html
 */
export function convertedCalls(api: ZohoApi) {
  /** The contact that a lead became; null: it is none that was converted, or became no contact. */
  const contactOfLead = (lead: string): Promise<string | null> =>
    ifGone(async () => {
      const path = `/crm/v8/Leads/${encodeURIComponent(lead)}`;
      const { body } = await api({ path, query: { converted: 'true' } });
      if (body === null) return null;
      const [found] = readAnswer(leadSchema, body, VENDOR).data;
      return found?.Converted_Contact ?? found?.$converted_detail?.contact ?? null;
    }, null);

  return {
    contactOfLead,

    /**
     * Contacts that leads with this address became, of the lead that changed last first: they may have another address
     * by now, or none.
     */
    async contactsOfConverted(email: string): Promise<string[]> {
      const query = { email, converted: 'true', fields: FIELDS.join(','), per_page: 200 };
      const { body } = await api({ path: '/crm/v8/Leads/search', query });
      if (body === null) return [];
      const has = (lead: CrmRecord): boolean =>
        [lead.Email, lead.Secondary_Email].some((one) => foldText(String(one ?? '')) === foldText(email));
      const leads = readAnswer(foundSchema, body, VENDOR)
        .data.filter(has)
        .sort((one, other) => String(other.Modified_Time).localeCompare(String(one.Modified_Time)));
      const contacts: string[] = [];
      for (const { id } of leads.slice(0, MOST_LEADS)) {
        const contact = await contactOfLead(id);
        if (contact !== null && !contacts.includes(contact)) contacts.push(contact);
      }
      return contacts;
    },
  };
}
