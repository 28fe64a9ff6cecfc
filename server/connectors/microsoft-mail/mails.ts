import { turnedOnAt } from '../../core/flow.ts';
import type { MailsOffer } from '../../core/mail/offer.ts';
import type { MicrosoftMailClient } from './client.ts';
import { MAIL_CREATED } from './webhooks.ts';

export const MAIL = 'microsoftMail.mail';

/** Up to when the mailbox was looked through, in epoch milliseconds by its own clock. */
interface Cursor {
  readonly at: number;
}

/** A person's Outlook mailbox. */
export const mails: MailsOffer<MicrosoftMailClient> = {
  object: MAIL,
  topics: [MAIL_CREATED],
  // A file travels as text within an answer, of which ten megabytes are read.
  fileSize: 7_000_000,
  latest: (client) => client.latest(),
  head: (client, id) => client.head(id),
  folders: (client, folder) => client.folders(folder),
  circle: (client, id) => client.circle(id),
  mail: (client, id) => client.mail(id),
  file: (client, mail, file) => client.file(mail, file),

  /** What is young is left to its notification, and so is looked at again. */
  async changed(client, { cursor, onForMs, graceMs }) {
    const kept = cursor as Cursor | null;
    const from = kept?.at ?? turnedOnAt(await client.now(), onForMs);
    const { mails: found, more, now } = await client.since(from);
    const ripe = found.filter(({ at }) => at <= now - graceMs);
    const last = ripe.at(-1)?.at;
    // Of one second as many were read as anybody has: it is over, or it would be read for ever.
    const next = last !== undefined && last > from ? last : from + 1_000;
    const reached = ripe.length < found.length ? (last ?? from) : Math.max(from, more ? next : now - graceMs);
    return {
      events: ripe.map(({ id, at }) => ({
        key: `${id} ${at}`,
        topic: MAIL_CREATED,
        recordId: id,
        body: {},
        ageMs: Math.max(0, now - at),
      })),
      cursor: { at: reached } satisfies Cursor,
      more: more && reached > from,
    };
  },
};
