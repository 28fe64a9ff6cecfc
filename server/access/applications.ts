import type { OAuthClient } from '../core/registration.ts';
import type { Sentence } from '../core/sentence.ts';
import { isLoopback } from './loopback.ts';

/** Another application that people may let act in Liaison in their name, as this server was told of it. */
export interface RegisteredApplication {
  readonly id: string;
  readonly titles: Sentence;
  readonly client: OAuthClient;
  /** Where the browser may be sent back to, letter for letter. */
  readonly redirects: readonly string[];
  /** Any address of this machine too: only in the sandbox. RFC 8252, 7.3. */
  readonly loopback: boolean;
}

/** The applications that Liaison knows how to speak with; a server serves those that it holds a registration of. */
const KNOWN: readonly Pick<RegisteredApplication, 'id' | 'titles'>[] = [
  { id: 'zapier', titles: { en: 'Zapier', fr: 'Zapier' } },
];

export interface ApplicationsParts {
  readonly oauthClient: (name: string) => OAuthClient | null;
  readonly redirectsOf: (name: string) => readonly string[];
  readonly isSandbox: boolean;
}

/** By client id. One without a client, or without an address to send people back to, is not served. */
export function registeredApplications(parts: ApplicationsParts): ReadonlyMap<string, RegisteredApplication> {
  const found = KNOWN.flatMap(({ id, titles }): RegisteredApplication[] => {
    const client = parts.oauthClient(id);
    const redirects = parts.redirectsOf(id);
    if (client === null || (redirects.length === 0 && !parts.isSandbox)) return [];
    return [{ id, titles, client, redirects, loopback: parts.isSandbox }];
  });
  return new Map(found.map((one) => [one.client.id, one]));
}

/** Whether the browser may be sent back to this address. */
export const mayReturnTo = ({ redirects, loopback }: RegisteredApplication, address: string): boolean =>
  redirects.includes(address) || (loopback && isLoopback(address));

/** What an application is called; one that is registered no longer goes by its id. */
export const applicationTitles = (id: string): Sentence =>
  KNOWN.find((one) => one.id === id)?.titles ?? { en: id, fr: id };
