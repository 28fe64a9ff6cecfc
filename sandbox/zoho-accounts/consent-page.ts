import { company, users } from '../company/index.ts';
import { CONSENTING_USER } from './issue.ts';
import { scopesOf } from './scopes.ts';

type Language = 'en' | 'fr';

const TEXTS = {
  en: {
    title: 'Zoho Accounts (sandbox)',
    asks: (client: string) => `${client} asks to act in your name`,
    organisation: 'Organisation',
    environment: 'Production',
    account: 'Signed in as',
    wants: 'It will be able to',
    accept: 'Accept',
    deny: 'Deny',
    notReal: 'This is a simulation on your own machine. No Zoho account is involved.',
  },
  fr: {
    title: 'Zoho Accounts (bac à sable)',
    asks: (client: string) => `${client} demande à agir en votre nom`,
    organisation: 'Organisation',
    environment: 'Production',
    account: 'Connecté en tant que',
    wants: 'Cette application pourra',
    accept: 'Accepter',
    deny: 'Refuser',
    notReal: 'Ceci est une simulation sur votre propre machine. Aucun compte Zoho n’est concerné.',
  },
} as const;

const OPERATIONS: Readonly<Record<string, Record<Language, string>>> = {
  all: { en: 'see and change', fr: 'voir et modifier' },
  read: { en: 'see', fr: 'voir' },
  create: { en: 'create', fr: 'créer' },
  update: { en: 'change', fr: 'modifier' },
  delete: { en: 'delete', fr: 'supprimer' },
  write: { en: 'change', fr: 'modifier' },
};

/** The page on which a user accepts or denies; its form posts the request back with the decision. */
export function consentPage(query: Readonly<Record<string, string>>, language: Language): string {
  const texts = TEXTS[language];
  const user = users.find(({ key }) => key === CONSENTING_USER);
  const hidden = Object.entries(query).map(
    ([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`,
  );
  const scopes = scopesOf(query.scope ?? '').map(
    (scope) => `<li>${escaped(inWords(scope, language))} <code>${escaped(scope)}</code></li>`,
  );
  return page(
    texts.title,
    language,
    `<h1>${escaped(texts.asks(nameOf(query.client_id ?? '')))}</h1>
<p>${texts.account} <b>${escaped(`${user?.firstName} ${user?.lastName}`)}</b> (${escaped(user?.email ?? '')})</p>
<label>${texts.organisation} <select name="org"><option>${company.name} · ${texts.environment} (${company.zgid})</option></select></label>
<p>${texts.wants} :</p><ul>${scopes.join('')}</ul>
<form method="post" action="auth">${hidden.join('')}
<button name="decision" value="accept" class="accept">${texts.accept}</button>
<button name="decision" value="deny">${texts.deny}</button></form>
<p class="note">${texts.notReal}</p>`,
  );
}

export function refusalPage(reason: string, language: Language): string {
  return page(TEXTS[language].title, language, `<h1>${escaped(reason)}</h1>`);
}

export function languageOf(header: string | undefined): Language {
  return /^\s*fr\b/i.test(header ?? '') ? 'fr' : 'en';
}

function inWords(scope: string, language: Language): string {
  const parts = scope.split('.');
  const operation = OPERATIONS[(parts.at(-1) ?? '').toLowerCase()]?.[language] ?? parts.at(-1);
  return `${operation} ${parts.slice(0, -1).join(' › ')}`;
}

function nameOf(clientId: string): string {
  return `Liaison (${clientId.replace(/^sandbox-/, '')})`;
}

function page(title: string, language: Language, body: string): string {
  return `<!doctype html><html lang="${language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title}</title><style>
body{font:16px/1.5 system-ui,sans-serif;background:#f4f5f7;color:#1c1e21;margin:0}
main{max-width:34rem;margin:8vh auto;padding:2rem;background:#fff;border-radius:8px;border-top:6px solid #e42527}
h1{font-size:1.25rem}select,button{font:inherit;padding:.5rem .9rem}code{color:#5a6068;font-size:.8rem}
button{border:1px solid #b7bcc4;border-radius:4px;background:#fff;cursor:pointer}
.accept{background:#0a6b3d;border-color:#0a6b3d;color:#fff}.note{color:#5a6068;font-size:.85rem}
</style><main>${body}</main></html>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
}
