import { z } from 'zod';
import type { VendorDesk } from '../core/simulator.ts';
import { type AddressRow, addressOf, PLAIN_ANSWER, receiverTables, type ServedRow } from './rows.ts';

/** The official library takes 24 to 64 bytes behind `whsec_`. */
const SECRET = /^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/;

const wishes = z.discriminatedUnion('act', [
  /** The application's owner pastes the secret that was copied; an empty one takes it away. */
  z.strictObject({ act: z.literal('set-secret'), address: z.string(), secret: z.string() }),
  /** The application has trouble, or is well again. */
  z.strictObject({
    act: z.literal('set-answer'),
    address: z.string(),
    status: z.int().min(200).max(599),
    body: z.string().default('ok'),
    location: z.string().nullable().default(null),
  }),
  /** A file of the application stands at an address, or something else is answered there. */
  z.strictObject({
    act: z.literal('serve'),
    address: z.string(),
    status: z.int().min(200).max(599).default(200),
    contentType: z.string().default('application/pdf'),
    text: z.string().default(''),
    location: z.string().nullable().default(null),
  }),
]);

/** `https://hooks.example.com/liaison` as the tables know it. */
export const plainAddress = (text: string): string =>
  text
    .trim()
    .replace(/^https?:\/\//, '')
    .replace(/[?#].*$/s, '')
    .replace(/\/$/, '');

export function act(desk: VendorDesk, wish: Readonly<Record<string, unknown>>): AddressRow | ServedRow {
  const asked = wishes.safeParse(wish);
  if (!asked.success) throw new Error(`The application does not know this act: ${asked.error.message}`);
  const wanted = asked.data;
  if (wanted.act === 'serve') {
    const { act: _act, ...served } = wanted;
    const address = plainAddress(served.address);
    return receiverTables(desk).served.put(address, { ...served, address });
  }
  const row = addressOf(desk, plainAddress(wanted.address));
  if (wanted.act === 'set-secret') return keep(desk, { ...row, secret: secretOf(wanted.secret) });
  const { status, body, location } = wanted;
  return keep(desk, { ...row, answer: { ...PLAIN_ANSWER, status, body, location } });
}

function secretOf(text: string): string | null {
  const secret = text.trim();
  if (secret === '') return null;
  if (!SECRET.test(secret)) throw new Error('A secret begins with whsec_ and is copied whole.');
  return secret;
}

const keep = (desk: VendorDesk, row: AddressRow): AddressRow =>
  receiverTables(desk).addresses.put(row.address, row);
