import type { Sentence } from './sentence.ts';

/** What stands for something that a vendor would give. */
export interface StandIn {
  /** As it stands in requests. */
  readonly text: string;
  readonly what: Sentence;
}

/** The texts that were filled in during one try, and what is answered to whoever asks for what they stand for. */
export interface StandInBook {
  make(what: Sentence): string;
  /** Takes a text of somebody's own into the book. */
  add(text: string, what: Sentence): string;
  /** Those that stand somewhere in a text. */
  within(text: string): readonly StandIn[];
  /** Answers to reads of what was not made, by the decoded path. */
  readonly reads: Map<string, unknown>;
}

const TO_BE_MADE = { en: 'to be created', fr: 'à créer' } as const;

/** @param language of the texts, which may stand in what people read. */
export function standInBook(language: 'en' | 'fr'): StandInBook {
  const all: StandIn[] = [];
  const add = (text: string, what: Sentence): string => {
    all.push({ text, what });
    return text;
  };
  return {
    add,
    make(what) {
      const earlier = all.filter((one) => one.what.en === what.en).length;
      const number = earlier === 0 ? '' : ` ${earlier + 1}`;
      return add(`(${what[language]}${number} ${TO_BE_MADE[language]})`, what);
    },
    within: (text) => all.filter((one) => text.includes(one.text)),
    reads: new Map(),
  };
}

/** Where stand-ins are in a body, by JSON pointer (RFC 6901), and what they stand for. */
export function filledIn(
  body: unknown,
  book: Pick<StandInBook, 'within'>,
  at = '',
): readonly { readonly at: string; readonly stands: Sentence }[] {
  if (typeof body === 'string') return book.within(body).map(({ what }) => ({ at, stands: what }));
  if (typeof body !== 'object' || body === null) return [];
  return Object.entries(body).flatMap(([name, value]) =>
    filledIn(value, book, `${at}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`),
  );
}
