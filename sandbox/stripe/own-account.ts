import { company } from '../company/index.ts';
import { account } from './account.ts';
import type { Operation } from './operation.ts';
import { StripeRefusal } from './refusal.ts';

/**
 * `GET /v1/account`: https://docs.stripe.com/api/accounts/object. A restricted key without the permission is refused,
 * and told of which account: https://github.com/stripe/stripe-node/issues/2246
 */
export const accountOperations: readonly Operation[] = [
  {
    method: 'GET',
    path: '/v1/account',
    parameters: {},
    run({ bearer }) {
      const { id, name, email } = account();
      if (bearer.kind === 'restricted')
        throw new StripeRefusal(403, {
          type: 'invalid_request_error',
          message: `The provided key '${bearer.shown}' does not have the required permissions for this endpoint on account '${id}'. Having the 'rak_accounts_kyc_basic_read' permission would allow this request to continue.`,
        });
      return {
        id,
        object: 'account',
        business_profile: { name, support_email: email, url: null },
        charges_enabled: true,
        country: company.address.countryCode,
        default_currency: 'eur',
        details_submitted: true,
        email,
        payouts_enabled: true,
        settings: { dashboard: { display_name: name, timezone: 'Europe/Paris' } },
        type: 'standard',
      };
    },
  },
];
