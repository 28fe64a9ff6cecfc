import type { VendorDesk } from '../core/simulator.ts';
import { StripeRefusal } from './refusal.ts';

/** The account's restricted key. Made once, and the same after a reset. */
export function restrictedKey(desk: VendorDesk): string {
  const keys = desk.table<{ key: string }>('keys', { kept: true });
  const held = keys.get('restricted') ?? keys.put('restricted', { key: desk.id('rk_test_', 48) });
  return held.key;
}

/** Throws a 401 unless the key comes as a bearer token or as the user name of HTTP Basic. */
export function authorise(desk: VendorDesk, authorization: string | undefined): void {
  const [scheme = '', value = ''] = (authorization ?? '').split(' ');
  const basic = scheme.toLowerCase() === 'basic';
  const given = basic ? (Buffer.from(value, 'base64').toString('utf8').split(':')[0] ?? '') : value;
  const known = basic || scheme.toLowerCase() === 'bearer';
  if (!known || given === '')
    throw unauthorised('No API key was given. Send it as a bearer token in the Authorization header.');
  if (given !== restrictedKey(desk))
    throw unauthorised(`Invalid API Key provided: ${given.slice(0, 8)}****${given.slice(-4)}`);
}

function unauthorised(message: string): StripeRefusal {
  return new StripeRefusal(
    401,
    { type: 'invalid_request_error', message },
    { 'WWW-Authenticate': 'Basic realm="Stripe"' },
  );
}
