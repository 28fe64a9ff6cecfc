import { createHash } from 'node:crypto';
import type { LiaisonError } from '../core/errors.ts';
import type { Language, Sentence } from '../core/sentence.ts';

export interface PopupPage {
  readonly title: Sentence;
  readonly sentence: Sentence;
  /** The one-time code for the page that opened the popup; null when nobody signed in. */
  readonly code: string | null;
  /** Who alone may hear of it. */
  readonly opener: string;
}

const CLOSE: Sentence = { en: 'Close this window', fr: 'Fermer cette fenêtre' };

const STYLE = `:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;background:Canvas;color:CanvasText;margin:0}
main{max-width:30rem;margin:14vh auto;padding:0 1.5rem}h1{font-size:1.25rem}
button{font:inherit;padding:.45rem .9rem;cursor:pointer}`;

/**
 * Tells the page that opened the popup, at its own origin only, and closes. Where the vendor's pages cut
 * the popup off from it, the text stays to be read: the next click finds the popup's session and needs no
 * vendor. A dialog of Office hears through Office's script alone, which this page does not run: a page of ours
 * that began it (`outlook/dialog/`) left a note in the window, and takes the code from there, in no address.
 */
const SCRIPT = `history.replaceState(null,'',location.pathname);
const {opener:origin,code}=document.body.dataset;
document.querySelector('button').addEventListener('click',()=>window.close());
let dialog=null;try{dialog=sessionStorage.getItem('liaison.dialog')}catch{}
if(dialog==='begun'){if(code){sessionStorage.setItem('liaison.dialog.code',code);location.replace('/outlook/dialog.html')}}
else if(window.opener){window.opener.postMessage({type:'liaison.sign-in',code:code||null},origin);if(code)window.close()}`;

const digest = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Nothing but the page's own style and script is loaded or run, and nobody may frame it. */
export const POPUP_PAGE_HEADERS: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `default-src 'none'; style-src ${digest(STYLE)}; script-src ${digest(SCRIPT)}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'x-content-type-options': 'nosniff',
  // The address holds the vendor's code: it goes to nobody and stays in no cache.
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

/** The page at the end of a sign-in. */
export function popupPage(page: PopupPage, language: Language): string {
  const code = page.code === null ? '' : ` data-code="${escaped(page.code)}"`;
  return `<!doctype html><html lang="${language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escaped(page.title[language])}</title><style>${STYLE}</style>
<body data-opener="${escaped(page.opener)}"${code}><main><h1>${escaped(page.title[language])}</h1>
<p>${escaped(page.sentence[language])}</p><p><button type="button">${CLOSE[language]}</button></p></main>
<script>${SCRIPT}</script></body></html>`;
}

export function signedInPage(code: string, opener: string): PopupPage {
  return {
    title: { en: 'You are signed in', fr: 'Vous êtes connecté' },
    sentence: {
      en: 'Close this window. If the page that you came from still asks you to sign in, press its button once more.',
      fr: 'Fermez cette fenêtre. Si la page d’où vous venez vous demande encore de vous connecter, appuyez une fois de plus sur son bouton.',
    },
    code,
    opener,
  };
}

export function notSignedInPage(error: LiaisonError, opener: string): PopupPage {
  return {
    title: { en: 'You are not signed in', fr: 'Vous n’êtes pas connecté' },
    sentence: error.details.sentence,
    code: null,
    opener,
  };
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
