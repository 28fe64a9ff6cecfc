import type { Sentence } from '../sentence.ts';

const LONGEST = 2_000;
/** Names that are one machine's or one network's own. RFC 6761, RFC 6762, RFC 8375. */
const LOCAL_NAME = /(^|\.)(localhost|local|internal|intranet|lan|home|corp|home\.arpa)$/;

/**
 * Reads the address of a receiver. That its name leads into no private network is seen at every attempt, by the
 * addresses that it then has.
 *
 * @param text as somebody typed or pasted it.
 * @returns the address as it is stored, or why it cannot be one.
 */
export function readReceiverAddress(text: string): { readonly url: string } | { readonly refused: Sentence } {
  const trimmed = text.trim();
  const url = trimmed.length <= LONGEST ? URL.parse(trimmed) : null;
  if (url === null) return { refused: NO_ADDRESS };
  if (url.protocol !== 'https:') return { refused: NOT_SECURE };
  if (url.username !== '' || url.password !== '') return { refused: WITH_NAME };
  if (url.port !== '') return { refused: WITH_PORT };
  const host = url.hostname.replace(/\.+$/, '');
  // A name without a dot is one of the own network's; what ends in a digit, or stands in brackets, is a number.
  const isName = /\.[a-z][a-z0-9-]*$/.test(host) && !LOCAL_NAME.test(host);
  if (!isName) return { refused: NOT_PUBLIC };
  url.hostname = host;
  url.hash = '';
  return { url: url.href };
}

const NO_ADDRESS: Sentence = {
  en: 'This is not a web address. It looks like https://hooks.example.com/liaison.',
  fr: 'Ceci n’est pas une adresse web. Elle ressemble à https://hooks.example.com/liaison.',
};
const NOT_SECURE: Sentence = {
  en: 'The address must begin with https://.',
  fr: 'L’adresse doit commencer par https://.',
};
const WITH_NAME: Sentence = {
  en: 'The address must hold no user name and no password: what is sent is signed instead.',
  fr: 'L’adresse ne doit contenir ni nom d’utilisateur ni mot de passe\u00a0: ce qui est envoyé est signé à la place.',
};
const WITH_PORT: Sentence = {
  en: 'The address must name no port: Liaison calls the usual one of https.',
  fr: 'L’adresse ne doit nommer aucun port\u00a0: Liaison appelle le port habituel de https.',
};
const NOT_PUBLIC: Sentence = {
  en: 'Liaison calls public names only, such as hooks.example.com: no number, and no name of your own network.',
  fr: 'Liaison n’appelle que des noms publics, comme hooks.example.com\u00a0: ni numéro, ni nom de votre propre réseau.',
};
