import type { Request } from 'express';
import { bodyOf } from '../core/body.ts';
import { localeOf } from '../page/format.ts';
import { html } from '../page/html.ts';
import type { Mount } from '../page/mount.ts';
import type { VendorPages } from '../page/vendor-pages.ts';
import { type View, withQuery } from '../page/view.ts';
import { bytesOf, colleague, inbox, type MailboxItem, READER } from './mails.ts';

const PATH = '/outlook';

/** Outlook on the web, as much of it as a pane needs around it: mails to read, a form to write one, and the pane. */
function outlookPage(mount: Mount): void {
  mount('get', PATH, (view) => {
    const desk = view.desk('microsoft-accounts');
    if (!desk) return undefined;
    return {
      html: shell(view, inbox(desk.clock())),
      status: 200,
      frames: new URL(view.liaisonUrl).origin,
    };
  });
  mount('get', `${PATH}/-/mails`, (view) => {
    const desk = view.desk('microsoft-accounts');
    return desk && { json: { mails: inbox(desk.clock()), user: colleague(READER) } };
  });
  mount('get', `${PATH}/-/attachments/:id`, (view, request) => {
    const desk = view.desk('microsoft-accounts');
    const found =
      desk &&
      inbox(desk.clock())
        .flatMap(({ attachments }) => attachments)
        .find(({ id }) => id === request.params.id);
    return found && { json: { content: bytesOf(found).toString('base64') } };
  });
  mount('post', `${PATH}/-/sent`, (view, request) => sent(view, request));
}

/** What is sent leaves the page; nobody receives it. */
function sent(_view: View, request: Request) {
  return typeof bodyOf(request).json === 'object' ? { json: { sent: true } } : undefined;
}

const wordsOf = (view: View): string =>
  JSON.stringify({
    answer: view.t('Reply', 'Répondre'),
    to: view.t('To', 'À'),
    subject: view.t('Subject', 'Objet'),
    text: view.t('Message', 'Message'),
    send: view.t('Send', 'Envoyer'),
    drop: view.t('Discard', 'Abandonner'),
    attach: view.t('Attach', 'Joindre'),
    anyway: view.t('Send anyway', 'Envoyer quand même'),
    stay: view.t('Don’t send', 'Ne pas envoyer'),
    draft: view.t('New message', 'Nouveau message'),
    sent: view.t('Sent.', 'Envoyé.'),
    notSent: view.t('It could not be sent.', 'L’envoi a échoué.'),
    nothing: view.t('No message is open.', 'Aucun message n’est ouvert.'),
  });

function shell(view: View, mails: readonly MailboxItem[]) {
  const other = view.language === 'fr' ? 'en' : 'fr';
  const at = new Intl.DateTimeFormat(localeOf(view), { dateStyle: 'short', timeStyle: 'short' });
  return html`<!doctype html>
<html lang="${view.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Outlook · ${view.t('Liaison sandbox', 'Bac à sable de Liaison')}</title>
<link rel="stylesheet" href="/page/outlook/outlook.css">
<link rel="icon" href="data:,">
<script type="module" src="/page/outlook/outlook.js"></script>
</head>
<body>
<p class="banner" role="note">${view.t('Sandbox: no packet leaves this machine', 'Bac à sable : rien ne sort de cette machine')} · <a href="${view.to('/')}">${view.t('Scenarios', 'Scénarios')}</a></p>
<div id="outlook" data-pane="${view.liaisonUrl}/outlook/pane.html" data-language="${view.language}" data-words="${wordsOf(view)}">
<header class="top"><p><b>Outlook</b> ${colleague(READER).displayName}</p>
<p><button type="button" id="new-mail">${view.t('New message', 'Nouveau message')}</button>
<button type="button" id="no-mail">${view.t('Close the message', 'Fermer le message')}</button>
<label><input type="checkbox" id="pinned" checked> ${view.t('Pin the pane', 'Épingler le volet')}</label>
<label><input type="checkbox" id="dark"> ${view.t('Dark', 'Sombre')}</label>
<a href="${withQuery(PATH, 'lang', other)}" hreflang="${other}" lang="${other}">${other === 'fr' ? 'Français' : 'English'}</a></p></header>
<nav aria-label="${view.t('Messages', 'Messages')}"><ul>${mails.map(
    (mail) =>
      html`<li><button type="button" data-mail="${mail.key}"><b>${mail.from.displayName}</b> <span>${mail.subject}</span> <small>${at.format(new Date(mail.dateTimeCreated))}${mail.sharedBy === null ? '' : ` · ${mail.sharedBy}`}</small></button></li>`,
  )}</ul></nav>
<main id="reading" tabindex="-1"></main>
<aside id="pane" aria-label="${view.t('Pane', 'Volet')}"></aside>
</div>
</body>
</html>`;
}

export const outlookScreens: VendorPages = {
  place: { path: PATH, en: 'Outlook', fr: 'Outlook' },
  mount: outlookPage,
};
