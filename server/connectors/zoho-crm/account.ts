import { z } from 'zod';
import type { ConnectorHttp, VendorAccount } from '../../core/connector.ts';
import { readAnswer } from '../../core/read-answer.ts';
import { dataCentreOf } from '../families/zoho/data-centres.ts';
import type { ZohoApi } from '../families/zoho/request.ts';
import { VENDOR } from './failures.ts';

const orgSchema = z.object({
  org: z.tuple(
    [
      z.object({
        zgid: z.string(),
        company_name: z.string().nullish(),
        iso_code: z.string().nullish(),
        currency_locale: z.string().nullish(),
        time_zone: z.string().nullish(),
      }),
    ],
    z.unknown(),
  ),
});
const usersSchema = z.object({
  users: z.tuple(
    [
      z.object({
        id: z.string(),
        email: z.string().nullish(),
        full_name: z.string().nullish(),
        locale: z.string().nullish(),
        time_zone: z.string().nullish(),
      }),
    ],
    z.unknown(),
  ),
});

/**
 * Whose CRM this is: the organisation, and how it writes numbers, dates and money. What the organisation
 * does not say is taken from the user who connected it.
 */
export async function readAccount(http: ConnectorHttp, api: ZohoApi): Promise<VendorAccount> {
  const organisation = readAnswer(orgSchema, (await api({ path: '/crm/v8/org' })).body, VENDOR).org[0];
  const answer = await api({ path: '/crm/v8/users', query: { type: 'CurrentUser' } });
  const user = readAnswer(usersSchema, answer.body, VENDOR).users[0];
  const name = organisation.company_name ?? organisation.zgid;
  const person = [user.full_name, user.email].filter(Boolean).join(' · ');
  return {
    id: organisation.zgid,
    name,
    ...(person === '' ? {} : { user: person }),
    facts: {
      organisationId: organisation.zgid,
      name,
      locale: languageTag(organisation.currency_locale ?? user.locale ?? 'en_US'),
      timeZone: organisation.time_zone ?? user.time_zone ?? 'UTC',
      currency: organisation.iso_code ?? 'USD',
      userId: user.id,
      userName: user.full_name ?? user.email ?? user.id,
      webUrl: `https://crm.${dataCentreOf(http.apiUrl).site}/crm/org${organisation.zgid}`,
    },
  };
}

/** `fr_FR` as BCP 47 has it. */
const languageTag = (locale: string): string => locale.replaceAll('_', '-');
