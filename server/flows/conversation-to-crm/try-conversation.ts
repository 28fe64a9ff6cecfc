import { formatTime } from '../../core/format.ts';
import { mailsOf } from '../../core/mail/offer.ts';
import type { FlowTrial } from '../../core/trial.ts';
import type { Settings } from './settings.ts';

/** On one of the newest mails, each known by its hour alone: what it says is read where its conversation is logged. */
export const conversationTrial: FlowTrial<Settings> = {
  async records({ role, organisation: { locale, timeZone } }) {
    const latest = await mailsOf(role('source')).latest();
    return latest.map(({ id, at }) => ({ id, title: formatTime(at, locale, timeZone) ?? at, at }));
  },
  async event(_source, record) {
    return { topic: '', recordId: record, body: {} };
  },
};
