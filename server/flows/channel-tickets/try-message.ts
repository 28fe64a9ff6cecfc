import { LiaisonError } from '../../core/errors.ts';
import { messagesOf } from '../../core/messages.ts';
import { type FlowTrial, MOST_OFFERED } from '../../core/trial.ts';
import { isMarked } from './marked.ts';
import { CHOOSE_CHANNEL, type Settings } from './settings.ts';
import { roles } from './steps.ts';
import { firstLine } from './take-message.ts';

/** A try on a message of the channel: the newest are offered, those that are meant where none is looked for. */
export const messageTrial: FlowTrial<Settings> = {
  async records({ role, settings }, search) {
    if (settings.place === '') throw new LiaisonError('rejected', { sentence: CHOOSE_CHANNEL });
    const { threads } = messagesOf(role(roles.chat));
    const latest = (await threads?.latest(settings.place)) ?? [];
    const wanted = search?.toLowerCase() ?? null;
    return latest
      .filter(({ isDeleted, text }) => !isDeleted && text !== '')
      .filter((one) =>
        wanted === null
          ? settings.which === 'all' || isMarked(one, settings.mark)
          : one.text.toLowerCase().includes(wanted),
      )
      .slice(0, MOST_OFFERED)
      .map(({ id, name, at, ...one }) => ({
        id,
        title: firstLine(one),
        ...(name === null ? {} : { detail: { en: name, fr: name } }),
        at,
      }));
  },
  async event({ role }, record) {
    const [topic = ''] = messagesOf(role(roles.chat)).threads?.topics ?? [];
    return { topic, recordId: record, body: {} };
  },
};
