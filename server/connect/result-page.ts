import { createHash } from 'node:crypto';
import type { LiaisonError } from '../core/errors.ts';
import type { Language, Sentence } from '../core/sentence.ts';

export interface ResultPage {
  readonly title: Sentence;
  readonly sentence: Sentence;
  /** The vendor's own words. */
  readonly detail?: string | undefined;
  /** Path of ours; absent where the page stands in a tab of its own, to be closed. */
  readonly returnTo?: string;
}

const BACK: Sentence = { en: 'Back to the connections', fr: 'Retour aux connexions' };

const STYLE = `body{font:16px/1.5 system-ui,sans-serif;background:#f5f6f8;color:#1d2129;margin:0}
main{max-width:34rem;margin:12vh auto;padding:2rem;background:#fff;border-radius:10px}
h1{font-size:1.3rem;margin-top:0}code{color:#5b6270;overflow-wrap:anywhere}a{color:#0b57d0}
@media(prefers-color-scheme:dark){body{background:#16181d;color:#e6e8ec}main{background:#22252c}code{color:#aab1bd}a{color:#8ab4f8}}`;

/** Nothing but the page's own style is loaded or run, and nobody may frame it. */
export const RESULT_PAGE_HEADERS: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'x-content-type-options': 'nosniff',
  // The address holds a code: it goes to nobody and stays in no cache.
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

/** The page at the end of a visit to a vendor, in the reader's language. */
export function resultPage(page: ResultPage, language: Language): string {
  const detail = page.detail === undefined ? '' : `<p><code>${escaped(page.detail)}</code></p>`;
  const back =
    page.returnTo === undefined ? '' : `<p><a href="${escaped(page.returnTo)}">${BACK[language]}</a></p>`;
  return `<!doctype html><html lang="${language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escaped(page.title[language])}</title><style>${STYLE}</style><main><h1>${escaped(page.title[language])}</h1>
<p>${escaped(page.sentence[language])}</p>${detail}${back}</main></html>`;
}

/** For a consent that had a tab of its own: the page that asked for it is still open. */
export function connectedPage(vendor: Sentence): ResultPage {
  return {
    title: { en: `${vendor.en} is connected`, fr: `${vendor.fr} est connecté` },
    sentence: {
      en: 'Close this tab to go on where you were.',
      fr: 'Fermez cet onglet pour continuer où vous en étiez.',
    },
  };
}

export function failedPage(error: LiaisonError): ResultPage {
  return {
    title: { en: 'Nothing was connected', fr: 'Rien n’a été connecté' },
    sentence: error.details.sentence,
    detail: error.details.vendorMessage,
    returnTo: '/#/connections',
  };
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
