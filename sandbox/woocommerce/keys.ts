import type { Request } from 'express';
import type { VendorDesk } from '../core/simulator.ts';
import { WooRefusal } from './refusal.ts';
import { type KeyRow, nextNumber, wooTables } from './rows.ts';

const newKey = (desk: VendorDesk) => {
  const text = (prefix: string) => `${prefix}_${desk.id('', 40).toLowerCase()}`;
  return { key: text('ck'), secret: text('cs') };
};

/** The key that an admin would copy from the shop's settings, in its two parts. */
export function shopKey(desk: VendorDesk): { readonly key: string; readonly secret: string } {
  const { keys } = wooTables(desk);
  return keys.get('own') ?? keys.put('own', newKey(desk));
}

/** A key that the shop makes for an application, under its number. */
export function makeKey(desk: VendorDesk, about: Required<Pick<KeyRow, 'permissions' | 'description'>>) {
  const id = nextNumber(desk, 'key');
  return { id, row: wooTables(desk).keys.put(String(id), { ...newKey(desk), ...about }) };
}

/** Lets in a request with the key, as basic authentication (the sandbox stands for a shop behind TLS). */
export function admit(desk: VendorDesk, request: Request): void {
  const [scheme = '', encoded = ''] = (request.get('authorization') ?? '').split(' ');
  if (scheme !== 'Basic')
    throw new WooRefusal(401, 'woocommerce_rest_cannot_view', 'Sorry, you cannot list resources.');
  const [key, secret] = Buffer.from(encoded, 'base64').toString('utf8').split(/:(.*)/s);
  shopKey(desk);
  const held = wooTables(desk)
    .keys.all()
    .find((row) => row.key === key);
  if (held === undefined)
    throw new WooRefusal(401, 'woocommerce_rest_authentication_error', 'Consumer key is invalid.');
  if (secret !== held.secret)
    throw new WooRefusal(401, 'woocommerce_rest_authentication_error', 'Consumer secret is invalid.');
  const { permissions = 'read_write' } = held;
  const isRead = ['GET', 'HEAD'].includes(request.method);
  if (permissions !== 'read_write' && permissions !== (isRead ? 'read' : 'write'))
    throw new WooRefusal(
      401,
      'woocommerce_rest_authentication_error',
      `The API key provided does not have ${isRead ? 'read' : 'write'} permissions.`,
    );
}
