import { useLayoutEffect } from 'react';
import { spokenLanguage } from '../../widget/in-crm/spoken-language.ts';
import type { WhyNoOutlook } from '../office/outlook.ts';
import { NO_OUTLOOK, RETRY } from './sentences.ts';

/** Stands in place of everything where there is no Outlook to speak with. */
export function NoOutlookPage({ why }: { why: WhyNoOutlook }) {
  const language = spokenLanguage();
  const { title, what } = NO_OUTLOOK[why];
  useLayoutEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  return (
    <main className="lonely" data-why={why}>
      <h1>{title[language]}</h1>
      <p className="quiet">{what[language]}</p>
      {why === 'script' && (
        <p>
          <button type="button" className="primary" onClick={() => location.reload()}>
            {RETRY[language]}
          </button>
        </p>
      )}
    </main>
  );
}
