import type Stripe from 'stripe';
import type { KeyAccount } from '../../core/account-of-key.ts';
import { asLiaisonError } from '../../core/errors.ts';
import { vendorCall } from '../../core/vendor-call.ts';
import { ifFailed } from '../../kit/if-gone.ts';

/** How Stripe writes an account's id, wherever it says one. */
const ACCOUNT_ID = /\bacct_[A-Za-z0-9]{8,64}\b/;

/**
 * Whose account the key opens. A secret key may read the account; a restricted one mostly may not, and is told so
 * with the id of the account (`… on account 'acct_…'`). Where the refusal leaves it out, the page of an invoice names
 * it (`https://invoice.stripe.com/i/acct_…/…`). https://docs.stripe.com/api/accounts/object,
 * https://docs.stripe.com/keys/restricted-api-keys, https://docs.stripe.com/api/invoices/object
 *
 * @throws LiaisonError with `reconnect` when the key is no good, `rejected` where it may not read events.
 */
export async function readAccount(stripe: Stripe): Promise<KeyAccount> {
  // What a sweep needs is asked for first: a key that cannot do the work is refused when it is pasted.
  await vendorCall(() => stripe.events.list({ limit: 1 }));
  const read = await ownAccount(stripe);
  if (typeof read === 'object') return { id: read.id, name: nameOf(read) };
  const [invoice] = await ifFailed(
    ['rejected', 'gone', 'unknown'],
    async () => (await vendorCall(() => stripe.invoices.list({ limit: 1 }))).data,
    [],
  );
  const id = ACCOUNT_ID.exec(read)?.[0] ?? ACCOUNT_ID.exec(invoice?.hosted_invoice_url ?? '')?.[0];
  const name = invoice?.account_name ?? id ?? 'Stripe';
  return id === undefined ? { id: 'stripe', name, isUnsaid: true } : { id, name };
}

/** The account; where the key may not read it, what Stripe says instead. */
async function ownAccount(stripe: Stripe): Promise<Stripe.Account | string> {
  try {
    return await vendorCall(() => stripe.accounts.retrieveCurrent());
  } catch (thrown) {
    const error = asLiaisonError(thrown);
    if (!['rejected', 'gone', 'unknown'].includes(error.kind)) throw error;
    return error.details.vendorMessage ?? '';
  }
}

const nameOf = ({ id, settings, business_profile: profile, email }: Stripe.Account): string =>
  [settings?.dashboard.display_name, profile?.name, email].find((name) => name) ?? id;
