import { zohoCrm } from '../../connectors/zoho-crm/connector.ts';
import { addressIn } from '../../core/cells/read-text.ts';
import type { Chat } from '../../core/chat/chat.ts';
import type { BoundChats } from '../../core/chat/offer.ts';
import { visitorLines } from '../../core/chat/visitor-lines.ts';
import { type Outcome, skipped } from '../../core/flow.ts';
import { knownVisitor } from '../records-beside-chat/known-visitor.ts';
import { said } from './sentences.ts';
import type { Context } from './steps.ts';

/** Beside a chat that goes on: who writes, as the CRM knows them. */
export async function tellOperator(context: Context, chats: BoundChats, chat: Chat): Promise<Outcome> {
  const { settings, organisation, client, read, write } = context;
  const email = addressIn(chat.visitor.email ?? '');
  if (email === null) return skipped(said.noAddress);
  const known = await read('who', () =>
    knownVisitor(client(zohoCrm), email, { deals: settings.deals, organisation }),
  );
  if (known === null) return skipped(said.stranger(email));
  const lines = visitorLines(known, organisation.locale, chats.longest);
  const isTold = await write('tell', { send: () => chats.tellIn(settings.portal, chat.id, lines) });
  return isTold ? { state: 'done', summary: said.told(chat.number, known.name) } : skipped(said.over);
}
