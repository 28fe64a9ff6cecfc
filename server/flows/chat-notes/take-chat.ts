import { leftOutChat } from '../../core/chat/chat-filter.ts';
import { titleOf } from '../../core/chat/chat-words.ts';
import { chatsOf } from '../../core/chat/offer.ts';
import { type Outcome, skipped } from '../../core/flow.ts';
import { keepNote, keys } from './keep-note.ts';
import { said } from './sentences.ts';
import type { Context } from './steps.ts';
import { tellOperator } from './tell-operator.ts';

/**
 * A chat as it now stands, whatever was told of it: while it goes on, the operator hears who writes; once it is over, it
 * is a note on the visitor’s record.
 */
export async function takeChat(context: Context): Promise<Outcome> {
  const { event, settings, role, read, label, filter, linked, topics } = context;
  const chats = chatsOf(role('source'));
  // A step, so that a run that is taken up again does not take for known what it remembered itself.
  const seen = await read('chat', async () => {
    const chat = await chats.chat(settings.portal, event.recordId ?? '');
    if (chat === null) return null;
    const heard = await topics();
    // The application may answer for a moment as it was before it told of the end.
    const isOver = chat.state !== 'open' || heard.some((one) => chats.endTopics.includes(one));
    return { chat, isOver, note: await linked(keys.note(chat)) };
  });
  if (seen === null) return skipped(said.gone);
  const { chat } = seen;
  label(titleOf(chat));
  const left = leftOutChat(filter, chat);
  if (left !== null) return skipped(left);
  if (seen.isOver) return keepNote(context, chats, chat, seen.note);
  return settings.tell ? tellOperator(context, chats, chat) : skipped(said.open);
}
