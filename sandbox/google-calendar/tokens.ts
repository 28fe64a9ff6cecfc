/** What a sync token or a page token stands for; to callers it is opaque. */
export interface ListToken {
  readonly calendar: string;
  readonly epoch: number;
  /** Digest of the parameters that have to stay the same. */
  readonly bound: string;
  /** Changes up to this one are known. */
  readonly change: number;
  readonly offset: number;
}

export function writeToken(kind: 'sync' | 'page', token: ListToken): string {
  const { calendar, epoch, bound, change, offset } = token;
  return Buffer.from(JSON.stringify([kind, calendar, epoch, bound, change, offset])).toString('base64url');
}

/** Null for anything that is no token of this kind. */
export function readToken(kind: 'sync' | 'page', text: string): ListToken | null {
  try {
    const read = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as unknown[];
    const [of, calendar, epoch, bound, change, offset] = read;
    if (of !== kind || typeof calendar !== 'string' || typeof bound !== 'string') return null;
    return { calendar, epoch: Number(epoch), bound, change: Number(change), offset: Number(offset) };
  } catch {
    return null;
  }
}
