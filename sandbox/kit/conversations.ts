import type { VendorDesk } from '../core/simulator.ts';
import { empty, moment } from '../page/format.ts';
import { type Html, html } from '../page/html.ts';
import { layout } from '../page/layout.ts';
import { anchorOf } from '../page/table.ts';
import type { VendorPages } from '../page/vendor-pages.ts';
import type { View } from '../page/view.ts';

export interface Said {
  readonly id: string;
  readonly who: string;
  readonly text: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** What came with it and is no text: a card. */
  readonly card?: unknown;
  /** What was said to it, in its thread; oldest first. */
  readonly answers?: readonly Said[];
}

/** One conversation of a messenger, the newest hundred of it, oldest first. */
export function conversation(view: View, title: string, said: readonly Said[]): Html {
  return html`<section class="conversation"><h2>${title}</h2>
${said.length === 0 ? empty(view.t('Nobody has written here yet.', 'Personne n’a encore écrit ici.')) : ''}
${messages(view, said.slice(-100))}</section>`;
}

const messages = (view: View, said: readonly Said[], kind = ''): Html =>
  html`<ol class="messages">${said.map(
    ({ id, who, text, at, card, answers = [] }) => html`<li id="${anchorOf(id)}" class="${kind}"><div>
<p class="who"><b>${who}</b> ${moment(view, at)}</p><p class="text">${text}</p>
${card !== undefined && html`<pre>${JSON.stringify(card, null, 2)}</pre>`}${answers.length > 0 && messages(view, answers, 'reply')}</div></li>`,
  )}</ol>`;

/** A messenger, as far as its page goes. */
export interface Messenger {
  readonly vendor: string;
  readonly title: string;
  readonly path: string;
  /** Hosts of the vendor's own pages, which this one stands for. */
  readonly host: RegExp;
  /** Conversations that have a name: they come first, in this order. */
  named(desk: VendorDesk): readonly { readonly chatId: string; readonly name: string }[];
  messages(desk: VendorDesk): readonly (Said & { readonly chatId: string })[];
}

/** Every conversation of a messenger on one page. */
export function messengerPages({ vendor, title, path, host, named, messages }: Messenger): VendorPages {
  return {
    place: { path, en: title, fr: title },
    mount(mount) {
      mount('get', path, (view) => {
        const desk = view.parts.deskOf(vendor);
        const names = new Map(named(desk).map(({ chatId, name }) => [chatId, name]));
        const said = Map.groupBy(messages(desk), ({ chatId }) => chatId);
        const live = [...new Set([...names.keys(), ...said.keys()])].map((chat) =>
          conversation(
            view,
            names.get(chat) ?? view.t('Direct messages', 'Messages directs'),
            said.get(chat) ?? [],
          ),
        );
        return layout(view, { title, rawOf: vendor, live });
      });
    },
    opens: { host, page: () => path },
  };
}
