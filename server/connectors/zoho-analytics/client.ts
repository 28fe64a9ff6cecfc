import { z } from 'zod';
import type { ConnectorHttp, VendorAccount } from '../../core/connector.ts';
import { LiaisonError } from '../../core/errors.ts';
import { dataCentreOf } from '../families/zoho/data-centres.ts';
import { analyticsApi, idSchema } from './api.ts';
import { importCalls } from './imports.ts';
import { rowCalls } from './rows.ts';
import { tableCalls } from './tables.ts';

export type ZohoAnalyticsClient = ReturnType<typeof zohoAnalyticsClient>;

const organisationsSchema = z.object({
  orgs: z.array(
    z.object({ orgId: idSchema, orgName: z.string().catch(''), isDefault: z.boolean().catch(false) }),
  ),
});

/** Zoho Analytics' API v2, as the person who connected it. Rejects with LiaisonErrors only. */
export function zohoAnalyticsClient(http: ConnectorHttp) {
  const call = analyticsApi(http);
  return {
    ...tableCalls(call, http.account.id),
    ...importCalls(call),
    ...rowCalls(call),

    /** The organisation that is opened by itself. */
    async whose(): Promise<VendorAccount> {
      const { orgs } = await call(null, { path: '/orgs' }, organisationsSchema);
      const own = orgs.find(({ isDefault }) => isDefault) ?? orgs[0];
      if (own === undefined) throw noOrganisation();
      return {
        id: own.orgId,
        name: own.orgName || own.orgId,
        facts: { webUrl: `https://analytics.${dataCentreOf(http.apiUrl).site}` },
      };
    },
  };
}

function noOrganisation(): LiaisonError {
  return new LiaisonError('rejected', {
    sentence: {
      en: 'This user belongs to no Zoho Analytics organisation. Connect as a user of the one that is meant.',
      fr: 'Cet utilisateur n’appartient à aucune organisation Zoho Analytics. Connectez un utilisateur de celle qui est voulue.',
    },
  });
}
