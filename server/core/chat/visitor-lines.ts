import { CUT_MARK, fitText } from '../fit-text.ts';
import { type Language, languageOf, type Sentence } from '../sentence.ts';
import type { VisitorLines } from './chat.ts';

/** What the CRM knows of whoever has an address, as operators are to read it. */
export interface KnownVisitor {
  readonly as: 'contact' | 'lead';
  readonly name: string;
  readonly company: string | null;
  /** Whose record it is. */
  readonly owner: string | null;
  readonly status: string | null;
  /** Where the record is read. */
  readonly page: string;
  /** So many more records have the same address. */
  readonly others: number;
  /** Each as one text, those that changed last first. */
  readonly deals: readonly string[];
}

/** How long what operators are told may be: see `ChatsOffer`. */
export interface LineLimits {
  readonly name: number;
  readonly value: number;
}

const TITLES = {
  who: { en: 'CRM', fr: 'CRM' },
  owner: { en: 'Owner', fr: 'Responsable' },
  status: { en: 'Status', fr: 'Statut' },
  deals: { en: 'Deals', fr: 'Affaires' },
  page: { en: 'Record', fr: 'Fiche' },
} as const satisfies Readonly<Record<string, Sentence>>;

const AS: Readonly<Record<KnownVisitor['as'], Sentence>> = {
  contact: { en: 'Contact', fr: 'Contact' },
  lead: { en: 'Lead', fr: 'Prospect' },
};
const NOBODY: Sentence = { en: 'no record any more', fr: 'plus de fiche' };
/** What says nothing (any more): lines that stand there are replaced, and cannot be taken away. */
const NONE = '–';

/**
 * The lines that operators see of a visitor: always the same ones, so that what changed leaves nothing of before.
 *
 * @param known null: the CRM has nobody of the address any more.
 */
export function visitorLines(known: KnownVisitor | null, locale: string, longest: LineLimits): VisitorLines {
  const language = languageOf(locale);
  const texts: Readonly<Record<keyof typeof TITLES, string>> = {
    who: known === null ? NOBODY[language] : whoText(known, language, longest.value),
    owner: known?.owner ?? NONE,
    status: known?.status ?? NONE,
    deals: known === null ? NONE : dealsText(known.deals, longest.value),
    page: known?.page ?? NONE,
  };
  return Object.fromEntries(
    Object.entries(texts).map(([name, value]) => [
      fitText(TITLES[name as keyof typeof TITLES][language], longest.name),
      fitText(value, longest.value),
    ]),
  );
}

function whoText({ as, name, company, others }: KnownVisitor, language: Language, longest: number): string {
  const more: Sentence = {
    en: others === 1 ? 'one more record has this address' : `${others} more records have this address`,
    fr: others === 1 ? 'une autre fiche a cette adresse' : `${others} autres fiches ont cette adresse`,
  };
  const tail = others === 0 ? '' : ` (${more[language]})`;
  const who = [AS[as][language], name, company].filter((one) => one !== null && one !== '').join(' · ');
  return `${fitText(who, Math.max(longest - tail.length, 1))}${tail}`;
}

/** As many whole deals as there is room for, and how many are left. */
function dealsText(deals: readonly string[], longest: number): string {
  if (deals.length === 0) return NONE;
  for (let count = deals.length; count > 0; count -= 1) {
    const left = deals.length - count;
    const text = `${deals.slice(0, count).join(' ; ')}${left === 0 ? '' : ` ${CUT_MARK} +${left}`}`;
    if (text.length <= longest) return text;
  }
  const tail = deals.length === 1 ? '' : ` +${deals.length - 1}`;
  return `${fitText(deals[0] ?? '', longest - tail.length)}${tail}`;
}
