import type { VendorDesk } from '../core/simulator.ts';
import { errorInfo, GoogleRefusal } from '../google/refusal.ts';
import { peopleTables } from './rows.ts';

/** https://developers.google.com/people/api/rest/v1/people.connections/list */
const LIFE_MS = 7 * 24 * 3600_000;

/** Where a list goes on: its next page, or what changed since its end. */
export interface ListToken {
  readonly kind: 'page' | 'sync';
  /** Changes up to this number were shown. */
  readonly after: number;
  /** For the last page: changes up to this number will have been shown by the whole list. */
  readonly upTo: number;
  /** When the full sync began; milliseconds since 1970. */
  readonly fullAt: number;
  /** Parameters that must stay the same. */
  readonly parameters: string;
  /** A page of changes, not of everything. */
  readonly changes: boolean;
  readonly epoch: string;
}

/** A new value ends every token: after a reset, and when a test asks for it. */
export function startEpoch(desk: VendorDesk): void {
  peopleTables(desk).epoch.put('epoch', { value: desk.id('', 8) });
}

const epochOf = (desk: VendorDesk): string => peopleTables(desk).epoch.get('epoch')?.value ?? '';

export function writeToken(desk: VendorDesk, token: Omit<ListToken, 'epoch'>): string {
  return Buffer.from(JSON.stringify({ ...token, epoch: epochOf(desk) })).toString('base64url');
}

/**
 * @throws EXPIRED_SYNC_TOKEN for a token of more than seven days after the full sync; a plain 400 for text
 *   that is no token, and for one that came with other parameters.
 */
export function readToken(
  desk: VendorDesk,
  text: string,
  { kind, parameters }: Pick<ListToken, 'kind' | 'parameters'>,
): ListToken {
  const token = decoded(text);
  if (token?.kind !== kind) throw new GoogleRefusal(400, 'Request contains an invalid argument.');
  const expired = desk.clock().getTime() >= token.fullAt + LIFE_MS;
  if (kind === 'sync' && (expired || token.epoch !== epochOf(desk)))
    throw new GoogleRefusal(
      400,
      'Sync token is expired. Clear local cache and retry call without the sync token.',
      {
        status: 'FAILED_PRECONDITION',
        reason: 'failedPrecondition',
        details: [errorInfo('EXPIRED_SYNC_TOKEN', 'people.googleapis.com')],
      },
    );
  if (token.epoch !== epochOf(desk) || token.parameters !== parameters)
    throw new GoogleRefusal(
      400,
      `Request parameters must match those of the first call, which gave the ${kind} token.`,
    );
  return token;
}

function decoded(text: string): ListToken | undefined {
  try {
    const token: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    return typeof token === 'object' && token !== null ? (token as ListToken) : undefined;
  } catch {
    return undefined;
  }
}
