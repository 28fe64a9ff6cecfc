import { useLayoutEffect } from 'react';
import type { NoCrm } from '../zoho.ts';
import { NO_CRM, RETRY } from './sentences.ts';
import { spokenLanguage } from './spoken-language.ts';

/** Stands in place of everything where there is no CRM to speak with. */
export function NoCrmPage({ reason: { why, origin } }: { reason: NoCrm }) {
  const language = spokenLanguage();
  const words = NO_CRM[why];
  useLayoutEffect(() => {
    document.documentElement.lang = language;
    document.title = `${words.title[language]} · Liaison`;
  }, [language, words]);
  const isPassing = why === 'script' || why === 'silent';
  return (
    <main className="no-crm" data-why={why}>
      <h1>{words.title[language]}</h1>
      <p>
        {words.why[language]}
        {why === 'foreign' && origin !== null && (
          <>
            {' '}
            <code>{origin}</code>
          </>
        )}
      </p>
      <p className="quiet">{words.what[language]}</p>
      {isPassing && (
        <button type="button" className="primary" onClick={() => location.reload()}>
          {RETRY[language]}
        </button>
      )}
    </main>
  );
}
