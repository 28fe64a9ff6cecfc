import { conversation } from '../kit/conversations.ts';
import { layout } from '../page/layout.ts';
import type { VendorPages } from '../page/vendor-pages.ts';
import { cliqTables, nameOf } from './rows.ts';

/** Every conversation, channels first. */
export const cliqPages: VendorPages = {
  place: { path: '/view/cliq', en: 'Cliq', fr: 'Cliq' },
  mount(mount) {
    mount('get', '/view/cliq', (view) => {
      const { channels, messages } = cliqTables(view.parts.deskOf('zoho-cliq'));
      const said = Map.groupBy(messages.all(), ({ chatId }) => chatId);
      const names = new Map(channels.all().map(({ chatId, name }) => [chatId, name]));
      const live = [...new Set([...names.keys(), ...said.keys()])].map((chat) => {
        const own = (said.get(chat) ?? []).map((one) => ({ ...one, ...one.more, who: nameOf(one.sender) }));
        return conversation(view, names.get(chat) ?? view.t('Direct messages', 'Messages directs'), own);
      });
      return layout(view, { title: 'Cliq', rawOf: 'zoho-cliq', live });
    });
  },
  opens: { host: /^cliq\.zoho/, page: () => '/view/cliq' },
};
