import type { VendorDesk } from '../core/simulator.ts';
import { accounts, inAccount, type StripeAccount } from './account.ts';
import { StripeRefusal } from './refusal.ts';

/** A secret key may do everything; the restricted one may do what Liaison asks for. https://docs.stripe.com/keys */
type Kind = 'restricted' | 'secret';

const PREFIX: Readonly<Record<Kind, string>> = { restricted: 'rk_test_', secret: 'sk_test_' };

/** A key of the account that the desk is of. Made once, and the same after a reset. */
function keyOf(desk: VendorDesk, kind: Kind): string {
  const keys = desk.table<{ key: string }>('keys', { kept: true });
  const held = keys.get(kind) ?? keys.put(kind, { key: desk.id(PREFIX[kind], 48) });
  return held.key;
}

/** The restricted key of the account that the desk is of. */
export const restrictedKey = (desk: VendorDesk): string => keyOf(desk, 'restricted');

/** The secret key of the account that the desk is of. */
export const secretKey = (desk: VendorDesk): string => keyOf(desk, 'secret');

/** Every other key, by what it is called. */
export function furtherKeys(desk: VendorDesk): Record<string, string> {
  const keys = accounts.flatMap((one, index) =>
    inAccount(desk, one, (own): [string, string][] => [
      ...(index === 0 ? [] : [[`stripe ${one.name}`, restrictedKey(own)] as [string, string]]),
      [`stripe ${one.name} secret`, secretKey(own)],
    ]),
  );
  return Object.fromEntries(keys);
}

export interface Bearer {
  readonly account: StripeAccount;
  readonly kind: Kind;
  /** As Stripe shows it: its beginning and its end. */
  readonly shown: string;
}

/** Throws a 401 unless the key comes as a bearer token or as the user name of HTTP Basic. */
export function authorise(desk: VendorDesk, authorization: string | undefined): Bearer {
  const [scheme = '', value = ''] = (authorization ?? '').split(' ');
  const basic = scheme.toLowerCase() === 'basic';
  const given = basic ? (Buffer.from(value, 'base64').toString('utf8').split(':')[0] ?? '') : value;
  const known = basic || scheme.toLowerCase() === 'bearer';
  if (!known || given === '')
    throw unauthorised('No API key was given. Send it as a bearer token in the Authorization header.');
  const shown = `${given.slice(0, 8)}****${given.slice(-4)}`;
  for (const account of accounts) {
    for (const kind of ['restricted', 'secret'] as const)
      if (inAccount(desk, account, (own) => keyOf(own, kind)) === given) return { account, kind, shown };
  }
  throw unauthorised(`Invalid API Key provided: ${shown}`);
}

function unauthorised(message: string): StripeRefusal {
  return new StripeRefusal(
    401,
    { type: 'invalid_request_error', message },
    { 'WWW-Authenticate': 'Basic realm="Stripe"' },
  );
}
