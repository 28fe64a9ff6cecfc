import { company } from '../company/index.ts';
import { type Html, html, type Part } from '../page/html.ts';
import { crmUsers } from './crm-user.ts';
import type { CrmView } from './crm-view.ts';
import { initialsOf } from './face.ts';
import { listPath, pluralOf, TABS } from './modules.ts';

export interface CrmPage {
  readonly title: string;
  /** The tab that it belongs to, `setup` or `settings`. */
  readonly at: string;
  readonly content: Part;
}

/** The CRM's own document: its bar with modules and user, around a page. */
export function crmShell(view: CrmView, { title, at, content }: CrmPage): Html {
  const current = (name: string) => (name === at ? html` aria-current="page"` : '');
  return html`<!doctype html>
<html lang="${view.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · CRM · ${view.t('Liaison sandbox', 'Bac à sable de Liaison')}</title>
<link rel="stylesheet" href="/page/crm/crm.css">
<link rel="icon" href="data:,">
<script type="module" src="/page/live.js"></script>
<script type="module" src="/page/crm/crm.js"></script>
</head>
<body>
<a class="skip" href="#content">${view.t('Skip to content', 'Aller au contenu')}</a>
<aside class="banner" aria-label="${view.t('Sandbox', 'Bac à sable')}">${view.t('Sandbox: no packet leaves this machine', 'Bac à sable : rien ne sort de cette machine')} · <a href="${view.to('/')}">${view.t('Scenarios', 'Scénarios')}</a></aside>
<header class="bar">
<p class="brand"><b>CRM</b> <span>${company.name}</span></p>
<nav class="modules" aria-label="${view.t('CRM modules', 'Modules du CRM')}"><ul>${TABS.map(
    (tab) => html`<li><a href="${view.to(listPath(tab))}"${current(tab)}>${pluralOf(view, tab)}</a></li>`,
  )}</ul></nav>
<p class="setup"><a href="${view.to('/crm/setup')}"${current('setup')}>${view.t('Setup', 'Configuration')}</a> <a href="${view.to('/crm/settings/liaison')}"${current('settings')}>${view.t('Settings', 'Réglages')}</a></p>
${userMenu(view)}
</header>
<main id="content" tabindex="-1">${content}</main>
</body>
</html>`;
}

/** Who is signed in, and what they can choose: to be someone else, and the language. */
function userMenu(view: CrmView): Html {
  const { user } = view;
  const back = html`<input type="hidden" name="back" value="${view.path}">`;
  return html`<details class="me"><summary><span class="face" aria-hidden="true">${initialsOf(user.name)}</span> <span class="who">${user.name}</span></summary>
<div class="menu">
<form method="post" action="/crm/-/user"><fieldset><legend>${view.t('Look as', 'Regarder en tant que')}</legend>${back}${crmUsers(
    view.crm,
  ).map(
    ({ key, name, role, job }) =>
      html`<button name="user" value="${key}"${key === user.key ? html` aria-pressed="true"` : ''}><b>${name}</b> <small>${job} · ${roleOf(view, role)}</small></button>`,
  )}</fieldset></form>
<form method="post" action="/crm/-/locale"><fieldset class="row"><legend>${view.t('Language', 'Langue')}</legend>${back}
<button name="language" value="en" lang="en"${view.language === 'en' ? html` aria-pressed="true"` : ''}>English</button>
<button name="language" value="fr" lang="fr"${view.language === 'fr' ? html` aria-pressed="true"` : ''}>Français</button></fieldset></form>
</div></details>`;
}

const roleOf = (view: CrmView, role: CrmView['user']['role']): string =>
  role === 'Administrator' ? view.t('administrator', 'administrateur') : view.t('standard', 'standard');
