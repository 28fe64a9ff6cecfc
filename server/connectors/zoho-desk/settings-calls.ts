import { z } from 'zod';
import type { ConnectorHttp, VendorAccount } from '../../core/connector.ts';
import { LiaisonError } from '../../core/errors.ts';
import type { OfferedValue } from '../../core/flow.ts';
import { dataCentreOf } from '../families/zoho/data-centres.ts';
import { type DeskCall, idSchema, PAGE, rowsOf } from './api.ts';

const organisations = rowsOf(
  z.object({
    id: idSchema,
    companyName: z.string(),
    portalName: z.string().nullish(),
    isDefault: z.boolean().catch(false),
  }),
);
const departments = rowsOf(
  z.object({ id: idSchema, name: z.string(), isDefault: z.boolean().nullish().catch(false) }),
);
const fields = rowsOf(
  z.object({
    apiName: z.string(),
    allowedValues: z
      .array(z.object({ value: z.string() }))
      .nullish()
      .catch(null),
  }),
);
const contacts = rowsOf(
  z.object({
    id: idSchema,
    firstName: z.string().nullish(),
    lastName: z.string().nullish(),
    email: z.string().nullish(),
    secondaryEmail: z.string().nullish(),
  }),
);

export interface DeskContact {
  readonly id: string;
  readonly name: string;
}

export function settingsCalls(call: DeskCall, http: ConnectorHttp) {
  return {
    /** Those that are in use, the portal's default one first. */
    async departments(): Promise<readonly OfferedValue[]> {
      const query = { isEnabled: 'true', limit: 200 };
      const { data } = await call({ path: '/departments', query }, departments);
      return data.rows
        .toSorted((one, other) => Number(other.isDefault) - Number(one.isDefault))
        .map(({ id, name }) => ({ value: id, title: name }));
    },

    /** In the portal's own words and order. */
    async priorities(): Promise<readonly OfferedValue[]> {
      const { data } = await call({ path: '/organizationFields', query: { module: 'tickets' } }, fields);
      const found = data.rows.find(({ apiName }) => apiName === 'priority')?.allowedValues ?? [];
      return found.map(({ value }) => ({ value, title: value }));
    },

    /** Who has exactly this address; from the index, which comes minutes late. */
    async contactsWith(email: string): Promise<readonly DeskContact[]> {
      const query = { _all: email, limit: PAGE };
      const { data } = await call({ path: '/contacts/search', query }, contacts);
      const sought = email.toLowerCase();
      return data.rows
        .filter((one) => [one.email, one.secondaryEmail].some((own) => own?.toLowerCase() === sought))
        .map(({ id, firstName, lastName }) => ({
          id,
          name: [firstName, lastName].filter(Boolean).join(' ') || email,
        }));
    },

    /** The portal of whoever connected: the default one where there are several. */
    async whose(): Promise<VendorAccount> {
      const { data } = await call({ path: '/organizations' }, organisations);
      const one = data.rows.find(({ isDefault }) => isDefault) ?? data.rows[0];
      if (one === undefined) throw noPortal();
      const { site } = dataCentreOf(http.apiUrl);
      const portal = one.portalName ?? one.id;
      return {
        id: one.id,
        name: one.companyName,
        facts: { portalUrl: `https://desk.${site}/agent/${encodeURIComponent(portal)}` },
      };
    },
  };
}

function noPortal(): LiaisonError {
  return new LiaisonError('rejected', {
    sentence: {
      en: 'This user belongs to no Zoho Desk portal. Connect as an agent of the portal that is meant.',
      fr: 'Cet utilisateur n’appartient à aucun portail Zoho Desk. Connectez un agent du portail voulu.',
    },
  });
}
