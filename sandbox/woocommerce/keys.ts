import type { Request } from 'express';
import type { VendorDesk } from '../core/simulator.ts';
import { WooRefusal } from './refusal.ts';
import { wooTables } from './rows.ts';

/** The key that an admin would copy from the shop's settings, in its two parts. */
export function shopKey(desk: VendorDesk): { readonly key: string; readonly secret: string } {
  const { keys } = wooTables(desk);
  const text = (prefix: string) => `${prefix}_${desk.id('', 40).toLowerCase()}`;
  return keys.get('own') ?? keys.put('own', { key: text('ck'), secret: text('cs') });
}

/** Lets in a request with the key, as basic authentication (the sandbox stands for a shop behind TLS). */
export function admit(desk: VendorDesk, request: Request): void {
  const [scheme = '', encoded = ''] = (request.get('authorization') ?? '').split(' ');
  if (scheme !== 'Basic')
    throw new WooRefusal(401, 'woocommerce_rest_cannot_view', 'Sorry, you cannot list resources.');
  const [key, secret] = Buffer.from(encoded, 'base64').toString('utf8').split(/:(.*)/s);
  const own = shopKey(desk);
  if (key !== own.key)
    throw new WooRefusal(401, 'woocommerce_rest_authentication_error', 'Consumer key is invalid.');
  if (secret !== own.secret)
    throw new WooRefusal(401, 'woocommerce_rest_authentication_error', 'Consumer secret is invalid.');
}
