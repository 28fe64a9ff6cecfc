import { fileName } from '../file-name.ts';
import { fitText } from '../fit-text.ts';
import type { Sentence } from '../sentence.ts';
import { type MailAddress, trueAddress } from './address.ts';
import type { Mail, MailFile } from './mail.ts';
import { harmlessHtml, textOfMail, tidyLines } from './mail-text.ts';

/** What the place that a mail is logged at takes of one. */
export interface MailLimits {
  /** In characters. */
  readonly subject: number;
  readonly content: number;
  readonly messageId: number;
  readonly name: number;
  /** Of each of to, cc and bcc. */
  readonly recipients: number;
  readonly files: number;
  /** Bytes of one file. */
  readonly fileSize: number;
}

/** A mail as it is logged: nothing in it acts, and all of it fits. */
export interface PreparedMail {
  /** Null: the mail has none. */
  readonly messageId: string | null;
  /** Empty: the mail has none. */
  readonly subject: string;
  /** Null: it names no address that mail could come from. */
  readonly from: MailAddress | null;
  readonly to: readonly MailAddress[];
  readonly cc: readonly MailAddress[];
  readonly bcc: readonly MailAddress[];
  /** People who are not named any more: there were too many, or they have no address. */
  readonly unnamed: number;
  readonly at: string;
  readonly sent: boolean;
  readonly format: 'html' | 'text';
  readonly content: string;
  /** The content is not all of it: the whole is the first of the files. */
  readonly shortened: boolean;
  readonly files: readonly PreparedFile[];
  readonly leftOut: readonly LeftOut[];
}

export interface PreparedFile {
  readonly name: string;
  readonly contentType: string;
  readonly content: FileContent;
}

export type FileContent =
  | { readonly base64: string }
  | { readonly text: string }
  /** By what it is fetched where it is needed. */
  | { readonly later: string };

export interface LeftOut {
  readonly name: string;
  readonly sentence: Sentence;
}

/** Of a mail that is longer than this, in characters, the rest is not read: nobody wrote it. */
export const MOST_READ = 2_000_000;

/** The mail as it can be logged. */
export function prepareMail(mail: Mail, limits: MailLimits): PreparedMail {
  const to = people(mail.to, limits);
  const cc = people(mail.cc, limits);
  const bcc = people(mail.bcc, limits);
  const address = trueAddress(mail.from.address);
  const body = contentOf(mail, limits);
  const whole = body.whole === null ? [] : [body.whole];
  const { files, leftOut } = filesOf(mail.attachments, limits, whole.length);
  const id = mail.messageId?.trim() ?? '';
  return {
    messageId: id === '' || id.length > limits.messageId ? null : id,
    subject: fitText(mail.subject.replace(/\s+/g, ' ').trim(), limits.subject),
    from: address === null ? null : { name: fitText(mail.from.name.trim(), limits.name), address },
    to: to.named,
    cc: cc.named,
    bcc: bcc.named,
    unnamed: to.unnamed + cc.unnamed + bcc.unnamed,
    at: mail.at,
    sent: mail.sent,
    format: body.format,
    content: body.content,
    shortened: body.whole !== null,
    files: [...whole, ...files],
    leftOut: [...leftOut, ...body.leftOut],
  };
}

/** People by their true addresses, each once. */
function people(all: readonly MailAddress[], { recipients, name }: MailLimits) {
  const named = new Map<string, MailAddress>();
  let nameless = 0;
  for (const one of all) {
    const address = trueAddress(one.address);
    if (address === null) nameless += 1;
    else if (!named.has(address)) named.set(address, { name: fitText(one.name.trim(), name), address });
  }
  const kept = [...named.values()].slice(0, recipients);
  return { named: kept, unnamed: nameless + named.size - kept.length };
}

interface Content {
  readonly format: 'html' | 'text';
  readonly content: string;
  readonly whole: PreparedFile | null;
  readonly leftOut: readonly LeftOut[];
}

