import type { Request } from '../../server/api/contract.ts';

/** A record that a mail is logged on. */
export type MailRecord = Request<'logMail'>['body']['records'][number];

export const sameRecord = (one: MailRecord, other: { module: string; id: string }): boolean =>
  one.module === other.module && one.id === other.id;
