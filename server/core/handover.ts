import type { Sentence } from './sentence.ts';

/** What a site is asked on its own page, and where its answers go. */
export interface HandoverVisit {
  /** What the keys will be known by: told to the site alone, used once. */
  readonly ticket: string;
  /** Where the site sends the keys. */
  readonly callbackUrl: string;
  /** Where it sends the browser afterwards. */
  readonly returnUrl: string;
}

export interface HandedKeys {
  readonly ticket: string;
  /** By the names of the fields that are asked for where keys are typed. */
  readonly keys: Readonly<Record<string, string>>;
  /** They may do what Liaison asked for. */
  readonly isEnough: boolean;
}

/**
 * For vendors whose sites make keys on a page of their own, once a person consents there, and send them to Liaison by a
 * request of their own. Nothing in that request is signed: it is believed by the ticket alone.
 */
export interface Handover {
  /** The page, as a path below the site. */
  readonly path: string;
  parameters(visit: HandoverVisit): Readonly<Record<string, string>>;
  /** The body that the site sends; null: it is no keys. */
  read(body: unknown): HandedKeys | null;
  /** What the browser comes back with. */
  back(query: URLSearchParams): { readonly ticket: string; readonly isAccepted: boolean };
}

const THIS_MACHINE = /^(localhost|.+\.localhost|\[::1\]|127(\.\d+){3})$/;
/** A site sends to these ports and no others: wp_http_validate_url, https://developer.wordpress.org/reference/ */
const PORTS: ReadonlySet<string> = new Set(['', '80', '8080']);

/**
 * Why no site can send keys to a server, in words; null: it can. A vendor's site sends secrets over https only. The
 * sandbox's sites stand on this machine, and reach it without.
 */
export function whyNotHandedOver(publicUrl: string, isSandbox: boolean): Sentence | null {
  const { protocol, hostname, port } = new URL(publicUrl);
  const isHere = THIS_MACHINE.test(hostname);
  if (isSandbox ? isHere || protocol === 'https:' : protocol === 'https:' && !isHere && PORTS.has(port))
    return null;
  return {
    en: `The shop can send its keys to Liaison by itself only where Liaison has a public address that begins with https and names no port; here it is ${publicUrl}. So the keys are made in the shop and typed here.`,
    fr: `La boutique ne peut envoyer elle-même ses clés à Liaison que si Liaison a une adresse publique qui commence par https et ne nomme aucun port\u00a0; ici, c’est ${publicUrl}. Les clés se créent donc dans la boutique et se saisissent ici.`,
  };
}
