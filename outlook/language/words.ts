import type { Language } from '../../server/core/sentence.ts';
import { useSpeech } from '../../widget/language/language.tsx';
import { englishMail, type MailWords } from './english.ts';
import { frenchMail } from './french.ts';

const WORDS: Readonly<Record<Language, MailWords>> = { en: englishMail, fr: frenchMail };

/** The pane's own texts, beside those that it shares with the pages: no other page loads them. */
export const useMailWords = (): MailWords => WORDS[useSpeech().language];
