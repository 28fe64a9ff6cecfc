import { createContext, type ReactNode, useContext, useLayoutEffect, useMemo, useState } from 'react';
import type { Label } from '../../server/core/label.ts';
import type { Language } from '../../server/core/sentence.ts';
import { english, type Texts } from './english.ts';
import { type Formats, formatLocale, formatsOf } from './formats.ts';
import { french } from './french.ts';
import { frenchSpaces } from './french-spaces.ts';

const TEXTS: Readonly<Record<Language, Texts>> = { en: english, fr: french };
const REMEMBERED = 'liaison.language';

interface Speech {
  readonly language: Language;
  readonly texts: Texts;
  readonly formats: Formats;
  readonly timeZone: string;
  /** Picks the language of what the server sent in both; a name is the same in each. */
  say(label: Label): string;
  choose(language: Language): void;
}

const SpeechContext = createContext<Speech | null>(null);

/** The language that was chosen here before, else that of the locale. */
export function startingLanguage(locale: string, remembered: string | null): Language {
  if (remembered === 'en' || remembered === 'fr') return remembered;
  return locale.toLowerCase().startsWith('fr') ? 'fr' : 'en';
}

export function Speaking(props: { locale: string; timeZone: string; children: ReactNode }) {
  const [language, setLanguage] = useState(() => startingLanguage(props.locale, recall()));
  useLayoutEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const speech = useMemo<Speech>(
    () => ({
      language,
      texts: TEXTS[language],
      formats: formatsOf(formatLocale(language, props.locale), props.timeZone),
      timeZone: props.timeZone,
      say: (label) =>
        typeof label === 'string' ? label : language === 'fr' ? frenchSpaces(label.fr) : label.en,
      choose(chosen) {
        remember(chosen);
        setLanguage(chosen);
      },
    }),
    [language, props.locale, props.timeZone],
  );
  return <SpeechContext value={speech}>{props.children}</SpeechContext>;
}

export function useSpeech(): Speech {
  const speech = useContext(SpeechContext);
  if (speech === null) throw new Error('useSpeech outside of Speaking');
  return speech;
}

// Storage is refused to frames in some browsers: the choice then lasts as long as the page.
function recall(): string | null {
  try {
    return localStorage.getItem(REMEMBERED);
  } catch {
    return null;
  }
}

function remember(language: Language): void {
  try {
    localStorage.setItem(REMEMBERED, language);
  } catch {
    // Not remembered, and nothing else is lost.
  }
}
