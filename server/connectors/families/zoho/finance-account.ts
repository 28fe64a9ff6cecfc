import { z } from 'zod';
import type { ConnectorHttp, VendorAccount } from '../../../core/connector.ts';
import { LiaisonError } from '../../../core/errors.ts';
import { readAnswer } from '../../../core/read-answer.ts';
import { dataCentreOf } from './data-centres.ts';
import { zohoApi } from './request.ts';

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

/** Which application of Zoho's finance suite. */
interface Application {
  /** Its title. */
  readonly vendor: string;
  /** `/books/v3` */
  readonly base: string;
  /** Where its people work: `books` of `books.zoho.eu`. */
  readonly site: string;
}

/** The organisation that an account is of: the user's default one where there are several. */
export async function readFinanceAccount(
  http: ConnectorHttp,
  { vendor, base, site }: Application,
): Promise<VendorAccount> {
  const { body } = await zohoApi(http)({ path: `${base}/organizations` });
  const { organizations } = readAnswer(organisationsSchema, body, vendor);
  const organisation = organizations.find((one) => one.is_default_org) ?? organizations[0];
  if (organisation === undefined) throw noOrganisation(vendor);
  return {
    id: organisation.organization_id,
    name: organisation.name,
    facts: {
      organisationId: organisation.organization_id,
      currency: organisation.currency_code ?? 'USD',
      timeZone: organisation.time_zone ?? 'UTC',
      webUrl: `https://${site}.${dataCentreOf(http.apiUrl).site}/app/${organisation.organization_id}`,
    },
  };
}

function noOrganisation(vendor: string): LiaisonError {
  return new LiaisonError('rejected', {
    sentence: {
      en: `This user belongs to no ${vendor} organisation. Connect as a user of the organisation that is meant.`,
      fr: `Cet utilisateur n’appartient à aucune organisation ${vendor}. Connectez un utilisateur de l’organisation voulue.`,
    },
  });
}
