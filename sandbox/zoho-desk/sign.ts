import { createPrivateKey, generateKeyPairSync, type JsonWebKey, sign } from 'node:crypto';
import { company } from '../company/index.ts';
import type { Signer } from '../core/sign.ts';
import type { VendorDesk } from '../core/simulator.ts';
import { deskTables, type KeyRow, type WebhookRow } from './rows.ts';

const GOOD_FOR_SECONDS = 300;

/** The key that signs now; an earlier one goes on being published, as its tokens may still be on their way. */
export function signingKey(desk: VendorDesk): KeyRow {
  const newest = deskTables(desk).keys.all().at(-1);
  return newest ?? newKey(desk);
}

export function newKey(desk: VendorDesk): KeyRow {
  const pair = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const row: KeyRow = {
    kid: desk.id('', 12),
    privateKey: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicKey: pair.publicKey.export({ format: 'jwk' }) as JsonWebKey & Record<string, unknown>,
    madeAt: desk.clock().getTime(),
  };
  deskTables(desk).keys.put(row.kid, row);
  return row;
}

/** `/.well-known/jwks.json` */
export function publishedKeys(desk: VendorDesk): object {
  signingKey(desk);
  const keys = deskTables(desk).keys.all().slice(-2);
  return { keys: keys.map(({ kid, publicKey }) => ({ ...publicKey, kid, alg: 'RS256', use: 'sig' })) };
}

/** What a token for a webhook is made with: JSON of the key, its id and the claims. */
export function tokenSecret(desk: VendorDesk, { id }: Pick<WebhookRow, 'id'>): string {
  const { kid, privateKey } = signingKey(desk);
  return JSON.stringify({ kid, privateKey, iss: `orgId:${company.zgid}`, aud: `webhookId:${id}` });
}

interface Secret {
  readonly kid: string;
  readonly privateKey: string;
  readonly iss: string;
  readonly aud: string;
}

const part = (json: object): string => Buffer.from(JSON.stringify(json)).toString('base64url');

/** A token for this delivery; it says nothing of the body. https://desk.zoho.com/support/WebhookDocument.do */
export const deskToken: Signer = ({ secret }, _body, now) => {
  const { kid, privateKey, iss, aud } = JSON.parse(secret) as Secret;
  const iat = Math.floor(now.getTime() / 1_000);
  const head = part({ alg: 'RS256', typ: 'JWT', kid });
  const signed = `${head}.${part({ iss, aud, iat, exp: iat + GOOD_FOR_SECONDS })}`;
  const signature = sign('sha256', Buffer.from(signed), createPrivateKey(privateKey)).toString('base64url');
  return { 'X-ZDesk-JWT': `${signed}.${signature}` };
};
