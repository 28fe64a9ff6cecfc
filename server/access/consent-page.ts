import { createHash } from 'node:crypto';
import { ACCESS_SCOPES } from '../core/access.ts';
import type { Language, Sentence } from '../core/sentence.ts';
import type { AccessAsk } from './ask.ts';

const STYLE = `:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;background:#f5f6f8;color:#1d2129;margin:0}
main{max-width:34rem;margin:8vh auto;padding:2rem;background:#fff;border-radius:10px}
h1{font-size:1.3rem;margin-top:0}dl{display:grid;grid-template-columns:auto 1fr;gap:.25rem 1rem}dt{color:#5b6270}dd{margin:0;overflow-wrap:anywhere}
form{display:flex;flex-wrap:wrap;gap:.75rem;margin-top:1.5rem}button{font:inherit;padding:.5rem 1.1rem;border-radius:6px;border:1px solid #5b6270;background:none;color:inherit;cursor:pointer}
button[value=allow]{background:#0b57d0;border-color:#0b57d0;color:#fff}a{color:#0b57d0}small{color:#5b6270}
@media(prefers-color-scheme:dark){body{background:#16181d;color:#e6e8ec}main{background:#22252c}dt,small{color:#aab1bd}a{color:#8ab4f8}}`;

/**
 * Nothing but the page's own style is loaded, nothing is run, nobody may frame it, and its form leads here and on to the
 * application alone.
 */
export const pageHeaders = (redirectUri: string | null): Readonly<Record<string, string>> => ({
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action ${redirectUri === null ? "'none'" : `'self' ${new URL(redirectUri).origin}`}; frame-ancestors 'none'`,
  'x-content-type-options': 'nosniff',
  // The address holds what the application asked with: it goes to nobody, and stays in no cache.
  'referrer-policy': 'same-origin',
  'cache-control': 'no-store',
});

interface ConsentFacts {
  readonly ask: AccessAsk;
  readonly person: string;
  readonly organisation: string;
  /** Only an admin may let applications in. */
  readonly mayAllow: boolean;
  /** All that the form sends. */
  readonly fields: Readonly<Record<string, string>>;
  /** Where somebody else signs in. */
  readonly otherPerson: string;
}

const WORDS = {
  application: { en: 'Application', fr: 'Application' },
  as: { en: 'In the name of', fr: 'Au nom de' },
  organisation: { en: 'For', fr: 'Pour' },
  may: { en: 'It asks to:', fr: 'Elle demande à\u00a0:' },
  allow: { en: 'Allow', fr: 'Autoriser' },
  deny: { en: 'Do not allow', fr: 'Ne pas autoriser' },
  other: { en: 'Sign in as somebody else', fr: 'Se connecter sous un autre nom' },
  ends: {
    en: 'You can end this at any time in Liaison, under Connections. It ends by itself when you leave the organisation.',
    fr: 'Vous pouvez y mettre fin à tout moment dans Liaison, sous Connexions. Cela prend fin de soi-même si vous quittez l’organisation.',
  },
  adminsOnly: {
    en: 'Only an admin of this organisation may let an application in. Ask one of them, or sign in as one.',
    fr: 'Seul un administrateur de cette organisation peut autoriser une application. Adressez-vous à l’un d’eux, ou connectez-vous en tant que tel.',
  },
} as const satisfies Record<string, Sentence>;

/** Who is asked, by whom, for what, and for which organisation. */
export function consentPage(facts: ConsentFacts, language: Language): string {
  const { ask, person, organisation, mayAllow, fields, otherPerson } = facts;
  const say = (key: keyof typeof WORDS): string => escaped(WORDS[key][language]);
  const name = escaped(ask.application.titles[language]);
  const title: Sentence = {
    en: `Let ${name} into Liaison?`,
    fr: `Autoriser ${name} à accéder à Liaison\u00a0?`,
  };
  const hidden = Object.entries(fields)
    .map(([key, value]) => `<input type="hidden" name="${escaped(key)}" value="${escaped(value)}">`)
    .join('');
  const scopes = ask.scopes.map((scope) => `<li>${escaped(ACCESS_SCOPES[scope][language])}</li>`).join('');
  const allow = mayAllow ? `<button name="decision" value="allow">${say('allow')}</button>` : '';
  return document(
    title[language],
    `<h1>${title[language]}</h1>
<dl><dt>${say('application')}</dt><dd>${name} <small>${escaped(new URL(ask.redirectUri).host)}</small></dd>
<dt>${say('as')}</dt><dd>${escaped(person)}</dd><dt>${say('organisation')}</dt><dd>${escaped(organisation)}</dd></dl>
<p>${say('may')}</p><ul>${scopes}</ul><p>${mayAllow ? `<small>${say('ends')}</small>` : say('adminsOnly')}</p>
<form method="post" action="/oauth/authorize">${hidden}${allow}<button name="decision" value="deny">${say('deny')}</button></form>
<p><a href="${escaped(otherPerson)}">${say('other')}</a></p>`,
    language,
  );
}

/** Nothing was allowed, and the browser is sent nowhere. */
export function refusedPage(sentence: Sentence, language: Language): string {
  const title: Sentence = { en: 'Nothing was allowed', fr: 'Rien n’a été autorisé' };
  return document(
    title[language],
    `<h1>${title[language]}</h1><p>${escaped(sentence[language])}</p>`,
    language,
  );
}

const document = (title: string, body: string, language: Language): string =>
  `<!doctype html><html lang="${language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title}</title><style>${STYLE}</style><main>${body}</main></html>`;

const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
