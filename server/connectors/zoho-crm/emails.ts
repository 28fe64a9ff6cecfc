import { z } from 'zod';
import type { ConnectorHttp } from '../../core/connector.ts';
import { LiaisonError } from '../../core/errors.ts';
import type { MailAddress } from '../../core/mail/address.ts';
import { plainSubject } from '../../core/mail/mail.ts';
import type { MailLimits } from '../../core/mail/prepare-mail.ts';
import { readAnswer } from '../../core/read-answer.ts';
import type { Sentence } from '../../core/sentence.ts';
import type { FormFile } from '../../kit/file-form.ts';
import type { ZohoApi } from '../families/zoho/request.ts';
import { problemError, problemOf, VENDOR } from './failures.ts';
import { refusedFile } from './refused-file.ts';
import { sendFile } from './send-file.ts';

/** https://www.zoho.com/crm/developer/docs/api/v8/associate-email.html, upload-files-to-zfs.html */
export const MAIL_LIMITS: MailLimits = {
  subject: 500,
  content: 32_000,
  messageId: 255,
  name: 255,
  recipients: 50,
  files: 20,
  fileSize: 20_000_000,
};

/** A mail as the CRM is told of it; nothing in it is longer than the limits. */
export interface CrmEmail {
  readonly from: MailAddress;
  /** At least one. */
  readonly to: readonly MailAddress[];
  readonly cc: readonly MailAddress[];
  readonly bcc: readonly MailAddress[];
  /** Not empty, and so is the content. */
  readonly subject: string;
  readonly content: string;
  readonly format: 'html' | 'text';
  readonly messageId: string;
  readonly sent: boolean;
  /** ISO 8601 with an offset. */
  readonly at: string;
  /** Ids of files that were uploaded. */
  readonly files: readonly string[];
}

/** By what a mail on a record is recognised: the list names no Message-ID. */
export interface SoughtEmail {
  /** In small letters. */
  readonly from: string;
  readonly subject: string;
  readonly at: string;
}

const answerSchema = z.object({ Emails: z.array(z.unknown()).min(1) });
const doneSchema = z.object({ details: z.object({ message_id: z.string() }) });
const pageSchema = z.object({
  Emails: z.array(
    z.object({
      message_id: z.string().nullish(),
      subject: z.string().nullish(),
      from: z.object({ email: z.string().nullish() }).nullish(),
      time: z.string().nullish(),
      sent_time: z.string().nullish(),
    }),
  ),
  info: z.object({ more_records: z.boolean().nullish(), next_index: z.string().nullish() }).nullish(),
});

/** Bounds the walk through a record's mails, ten on a page: the newest two hundred. */
const MOST_PAGES = 20;
/** Clocks of mail programs tell whole seconds, and the CRM may cut what is below. */
const SAME_MOMENT_MS = 1_000;

export type UploadedFile = { readonly id: string } | { readonly refused: Sentence };

export function emailCalls(http: ConnectorHttp, api: ZohoApi) {
  return {
    /**
     * Puts a file where a mail can name it. One that nothing names is seen nowhere: a repeat does no harm.
     *
     * @returns its id, or why the CRM does not want this file.
     */
    async uploadFile(file: FormFile): Promise<UploadedFile> {
      try {
        return { id: await sendFile(http, '/crm/v8/files', file) };
      } catch (thrown) {
        const refused = thrown instanceof LiaisonError ? refusedFile(thrown) : undefined;
        if (refused === undefined) throw thrown;
        return { refused };
      }
    },

    /** Puts a mail on a record. A repeat puts it there again: look before. @returns the CRM's own id of it. */
    async associateEmail(module: string, recordId: string, email: CrmEmail): Promise<string> {
      const { body } = await api({
        method: 'POST',
        path: `/crm/v8/${module}/${encodeURIComponent(recordId)}/actions/associate_email`,
        json: { Emails: [asSent(email)] },
      });
      const [first] = readAnswer(answerSchema, body, VENDOR, true).Emails;
      const problem = problemOf(first);
      if (problem !== null) throw problemError(problem);
      return readAnswer(doneSchema, first, VENDOR, true).details.message_id;
    },

    /** The CRM's own id of this mail on the record, whoever put it there; null: it is not among the newest two hundred. */
    async emailOn(module: string, recordId: string, sought: SoughtEmail): Promise<string | null> {
      const path = `/crm/v8/${module}/${encodeURIComponent(recordId)}/Emails`;
      let index: string | undefined;
      for (let page = 0; page < MOST_PAGES; page += 1) {
        const { body } = await api({ path, query: { index } });
        if (body === null) return null;
        const { Emails, info } = readAnswer(pageSchema, body, VENDOR);
        const found = Emails.find(
          (one) =>
            one.from?.email?.toLowerCase() === sought.from &&
            plainSubject(one.subject ?? '') === plainSubject(sought.subject) &&
            isSameMoment(one.time ?? one.sent_time, sought.at),
        );
        if (found?.message_id) return found.message_id;
        if (info?.more_records !== true || !info.next_index) return null;
        index = info.next_index;
      }
      return null;
    },
  };
}

const isSameMoment = (one: string | null | undefined, other: string): boolean =>
  Math.abs(Date.parse(one ?? '') - Date.parse(other)) <= SAME_MOMENT_MS;

const person = ({ name, address }: MailAddress) => ({
  ...(name === '' ? {} : { user_name: name }),
  email: address,
});

/** The root is `Emails`: one file of Zoho's says `data`, and its own examples do not. */
function asSent({ from, to, cc, bcc, subject, content, format, messageId, sent, at, files }: CrmEmail) {
  return {
    from: person(from),
    to: to.map(person),
    ...(cc.length === 0 ? {} : { cc: cc.map(person) }),
    ...(bcc.length === 0 ? {} : { bcc: bcc.map(person) }),
    subject,
    content,
    mail_format: format,
    original_message_id: messageId,
    sent,
    date_time: new Date(at).toISOString().replace(/\.\d+Z$/, '+00:00'),
    ...(files.length === 0 ? {} : { attachments: files.map((id) => ({ id })) }),
  };
}
