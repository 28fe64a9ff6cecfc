import { fitText } from '../fit-text.ts';
import { formatTime, type Writing } from '../format.ts';
import { languageOf, type Sentence } from '../sentence.ts';
import type { Chat, ChatLine, ChatRating } from './chat.ts';

/** What people know a chat by. */
export const titleOf = ({ number, visitor }: Chat): string =>
  [`#${number}`, visitor.name ?? visitor.email ?? visitor.phone].filter((one) => one !== null).join(' · ');

/** Whether the visitor said anything at all: bots and invitations open chats, too. */
export const isSilent = ({ question }: Chat, lines: readonly ChatLine[]): boolean =>
  question === null &&
  !lines.some(({ by, text, file }) => by === 'visitor' && (text !== '' || file !== null));

const WORDS = {
  missed: { en: 'Nobody picked up this chat.', fr: 'Personne n’a pris ce chat.' },
  visitor: { en: 'Visitor', fr: 'Visiteur' },
  question: { en: 'Question', fr: 'Question' },
  operator: { en: 'Operator', fr: 'Opérateur' },
  site: { en: 'Site', fr: 'Site' },
  from: { en: 'Began', fr: 'Début' },
  to: { en: 'Ended', fr: 'Fin' },
  rating: { en: 'Rating', fr: 'Évaluation' },
  file: { en: 'file', fr: 'fichier' },
  bot: { en: 'Bot', fr: 'Bot' },
  whole: { en: 'The whole chat', fr: 'Le chat entier' },
} as const satisfies Readonly<Record<string, Sentence>>;

const left = (count: number): Sentence => ({
  en: count === 1 ? 'One more line stands in the chat.' : `${count} more lines stand in the chat.`,
  fr: count === 1 ? 'Une ligne de plus est dans le chat.' : `${count} lignes de plus sont dans le chat.`,
});

/**
 * A chat as one plain text: who, when, how it was rated, and what was said, oldest first. What operators say among
 * themselves is left out. Where there is no room for all of it, the end is left out, line by line, and it is said.
 *
 * @param longest in UTF-16 units.
 */
export function chatText(
  chat: Chat,
  lines: readonly ChatLine[],
  rating: ChatRating | null,
  further: readonly Sentence[],
  writing: Writing,
  longest: number,
): string {
  const language = languageOf(writing.locale);
  const colon = { en: ': ', fr: '\u00a0: ' }[language];
  const said = (name: keyof typeof WORDS, value: string | null): string[] =>
    value === null || value === '' ? [] : [`${WORDS[name][language]}${colon}${value}`];
  const moment = (at: string | null): string | null =>
    at === null ? null : (formatTime(at, writing.locale, writing.timeZone) ?? at);
  const joined = (...parts: (string | null)[]): string => parts.filter((one) => one !== null).join(', ');
  const { visitor, state, operator, department, site, startedAt, endedAt, question } = chat;
  const spoken = lines.filter(({ isInternal, text, file }) => !isInternal && (text !== '' || file !== null));
  const head = [
    ...(state === 'missed' ? [WORDS.missed[language]] : []),
    ...said('visitor', joined(visitor.name, visitor.email, visitor.phone)),
    ...said('operator', joined(operator, department)),
    ...said('site', site),
    ...said('from', moment(startedAt)),
    ...said('to', moment(endedAt)),
    ...said('rating', ratingText(rating, language)),
    ...further.map((one) => one[language]),
    // Where nobody's words are to be had, the question is all that is known.
    ...(spoken.length === 0 ? said('question', question) : []),
  ].join('\n');
  const foot = said('whole', chat.page).join('\n');
  const day = startedAt === null ? null : dayOf(startedAt, writing);
  const texts = spoken.map((line) => lineText(line, language, writing, day));
  const whole = [head, texts.join('\n'), foot].filter(Boolean).join('\n\n');
  if (whole.length <= longest) return fitText(whole, longest);
  const room = longest - head.length - foot.length - left(texts.length)[language].length - 4;
  const kept: string[] = [];
  let used = 0;
  for (const text of texts) {
    if (used + text.length + 1 > room) break;
    kept.push(text);
    used += text.length + 1;
  }
  // One line may be longer than all the room: its beginning is more than nothing.
  const [first] = texts;
  if (kept.length === 0 && first !== undefined && room > 0) kept.push(fitText(first, room));
  const count = texts.length - kept.length;
  const more = count === 0 ? [] : [left(count)[language]];
  const shown = [head, [...kept, ...more].join('\n'), foot].filter(Boolean).join('\n\n');
  return fitText(shown, longest);
}

function lineText(
  { at, by, name, text, file }: ChatLine,
  language: 'en' | 'fr',
  writing: Writing,
  day: string | null,
): string {
  const colon = { en: ': ', fr: '\u00a0: ' }[language];
  const who = name ?? { visitor: WORDS.visitor, operator: WORDS.operator, bot: WORDS.bot }[by][language];
  const hour = at === null ? '' : `[${hourOf(at, writing, day)}] `;
  const attached = file === null ? '' : `${text === '' ? '' : ' '}(${WORDS.file[language]}${colon}${file})`;
  return `${hour}${who}${colon}${text}${attached}`;
}

/** By the clocks of the organisation; with its day where that is another one than the chat's first. */
function hourOf(at: string, writing: Writing, day: string | null): string {
  const time = new Intl.DateTimeFormat(writing.locale, {
    timeZone: writing.timeZone,
    hour: '2-digit',
    minute: '2-digit',
  }).format(new Date(at));
  const own = dayOf(at, writing);
  return own === day ? time : `${own} ${time}`;
}

const dayOf = (at: string, { locale, timeZone }: Writing): string =>
  new Intl.DateTimeFormat(locale, { timeZone, dateStyle: 'short' }).format(new Date(at));

function ratingText(rating: ChatRating | null, language: 'en' | 'fr'): string | null {
  if (rating === null) return null;
  const { stars, words } = rating;
  const quoted = words === null ? null : { en: `“${words}”`, fr: `«\u00a0${words}\u00a0»` }[language];
  return [stars === null ? null : `${stars}/5`, quoted].filter((one) => one !== null).join(' ');
}
