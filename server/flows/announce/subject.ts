import type { ZohoCrmClient } from '../../connectors/zoho-crm/client.ts';
import type { WholeText } from '../../core/messages.ts';
import type { Sentence } from '../../core/sentence.ts';

/** What the records of a module are called, and what is known of every organisation's. */
export interface Subject {
  /** Id of the connector's object. */
  readonly object: string;
  /** Fields that hold money without asking the CRM. */
  readonly money: ReadonlySet<string>;
  /** The first of them that a record has is what people know it by. */
  readonly names: readonly string[];
  readonly gone: Sentence;
  readonly told: Sentence;
  readonly whole: Sentence;
  readonly title: Sentence;
  announced(name: string, place: string): Sentence;
}

const NAMES = ['Full_Name', 'Event_Title', 'Subject', 'Name', 'Last_Name'];

const DEAL: Subject = {
  object: 'zohoCrm.deals',
  money: new Set(['Amount', 'Expected_Revenue']),
  names: ['Deal_Name'],
  gone: { en: 'The deal no longer exists.', fr: 'L’affaire n’existe plus.' },
  told: { en: 'This win was announced already.', fr: 'Ce gain a déjà été annoncé.' },
  whole: {
    en: 'The whole text is in the deal in Zoho CRM',
    fr: 'Le texte entier est dans l’affaire, dans Zoho CRM',
  },
  title: { en: 'The deal in Zoho CRM', fr: 'L’affaire dans Zoho CRM' },
  announced: (name, place) => ({
    en: `“${name}” was announced in ${place}.`,
    fr: `«\u00a0${name}\u00a0» a été annoncée dans ${place}.`,
  }),
};

const recordOf = (module: string): Subject => ({
  object: `zohoCrm.${module.toLowerCase()}`,
  money: new Set(),
  // Products have Product_Name, quotes Subject, modules of one's own Name.
  names: [`${module.replace(/s$/, '')}_Name`, ...NAMES],
  gone: { en: 'The record no longer exists.', fr: 'La fiche n’existe plus.' },
  told: { en: 'This was announced already.', fr: 'Ceci a déjà été annoncé.' },
  whole: {
    en: 'The whole text is in the record in Zoho CRM',
    fr: 'Le texte entier est dans la fiche, dans Zoho CRM',
  },
  title: { en: 'The record in Zoho CRM', fr: 'La fiche dans Zoho CRM' },
  announced: (name, place) => ({
    en: `“${name}” was announced in ${place}.`,
    fr: `«\u00a0${name}\u00a0» a été annoncé dans ${place}.`,
  }),
});

export const subjectOf = (module: string): Subject => (module === 'Deals' ? DEAL : recordOf(module));

/** What people know a record by; its id where it has no name. */
export function nameOf({ names }: Subject, record: Readonly<Record<string, unknown>>, id: string): string {
  const name = names.map((field) => record[field]).find((value) => (value ?? '') !== '');
  return String(name ?? id);
}

/** Where the record itself is to be read. @param id null: it is invented. */
export function wholeText(
  client: Pick<ZohoCrmClient, 'recordAddress'>,
  module: string,
  id: string | null,
  language: 'en' | 'fr',
): WholeText {
  const { whole, title } = subjectOf(module);
  const address = id === null ? null : client.recordAddress(module, id);
  return { words: whole[language], title: title[language], address };
}
