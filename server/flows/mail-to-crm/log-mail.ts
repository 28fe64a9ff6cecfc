import { createHash } from 'node:crypto';
import { zohoCrm } from '../../connectors/zoho-crm/connector.ts';
import { type Outcome, skipped } from '../../core/flow.ts';
import type { MailAddress } from '../../core/mail/address.ts';
import { type AskedMail, askedMail, type KeptFile } from '../../core/mail/asked-mail.ts';
import type { LeftOut } from '../../core/mail/prepare-mail.ts';
import { languageOf, type Sentence } from '../../core/sentence.ts';
import type { Context } from './steps.ts';

/** Puts a mail on a record of the CRM, once, whoever asks for it and however often. */
export async function logMail(context: Context): Promise<Outcome> {
  const { event, read, write, client, onceForAll, link, label, organisation } = context;
  const asked = askedMail(event.body);
  const { key, identity, module, record, mail } = asked;
  const { from } = mail;
  const language = languageOf(organisation.locale);
  const subject = mail.subject === '' ? NO_SUBJECT[language] : mail.subject;
  label(subject);
  if (from === null) return skipped(NO_SENDER);
  // Two integrations may hear of one mail: whoever took it on ends it, however often that one is taken up again.
  if (!(await onceForAll(JSON.stringify(['mail', identity, module, record])))) return skipped(LOGGED);
  const crm = client(zohoCrm);
  const find = () => crm.emailOn(module, record, { from: from.address, subject, at: mail.at });
  const known = await read('known', find);
  if (known !== null) {
    await link(key, known);
    return { state: 'done', summary: WAS_THERE };
  }
  const { ids, leftOut } = await sendFiles(context, asked);
  const id = await write('mail', {
    find,
    send: () =>
      crm.associateEmail(module, record, {
        from,
        ...recipientsOf(asked, from),
        subject,
        content: mail.content === '' ? NO_TEXT[language] : mail.content,
        format: mail.format,
        messageId: mail.messageId ?? ownId(identity),
        sent: mail.sent,
        at: mail.at,
        files: ids,
      }),
  });
  await link(key, id);
  return { state: 'done', summary: logged(ids.length, [...leftOut, ...mail.leftOut]) };
}

async function sendFiles(context: Context, { mail }: AskedMail) {
  const ids: string[] = [];
  const leftOut: LeftOut[] = [];
  if (!context.settings.attachments)
    return { ids, leftOut: mail.files.map(({ name }) => ({ name, sentence: NOT_WANTED })) };
  for (const [index, file] of mail.files.entries()) {
    const sent = await context
      .forItem(String(index + 1))
      .write('file', { send: () => sendFile(context, file) });
    if ('id' in sent) ids.push(sent.id);
    else leftOut.push({ name: file.name, sentence: sent.refused });
  }
  return { ids, leftOut };
}

async function sendFile({ client, file }: Context, { id, name, contentType }: KeptFile) {
  const bytes = await file(id);
  if (bytes === null) return { refused: NO_LONGER_KEPT };
  return client(zohoCrm).uploadFile({ name, contentType, bytes });
}

/** The CRM wants somebody whom a mail is to: one that names nobody openly is to those it is copied to. */
function recipientsOf({ mail: { to, cc, bcc } }: AskedMail, from: MailAddress) {
  if (to.length > 0) return { to, cc, bcc };
  if (cc.length > 0) return { to: cc, cc: [], bcc };
  return { to: bcc.length > 0 ? bcc : [from], cc: [], bcc: [] };
}

/** For a mail without a Message-ID: the same each time, and of no mail server. */
const ownId = (identity: string): string =>
  `<${createHash('sha256').update(identity).digest('hex').slice(0, 40)}@liaison.invalid>`;

const NO_SUBJECT: Sentence = { en: '(no subject)', fr: '(sans objet)' };
const NO_TEXT: Sentence = { en: '(no text)', fr: '(sans texte)' };
const NO_SENDER: Sentence = {
  en: 'The mail names no address that it came from: nothing was logged.',
  fr: 'L’e-mail ne nomme aucune adresse d’expéditeur\u00a0: rien n’a été enregistré.',
};
const LOGGED: Sentence = {
  en: 'The mail is logged on this record already, or is about to be.',
  fr: 'L’e-mail est déjà enregistré sur cette fiche, ou va l’être.',
};
const WAS_THERE: Sentence = {
  en: 'The mail was on the record already.',
  fr: 'L’e-mail était déjà sur la fiche.',
};
const NOT_WANTED: Sentence = {
  en: 'The integration logs no attachments.',
  fr: 'L’intégration n’enregistre pas les pièces jointes.',
};
const NO_LONGER_KEPT: Sentence = {
  en: 'It is not kept any longer.',
  fr: 'Elle n’est plus conservée.',
};

function logged(files: number, leftOut: readonly LeftOut[]): Sentence {
  const names = [...new Set(leftOut.map(({ name }) => name).filter((name) => name !== ''))];
  const out = names.slice(0, 5).join(', ') + (names.length > 5 ? ' …' : '');
  const en = files === 0 ? '' : files === 1 ? ', with one file' : `, with ${files} files`;
  const fr = files === 0 ? '' : files === 1 ? ', avec un fichier' : `, avec ${files} fichiers`;
  return {
    en: `The mail was put on the record${en}.${out === '' ? '' : ` Left out: ${out}.`}`,
    fr: `L’e-mail a été mis sur la fiche${fr}.${out === '' ? '' : ` Laissé de côté\u00a0: ${out}.`}`,
  };
}
