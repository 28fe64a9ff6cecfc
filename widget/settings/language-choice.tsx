import type { Language } from '../../server/core/sentence.ts';
import { useSpeech } from '../language/language.tsx';

const LANGUAGES: readonly { readonly id: Language; readonly name: string }[] = [
  { id: 'en', name: 'English' },
  { id: 'fr', name: 'Français' },
];

export function LanguageChoice() {
  const { texts, language, choose } = useSpeech();
  return (
    <fieldset aria-label={texts.shell.language} className="languages">
      {LANGUAGES.map(({ id, name }) => (
        <button
          key={id}
          type="button"
          lang={id}
          title={name}
          aria-label={`${id.toUpperCase()} ${name}`}
          aria-pressed={id === language}
          onClick={() => choose(id)}
        >
          {id.toUpperCase()}
        </button>
      ))}
    </fieldset>
  );
}
