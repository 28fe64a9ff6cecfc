import { createHash } from 'node:crypto';
import type { LiaisonError } from '../core/errors.ts';
import type { Language, Sentence } from '../core/sentence.ts';

export interface ResultPage {
  readonly title: Sentence;
  readonly sentence: Sentence;
  /** The vendor's own words. */
  readonly detail?: string | undefined;
  /** Path of ours. */
  readonly returnTo: string;
}

const BACK: Sentence = { en: 'Back to Liaison', fr: 'Retour à Liaison' };

const STYLE = `body{font:16px/1.5 system-ui,sans-serif;background:#f5f6f8;color:#1d2129;margin:0}
main{max-width:34rem;margin:12vh auto;padding:2rem;background:#fff;border-radius:10px}
h1{font-size:1.3rem;margin-top:0}code{color:#5b6270;overflow-wrap:anywhere}a{color:#0b57d0}
section+section{margin-top:1.5rem;padding-top:1.5rem;border-top:1px solid #dfe2e8}`;

/** Nothing but the page's own style is loaded or run, and nobody may frame it. */
export const RESULT_PAGE_HEADERS: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'x-content-type-options': 'nosniff',
  // The address holds a code: it goes to nobody and stays in no cache.
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

/** The page at the end of a visit to a vendor, in both languages, the reader's own first. */
export function resultPage(page: ResultPage, first: Language): string {
  const languages: readonly Language[] = first === 'fr' ? ['fr', 'en'] : ['en', 'fr'];
  const sections = languages.map(
    (language) => `<section lang="${language}"><h1>${escaped(page.title[language])}</h1>
<p>${escaped(page.sentence[language])}</p>
<p><a href="${escaped(page.returnTo)}">${BACK[language]}</a></p></section>`,
  );
  const detail = page.detail === undefined ? '' : `<p><code>${escaped(page.detail)}</code></p>`;
  return `<!doctype html><html lang="${first}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escaped(page.title[first])}</title><style>${STYLE}</style><main>${sections.join('')}${detail}</main></html>`;
}

export function connectedPage(vendor: Sentence, account: string, returnTo: string): ResultPage {
  return {
    title: { en: `${vendor.en} is connected`, fr: `${vendor.fr} est connecté` },
    sentence: {
      en: `Liaison now works with the account “${account}”.`,
      fr: `Liaison travaille désormais avec le compte « ${account} ».`,
    },
    returnTo,
  };
}

export function failedPage(error: LiaisonError): ResultPage {
  return {
    title: { en: 'Nothing was connected', fr: 'Rien n’a été connecté' },
    sentence: error.details.sentence,
    detail: error.details.vendorMessage,
    returnTo: '/',
  };
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
