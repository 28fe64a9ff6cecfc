import { company } from '../company/index.ts';

export type Language = 'en' | 'fr';
export type Words = Readonly<Record<Language, string>>;

const TEXTS = {
  en: {
    asks: (client: string) => `${client} asks for access`,
    organisation: 'Company',
    account: 'Signed in as',
    wants: 'It will be able to',
    accept: 'Accept',
    deny: 'Deny',
    notReal: 'This is a simulation on your own machine. No account of the vendor is involved.',
  },
  fr: {
    asks: (client: string) => `${client} demande un accès`,
    organisation: 'Entreprise',
    account: 'Connecté en tant que',
    wants: 'Cette application pourra',
    accept: 'Accepter',
    deny: 'Refuser',
    notReal: 'Ceci est une simulation sur votre propre machine. Aucun compte du service n’est concerné.',
  },
} as const;

export interface ConsentPage {
  readonly title: string;
  /** CSS colour of the vendor. */
  readonly colour: string;
  readonly language: Language;
  readonly application: string;
  /** Who consents, as the vendor names accounts. */
  readonly account: string;
  /** Who else could: the user chooses. The first one is chosen already. */
  readonly accounts?: readonly { readonly id: string; readonly name: string; readonly email?: string }[];
  /** Each scope with what it allows, in words. */
  readonly scopes: readonly { readonly scope: string; readonly words: Words }[];
  /** The authorisation request, posted back with the decision. */
  readonly query: Readonly<Record<string, string>>;
}

/** The page on which a user accepts or denies. Its form posts to the page's own address. */
export function consentPage(content: ConsentPage): string {
  const { language, query } = content;
  const texts = TEXTS[language];
  const hidden = Object.entries(query).map(
    ([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`,
  );
  const scopes = content.scopes.map(
    ({ scope, words }) => `<li>${escaped(words[language])} <code>${escaped(scope)}</code></li>`,
  );
  const options = (content.accounts ?? []).map(
    ({ id, name, email }) =>
      `<option value="${escaped(id)}"${isHinted(email, query) ? ' selected' : ''}>${escaped(name)}</option>`,
  );
  const account =
    options.length === 0
      ? `<p>${texts.account} <b>${escaped(content.account)}</b></p>`
      : `<p><label>${texts.account} <select name="account">${options.join('')}</select></label><br>${escaped(content.account)}</p>`;
  return page(
    content,
    `<h1>${escaped(texts.asks(content.application))}</h1>
<form method="post" action="?">${hidden.join('')}
<p>${texts.organisation} <b>${escaped(company.name)}</b></p>${account}
<p>${texts.wants}</p><ul>${scopes.join('')}</ul>
<button class="accept" name="decision" value="accept">${texts.accept}</button>
<button name="decision" value="deny">${texts.deny}</button></form>
<p class="note">${texts.notReal}</p>`,
  );
}

/** The client may say whom to begin with: https://openid.net/specs/openid-connect-core-1_0.html#AuthRequest */
const isHinted = (email: string | undefined, query: ConsentPage['query']): boolean =>
  email !== undefined && email.toLowerCase() === query.login_hint?.toLowerCase();

/** What the vendor shows instead, without sending the user back: the request itself cannot be trusted. */
export function refusedPage(
  content: Pick<ConsentPage, 'title' | 'colour' | 'language'>,
  reason: string,
): string {
  return page(content, `<h1>${escaped(reason)}</h1>`);
}

export function languageOf(header: string | undefined): Language {
  return /^\s*fr\b/i.test(header ?? '') ? 'fr' : 'en';
}

function page(content: Pick<ConsentPage, 'title' | 'colour' | 'language'>, body: string): string {
  return `<!doctype html><html lang="${content.language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escaped(content.title)} (sandbox)</title><style>
body{font:16px/1.5 system-ui,sans-serif;background:#f4f5f7;color:#1c1e21;margin:0}
main{max-width:34rem;margin:8vh auto;padding:2rem;background:#fff;border-radius:8px;border-top:6px solid ${content.colour}}
h1{font-size:1.25rem}code{color:#5a6068;font-size:.8rem}
button,select{font:inherit;max-width:100%;padding:.5rem .9rem;border:1px solid #b7bcc4;border-radius:4px;background:#fff;cursor:pointer}
.accept{background:#0a6b3d;border-color:#0a6b3d;color:#fff}.note{color:#5a6068;font-size:.85rem}
</style><main>${body}</main></html>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
}
