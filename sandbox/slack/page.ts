import { join } from 'node:path';
import type { VendorDesk } from '../core/simulator.ts';
import { empty, moment } from '../page/format.ts';
import { type Html, html } from '../page/html.ts';
import { layout } from '../page/layout.ts';
import type { Mount } from '../page/mount.ts';
import { pageFor } from '../page/open.ts';
import { anchorOf } from '../page/table.ts';
import type { VendorPages } from '../page/vendor-pages.ts';
import { type View, withQuery } from '../page/view.ts';
import { type ChannelRow, type MessageRow, slackTables, type UserRow } from './rows.ts';
import { slackText } from './text.ts';

const SHOWN = 100;

/** The workspace: channels at the side, one of them open as a conversation. */
export function slackPage(mount: Mount): void {
  mount('get', '/view/slack', (view, request) => {
    const desk = view.desk('slack');
    if (!desk) return undefined;
    const channels = slackTables(desk).channels.all();
    const asked = channels.find(({ name }) => name === request.query.channel);
    const open = asked ?? channels.find(({ name }) => name === 'ventes') ?? channels[0];
    return layout(view, {
      title: 'Slack',
      look: 'slack',
      rawOf: 'slack',
      live: open
        ? html`<div class="workspace">${sidebar(view, desk, channels, open)}${conversation(view, desk, open)}</div>`
        : empty(view.t('The workspace has no channel.', 'L’espace de travail n’a aucun canal.')),
    });
  });
}

function sidebar(view: View, desk: VendorDesk, channels: readonly ChannelRow[], open: ChannelRow): Html {
  const { messages } = slackTables(desk);
  const count = (channel: ChannelRow): number =>
    messages.all().filter((one) => one.channel === channel.id).length;
  return html`<nav class="channels" aria-label="${view.t('Channels', 'Canaux')}"><ul>${channels.map(
    (channel) =>
      html`<li><a href="${withQuery(view.to('/view/slack'), 'channel', channel.name)}"${channel.id === open.id ? html` aria-current="true"` : ''}># ${channel.name}${channel.isPrivate && html` <i>(${view.t('private', 'privé')})</i>`} <small>${count(channel)}</small></a></li>`,
  )}</ul></nav>`;
}

function conversation(view: View, desk: VendorDesk, channel: ChannelRow): Html {
  const { messages, users } = slackTables(desk);
  const people = new Map(users.all().map((user) => [user.id, user]));
  const own = messages.all().filter((message) => message.channel === channel.id);
  const shown = [...own].sort((a, b) => Number(a.ts) - Number(b.ts)).slice(-SHOWN);
  return html`<section class="conversation" aria-label="#${channel.name}">
<h2># ${channel.name}</h2><p class="purpose">${channel.purpose}</p>
${shown.length === 0 ? empty(view.t('Nobody has written here yet.', 'Personne n’a encore écrit ici.')) : ''}
<ol class="messages">${shown.map((message) => said(view, message, people))}</ol></section>`;
}

/** Links to vendors lead to their pages here: what they lead to is invented. */
const leadOf = (view: View) => (address: string) => {
  const url = URL.parse(address);
  const page = url && pageFor(view, url);
  return page ? view.to(page) : address;
};

function said(view: View, message: MessageRow, people: ReadonlyMap<string, UserRow>): Html {
  const user = people.get(message.user);
  const name = user ? [user.firstName, user.lastName].filter(Boolean).join(' ') : message.user;
  const initials = [...name.matchAll(/(?:^|\s)(\p{L})/gu)]
    .map(([, letter]) => letter)
    .slice(0, 2)
    .join('');
  const nameOf = (id: string): string => {
    const known = people.get(id);
    return known ? known.firstName : id;
  };
  return html`<li id="${anchorOf(message.ts.replace('.', ''))}" class="${message.threadTs && message.threadTs !== message.ts ? 'reply' : ''}">
<span class="face${message.botId ? ' app' : ''}" aria-hidden="true">${initials}</span>
<div><p class="who"><b>${name}</b>${message.botId && html` <span class="tag">${view.t('APP', 'APPLI')}</span>`} ${moment(view, Number(message.ts) * 1000)}${message.edited && html` <small>${view.t('(edited)', '(modifié)')}</small>`}</p>
<p class="text">${slackText(message.text, nameOf, leadOf(view))}</p>
${message.blocks && html`<details data-key="b${message.ts}"><summary>${view.t('blocks', 'blocs')}</summary><pre>${JSON.stringify(message.blocks, null, 2)}</pre></details>`}</div></li>`;
}

/** The workspace, and where links to its messages lead. */
export const slackPages: VendorPages = {
  place: { path: '/view/slack', en: 'Slack', fr: 'Slack' },
  mount: slackPage,
  opens: {
    host: /(^|\.)slack\.com$/,
    page(view, { pathname }) {
      const [, id = '', message] = /\/archives\/(\w+)(?:\/p(\d+))?/.exec(pathname) ?? [];
      const desk = view.desk('slack');
      const channel = desk && slackTables(desk).channels.get(id);
      if (!channel) return '/view/slack';
      const anchor = message === undefined ? '' : `#${anchorOf(message)}`;
      return `/view/slack?channel=${encodeURIComponent(channel.name)}${anchor}`;
    },
  },
  style: join(import.meta.dirname, 'page.css'),
};
