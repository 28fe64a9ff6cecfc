import { createHash } from 'node:crypto';
import { zohoCrm } from '../../connectors/zoho-crm/connector.ts';
import type { UploadedFile } from '../../connectors/zoho-crm/emails.ts';
import type { RunContext } from '../../core/flow.ts';
import type { MailAddress } from '../../core/mail/address.ts';
import type { LeftOut, PreparedMail } from '../../core/mail/prepare-mail.ts';
import { languageOf, type Sentence } from '../../core/sentence.ts';

/** A mail that is to be on a record, and how its files are fetched. */
export interface PutWish {
  /** What the mail is known by, wherever it is read. */
  readonly identity: string;
  readonly module: string;
  readonly record: string;
  readonly mail: Omit<PreparedMail, 'files'>;
  readonly from: MailAddress;
  /** Null: attachments are not wanted. */
  readonly files: readonly WantedFile[] | null;
  /** Before the steps of each file, where a run puts the mail on several records; absent: on one. */
  readonly item?: string;
}

export interface WantedFile {
  readonly name: string;
  readonly contentType: string;
  /** Null: it is not to be had any more. */
  bytes(): Promise<Uint8Array | null>;
}

export type Put =
  /** Another run put it there, or does so still. */
  | { readonly is: 'taken' }
  /** The CRM had it there already, whoever put it there. */
  | { readonly is: 'there'; readonly id: string }
  | {
      readonly is: 'put';
      readonly id: string;
      readonly files: number;
      readonly leftOut: readonly LeftOut[];
    };

export type PutSteps = 'known' | 'file' | 'mail';
type Context = Pick<
  RunContext<unknown, PutSteps>,
  'read' | 'write' | 'client' | 'onceForAll' | 'organisation' | 'forItem'
>;

/** The mail's subject as the CRM has it: it wants one. */
export const subjectOf = ({ subject }: Pick<PreparedMail, 'subject'>, locale: string): string =>
  subject === '' ? NO_SUBJECT[languageOf(locale)] : subject;

/** Puts a mail on a record of the CRM, once, whoever asks for it and however often. */
export async function putMail(context: Context, wish: PutWish): Promise<Put> {
  const { identity, module, record, mail, from, item } = wish;
  const { client, onceForAll, organisation } = context;
  // Two integrations may hear of one mail: whoever took it on ends it, however often that one is taken up again.
  if (!(await onceForAll(JSON.stringify(['mail', identity, module, record])))) return { is: 'taken' };
  const own = item === undefined ? context : context.forItem(item);
  const crm = client(zohoCrm);
  const subject = subjectOf(mail, organisation.locale);
  const find = () => crm.emailOn(module, record, { from: from.address, subject, at: mail.at });
  const known = await own.read('known', find);
  if (known !== null) return { is: 'there', id: known };
  const { ids, leftOut } = await sendFiles(context, wish);
  const id = await own.write('mail', {
    find,
    send: () =>
      crm.associateEmail(module, record, {
        from,
        ...recipientsOf(mail, from),
        subject,
        content: mail.content === '' ? NO_TEXT[languageOf(organisation.locale)] : mail.content,
        format: mail.format,
        messageId: mail.messageId ?? ownId(identity),
        sent: mail.sent,
        at: mail.at,
        files: ids,
      }),
  });
  return { is: 'put', id, files: ids.length, leftOut: [...leftOut, ...mail.leftOut] };
}

async function sendFiles(context: Context, { files, item }: PutWish) {
  const ids: string[] = [];
  const leftOut: LeftOut[] = [];
  for (const [index, file] of (files ?? []).entries()) {
    const own = context.forItem(`${item === undefined ? '' : `${item}-`}${index + 1}`);
    const sent = await own.write('file', { send: () => sendFile(context, file) });
    if ('id' in sent) ids.push(sent.id);
    else leftOut.push({ name: file.name, sentence: sent.refused });
  }
  return { ids, leftOut };
}

async function sendFile(
  { client }: Context,
  { name, contentType, bytes: bytesOf }: WantedFile,
): Promise<UploadedFile> {
  const bytes = await bytesOf();
  if (bytes === null) return { refused: NOT_TO_BE_HAD };
  return client(zohoCrm).uploadFile({ name, contentType, bytes });
}

/** The CRM wants somebody whom a mail is to: one that names nobody openly is to those it is copied to. */
function recipientsOf({ to, cc, bcc }: PutWish['mail'], from: MailAddress) {
  if (to.length > 0) return { to, cc, bcc };
  if (cc.length > 0) return { to: cc, cc: [], bcc };
  return { to: bcc.length > 0 ? bcc : [from], cc: [], bcc: [] };
}

/** For a mail without a Message-ID: the same each time, and of no mail server. */
const ownId = (identity: string): string =>
  `<${createHash('sha256').update(identity).digest('hex').slice(0, 40)}@liaison.invalid>`;

/** What was put on a record, in words. */
export function putSentence({ files, leftOut }: Extract<Put, { is: 'put' }>): Sentence {
  const names = [...new Set(leftOut.map(({ name }) => name).filter((name) => name !== ''))];
  const out = names.slice(0, 5).join(', ') + (names.length > 5 ? ' …' : '');
  const en = files === 0 ? '' : files === 1 ? ', with one file' : `, with ${files} files`;
  const fr = files === 0 ? '' : files === 1 ? ', avec un fichier' : `, avec ${files} fichiers`;
  return {
    en: `The mail was put on the record${en}.${out === '' ? '' : ` Left out: ${out}.`}`,
    fr: `L’e-mail a été mis sur la fiche${fr}.${out === '' ? '' : ` Laissé de côté\u00a0: ${out}.`}`,
  };
}

const NO_SUBJECT: Sentence = { en: '(no subject)', fr: '(sans objet)' };
const NO_TEXT: Sentence = { en: '(no text)', fr: '(sans texte)' };
const NOT_TO_BE_HAD: Sentence = {
  en: 'It is not to be had any more.',
  fr: 'Elle n’est plus disponible.',
};
export const NO_SENDER: Sentence = {
  en: 'The mail names no address that it came from: nothing was logged.',
  fr: 'L’e-mail ne nomme aucune adresse d’expéditeur\u00a0: rien n’a été enregistré.',
};
export const TAKEN: Sentence = {
  en: 'The mail is logged on this record already, or is about to be.',
  fr: 'L’e-mail est déjà enregistré sur cette fiche, ou va l’être.',
};
export const WAS_THERE: Sentence = {
  en: 'The mail was on the record already.',
  fr: 'L’e-mail était déjà sur la fiche.',
};
