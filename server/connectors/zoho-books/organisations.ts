import { z } from 'zod';
import type { ConnectorHttp, VendorAccount } from '../../core/connector.ts';
import { LiaisonError } from '../../core/errors.ts';
import { readAnswer } from '../../core/read-answer.ts';
import { dataCentreOf } from '../families/zoho/data-centres.ts';
import { zohoApi } from '../families/zoho/request.ts';
import type { BooksCall } from './api.ts';
import { VENDOR } from './failures.ts';

export interface BooksCurrency {
  readonly id: string;
  /** ISO 4217. */
  readonly code: string;
  readonly isBase: boolean;
}

const organisationsSchema = z.object({
  organizations: z.array(
    z.object({
      organization_id: z.string(),
      name: z.string(),
      is_default_org: z.boolean().catch(false),
      currency_code: z.string().nullish(),
      time_zone: z.string().nullish(),
    }),
  ),
});

const currencySchema = z
  .object({ currency_id: z.string(), currency_code: z.string(), is_base_currency: z.boolean().catch(false) })
  .transform(
    (currency): BooksCurrency => ({
      id: currency.currency_id,
      code: currency.currency_code,
      isBase: currency.is_base_currency,
    }),
  );

export interface BooksTax {
  readonly id: string;
  /** In per cent; of a group of taxes the sum. */
  readonly percent: number;
}

const taxSchema = z
  .object({ tax_id: z.string(), tax_percentage: z.coerce.number() })
  .transform((tax): BooksTax => ({ id: tax.tax_id, percent: tax.tax_percentage }));

export function settingCalls(call: BooksCall) {
  return {
    /** Taxes that lines can bear; at most 200. */
    taxes(): Promise<BooksTax[]> {
      return call({ path: '/settings/taxes', query: { per_page: 200 } }, 'taxes', z.array(taxSchema));
    },

    /** Currencies that the organisation keeps books in. */
    currencies(): Promise<BooksCurrency[]> {
      return call({ path: '/settings/currencies' }, 'currencies', z.array(currencySchema));
    },
  };
}

/** The organisation whose books these are: the user's default one where there are several. */
export async function readAccount(http: ConnectorHttp): Promise<VendorAccount> {
  const { body } = await zohoApi(http)({ path: '/books/v3/organizations' });
  const { organizations } = readAnswer(organisationsSchema, body, VENDOR);
  const organisation = organizations.find((one) => one.is_default_org) ?? organizations[0];
  if (organisation === undefined) throw noOrganisation();
  return {
    id: organisation.organization_id,
    name: organisation.name,
    facts: {
      organisationId: organisation.organization_id,
      currency: organisation.currency_code ?? 'USD',
      timeZone: organisation.time_zone ?? 'UTC',
      webUrl: `https://books.${dataCentreOf(http.apiUrl).site}/app/${organisation.organization_id}`,
    },
  };
}

function noOrganisation(): LiaisonError {
  return new LiaisonError('rejected', {
    sentence: {
      en: 'This user belongs to no Zoho Books organisation. Connect as a user of the organisation whose books are meant.',
      fr: 'Cet utilisateur n’appartient à aucune organisation Zoho Books. Connectez un utilisateur de l’organisation voulue.',
    },
  });
}