/** Laid out where that fits; else as plain text; else the beginning of it, with the whole as a file. */
function contentOf({ body }: Mail, limits: MailLimits): Content {
  const read = body.content.slice(0, MOST_READ).toWellFormed().replaceAll('\0', '');
  const leftOut = body.content.length > MOST_READ ? [{ name: '', sentence: TOO_LONG }] : [];
  const html = body.format === 'html' ? harmlessHtml(read) : null;
  if (html !== null && html.length <= limits.content)
    return { format: 'html', content: html, whole: null, leftOut };
  const text = html === null ? tidyLines(read) : textOfMail(read);
  const fits = text.length <= limits.content;
  if (html === null && fits) return { format: 'text', content: text, whole: null, leftOut };
  const whole: PreparedFile =
    html === null
      ? { name: 'message.txt', contentType: 'text/plain', content: { text } }
      : { name: 'message.html', contentType: 'text/html', content: { text: page(html) } };
  return { format: 'text', content: fits ? text : fitText(text, limits.content), whole, leftOut };
}

/** A file that is opened by itself says how it is to be read, and that it may call nobody. */
const page = (html: string): string =>
  `<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'">${html}`;

function filesOf(attachments: readonly MailFile[], limits: MailLimits, taken: number) {
  const files: PreparedFile[] = [];
  const leftOut: LeftOut[] = [];
  for (const [index, file] of attachments.entries()) {
    const name = fileName(file.name, `attachment-${index + 1}`);
    // The pictures of a signature are of the layout, which is not kept.
    if (file.inline) continue;
    const why = whyLeftOut(file, limits, files.length + taken);
    if (why !== null) leftOut.push({ name, sentence: why });
    else files.push({ name, contentType: plainType(file.contentType), content: contentIn(file) });
  }
  return { files, leftOut };
}

/** Whoever wrote the mail says what its files are: it is sent on where nothing but a type stands in it. RFC 6838, 4.2. */
const MEDIA_TYPE = /^[a-z\d][a-z\d!#$&^_.+-]{0,126}\/[a-z\d][a-z\d!#$&^_.+-]{0,126}$/i;
function plainType(contentType: string): string {
  const type = contentType.split(';', 1)[0]?.trim() ?? '';
  return MEDIA_TYPE.test(type) ? type : 'application/octet-stream';
}

const contentIn = ({ later, content }: MailFile): FileContent =>
  later === undefined ? { base64: content ?? '' } : { later };

function whyLeftOut(file: MailFile, limits: MailLimits, taken: number): Sentence | null {
  const isHere = file.content !== null || file.later !== undefined;
  const size = file.content === null ? file.size : sizeOf(file.content);
  if (size > limits.fileSize) return tooLarge(limits.fileSize);
  if (!isHere) return NOT_AT_HAND;
  if (size === 0) return EMPTY;
  return taken >= limits.files ? tooMany(limits.files) : null;
}

/** Bytes that a base64 text stands for. */
export const sizeOf = (base64: string): number =>
  Math.floor((base64.length * 3) / 4) - (base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0);

const megabytes = (bytes: number): number => Math.floor(bytes / 1_000_000);

const tooLarge = (most: number): Sentence => ({
  en: `It is larger than the ${megabytes(most)} MB that the CRM takes of one file.`,
  fr: `Elle dépasse les ${megabytes(most)} Mo que le CRM accepte par fichier.`,
});
const tooMany = (most: number): Sentence => ({
  en: `The CRM takes no more than ${most} files with one mail.`,
  fr: `Le CRM n’accepte pas plus de ${most} fichiers avec un e-mail.`,
});
const NOT_AT_HAND: Sentence = {
  en: 'Its content could not be read from the mailbox.',
  fr: 'Son contenu n’a pas pu être lu dans la boîte aux lettres.',
};
const EMPTY: Sentence = { en: 'It is empty.', fr: 'Elle est vide.' };
const TOO_LONG: Sentence = {
  en: 'Of the text, what is beyond two million characters was not taken.',
  fr: 'Du texte, ce qui dépasse deux millions de caractères n’a pas été repris.',
};
