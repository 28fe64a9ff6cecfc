import { LiaisonError } from '../core/errors.ts';
import {
  answeredInstead,
  FETCHED_TOO_LARGE,
  type FetchedFile,
  NO_ADDRESS,
  NOT_PUBLIC,
  nameInAddress,
} from '../core/forms/fetched-file.ts';
import { classifyTransport } from './classify-transport.ts';
import type { Door } from './door.ts';
import { type TransportAnswer, TransportFailure } from './transport.ts';

/** Under this path of the sandbox stands whatever application somebody names. */
const SIMULATOR = 'receiver';
const PATIENCE_MS = 30_000;
/** Answers that may be others the next time. */
const PASSING = new Set([408, 425, 429]);

interface Download {
  readonly signal: AbortSignal | undefined;
  /** Called once it is over, with what was answered; null: nothing was. */
  onAnswer(url: URL, answer: TransportAnswer | null): void;
}

/**
 * Reads a file from an address that somebody else wrote: with no credential, from public addresses only, and from
 * nowhere that it may be led to instead. Rejects with a LiaisonError where it may be had later.
 */
export async function download(
  door: Pick<Door, 'send'>,
  address: string,
  { signal, onAnswer }: Download,
): Promise<FetchedFile> {
  if (!URL.canParse(address)) return { refused: NO_ADDRESS };
  const url = new URL(address);
  if (url.protocol !== 'https:') return { refused: NO_ADDRESS };
  const { hostname } = url;
  let answer: TransportAnswer;
  try {
    answer = await door.send(
      { id: SIMULATOR, hosts: { [hostname]: `${SIMULATOR}/${hostname}` } },
      { url, method: 'GET', headers: { accept: '*/*' }, body: null, timeoutMs: PATIENCE_MS, signal },
    );
  } catch (thrown) {
    onAnswer(url, null);
    // The door's own refusal.
    if (thrown instanceof LiaisonError) return { refused: NOT_PUBLIC };
    if (!(thrown instanceof TransportFailure)) throw thrown;
    if (thrown.reason === 'forbidden') return { refused: NOT_PUBLIC };
    if (thrown.reason === 'too-large') return { refused: FETCHED_TOO_LARGE };
    throw classifyTransport(thrown, 'GET', hostname);
  }
  onAnswer(url, answer);
  const { status, headers, bytes } = answer;
  if (status >= 500 || PASSING.has(status))
    throw new LiaisonError('retry-later', { sentence: notNow(hostname, status) });
  if (status !== 200) return { refused: answeredInstead(status) };
  return { name: nameInAddress(address), contentType: headers.get('content-type') ?? '', bytes };
}

const notNow = (host: string, status: number) => ({
  en: `A file could not be fetched: ${host} answered ${status}. Liaison tries again.`,
  fr: `Un fichier n’a pas pu être récupéré\u00a0: ${host} a répondu ${status}. Liaison réessaie.`,
});
