import type { Chat } from '../../core/chat/chat.ts';
import { titleOf } from '../../core/chat/chat-words.ts';
import { chatsOf } from '../../core/chat/offer.ts';
import { formatTime } from '../../core/format.ts';
import { type FlowTrial, MOST_OFFERED, type TrialSource } from '../../core/trial.ts';
import type { Settings } from './settings.ts';

const holds = ({ number, question, visitor }: Chat, text: string): boolean =>
  [number, question, visitor.name, visitor.email, visitor.phone].some(
    (one) => one?.toLowerCase().includes(text.toLowerCase()) === true,
  );

/** The last chats that are over, newest first. Where an address is looked for, those of that visitor. */
export const chatTrial: FlowTrial<Settings> = {
  async records({ role, settings, organisation }: TrialSource<Settings>, search) {
    const email = search?.includes('@') === true ? search.trim() : null;
    const chats = await chatsOf(role('source')).latest(settings.portal, email);
    return chats
      .filter((chat) => search === null || email !== null || holds(chat, search))
      .slice(0, MOST_OFFERED)
      .map((chat) => {
        const at = chat.endedAt ?? chat.startedAt;
        const when = at === null ? null : formatTime(at, organisation.locale, organisation.timeZone);
        const detail = chat.question ?? when;
        return {
          id: chat.id,
          title: titleOf(chat),
          ...(detail === null ? {} : { detail: { en: detail, fr: detail } }),
          ...(at === null ? {} : { at }),
        };
      });
  },
  // The run reads the chat itself: that there is none is its to say.
  event: async ({ role }, record) => ({
    topic: chatsOf(role('source')).topic,
    recordId: record,
    body: { id: record },
  }),
};
