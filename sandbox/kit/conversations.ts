import { empty, moment } from '../page/format.ts';
import { type Html, html } from '../page/html.ts';
import { anchorOf } from '../page/table.ts';
import type { View } from '../page/view.ts';

export interface Said {
  readonly id: string;
  readonly who: string;
  readonly text: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** What came with it and is no text: a card. */
  readonly card?: unknown;
}

/** One conversation of a messenger, the newest hundred of it, oldest first. */
export function conversation(view: View, title: string, said: readonly Said[]): Html {
  return html`<section class="conversation"><h2>${title}</h2>
${said.length === 0 ? empty(view.t('Nobody has written here yet.', 'Personne n’a encore écrit ici.')) : ''}
<ol class="messages">${said.slice(-100).map(
    ({ id, who, text, at, card }) => html`<li id="${anchorOf(id)}"><div>
<p class="who"><b>${who}</b> ${moment(view, at)}</p><p class="text">${text}</p>
${card !== undefined && html`<pre>${JSON.stringify(card, null, 2)}</pre>`}</div></li>`,
  )}</ol></section>`;
}
