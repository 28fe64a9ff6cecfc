import { messengerPages } from '../kit/conversations.ts';
import { cliqTables, nameOf } from './rows.ts';

export const cliqPages = messengerPages({
  ...{ vendor: 'zoho-cliq', title: 'Cliq', path: '/view/cliq', host: /^cliq\.zoho/ },
  named: (desk) => cliqTables(desk).channels.all(),
  messages: (desk) => {
    const { messages } = cliqTables(desk);
    return messages.all().map((one) => ({ ...one, ...one.more, who: nameOf(one.sender) }));
  },
});
