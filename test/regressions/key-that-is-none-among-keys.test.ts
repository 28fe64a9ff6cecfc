import { generateKeyPairSync, sign } from 'node:crypto';
import { verify } from '../../server/hooks/verify.ts';

const SCHEMES = [{ kind: 'rsa-sha256', header: 'x-signed' }] as const;
const pair = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const KEY = pair.publicKey.export({ type: 'spki', format: 'pem' }).toString();
const raw = Buffer.from('{"event":"conversation.completed"}');
const signature = sign('sha256', raw, pair.privateKey).toString('base64');
const judged = (secrets: readonly string[], body = raw) =>
  verify(
    SCHEMES,
    { headers: { 'x-signed': signature }, raw: body, body: () => ({}), query: '' },
    () => secrets,
    0,
  );

/** A vendor that makes the key itself stands beside the secret that was ours to give, and that is no key. */
it.each([
  ['before', ['5e1f', KEY]],
  ['after', [KEY, '5e1f']],
])('a secret that is no key, %s the one that signed, shuts no door', (_where, secrets) => {
  expect(judged(secrets)).toEqual({ ok: true });
  expect(judged(secrets, Buffer.from('{}'))).toMatchObject({ ok: false, reason: 'bad-signature' });
});

it('opens nothing by itself', () => {
  expect(judged(['5e1f'])).toMatchObject({ ok: false, status: 401, reason: 'closed' });
});
