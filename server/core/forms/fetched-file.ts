import type { Sentence } from '../sentence.ts';

/** A file that was fetched from where an answer says that it is, or why it is not to be had: asking again gives no other answer. */
export type FetchedFile =
  | {
      /** Of the address, where nothing better is known. */
      readonly name: string;
      readonly contentType: string;
      readonly bytes: Uint8Array;
    }
  | { readonly refused: Sentence };

/** What stands at the end of an address, as people know it. */
export function nameInAddress(address: string): string {
  const last = new URL(address).pathname.split('/').at(-1) ?? '';
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}

export const NO_ADDRESS: Sentence = {
  en: 'What was answered is no address of a file (https).',
  fr: 'La réponse n’est pas l’adresse d’un fichier (https).',
};
export const NOT_PUBLIC: Sentence = {
  en: 'Its address leads where Liaison reads nothing: into a private network, or to a port of its own.',
  fr: 'Son adresse mène là où Liaison ne lit rien\u00a0: dans un réseau privé, ou vers un port particulier.',
};
export const FETCHED_TOO_LARGE: Sentence = {
  en: 'It is larger than the 10 MB that Liaison fetches from an address.',
  fr: 'Il dépasse les 10 Mo que Liaison va chercher à une adresse.',
};
export const answeredInstead = (status: number): Sentence => ({
  en: `Its address answered ${status} instead of the file.`,
  fr: `Son adresse a répondu ${status} au lieu du fichier.`,
});
