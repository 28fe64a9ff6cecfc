import type { HeldWrite, StandIns, TrialDeclaration } from '../../core/held-write.ts';
import type { Sentence } from '../../core/sentence.ts';

const NOTE: Sentence = { en: 'note', fr: 'note' };
const MAIL: Sentence = { en: 'e-mail', fr: 'e-mail' };
const FILE: Sentence = { en: 'file', fr: 'fichier' };
const RECORD: Sentence = { en: 'record', fr: 'fiche' };

const recordsOf = ({ body }: HeldWrite): readonly { readonly id?: string }[] =>
  (body as { data?: { id?: string }[] } | null)?.data ?? [];

/** One result for each record, as the CRM answers every write of records. */
const done =
  (what: Sentence) =>
  (write: HeldWrite, { make }: StandIns) => ({
    body: {
      data: recordsOf(write).map(({ id }) => ({
        code: 'SUCCESS',
        status: 'success',
        action: id === undefined ? 'insert' : 'update',
        details: { id: id ?? make(what) },
      })),
    },
  });

/** Of a file on its way: its name is all that people know it by. */
const nameInForm = (body: unknown): string => /; filename="([^"\r\n]*)"/.exec(String(body))?.[1] ?? '';

/** How the CRM is to go about it: nothing of the record's. */
const MANNER = { trigger: null, duplicate_check_fields: null, 'data.Parent_Id.module.api_name': null };

/**
 * Records of any module are made, changed and upserted alike; a query is sent by POST.
 * https://www.zoho.com/crm/developer/docs/api/v8/insert-records.html
 */
export const trial: TrialDeclaration = {
  reads: /^POST \/crm\/v8\/coql$/,
  writes: [
    {
      call: /^(POST|PUT) \/crm\/v8\/Notes$/,
      fields: {
        ...MANNER,
        Note_Title: { en: 'Title of the note', fr: 'Titre de la note' },
        Note_Content: { en: 'Note', fr: 'Note' },
        'data.id': { en: 'Note', fr: 'Note' },
        'data.Parent_Id.id': { en: 'On the contact', fr: 'Sur le contact' },
      },
      answer: done(NOTE),
    },
    {
      call: /^POST \/crm\/v8\/files$/,
      answer: (_write, { make }) => ({
        body: { data: [{ status: 'success', details: { id: make(FILE) } }] },
      }),
    },
    {
      // A record that is not there yet goes by a text that stands for its id.
      call: /^POST \/crm\/v8\/\w+\/.+\/Attachments$/,
      fields: { file: { en: 'File', fr: 'Fichier' } },
      written: ({ body }) => ({ file: nameInForm(body) }),
      answer: (_write, { make }) => ({
        body: { data: [{ status: 'success', details: { id: make(FILE) } }] },
      }),
    },
    {
      call: /^POST \/crm\/v8\/\w+\/\d+\/actions\/associate_email$/,
      fields: {
        'Emails.from.user_name': { en: 'Sender', fr: 'Expéditeur' },
        'Emails.from.email': { en: 'Sender’s address', fr: 'Adresse de l’expéditeur' },
        'Emails.to.user_name': { en: 'Recipient', fr: 'Destinataire' },
        'Emails.to.email': { en: 'Recipient’s address', fr: 'Adresse du destinataire' },
        'Emails.cc.user_name': { en: 'Copied to', fr: 'En copie' },
        'Emails.cc.email': { en: 'Address copied to', fr: 'Adresse en copie' },
        'Emails.bcc.user_name': { en: 'Copied to unseen', fr: 'En copie cachée' },
        'Emails.bcc.email': { en: 'Address copied to unseen', fr: 'Adresse en copie cachée' },
        'Emails.subject': { en: 'Subject', fr: 'Objet' },
        'Emails.content': { en: 'Text', fr: 'Texte' },
        'Emails.mail_format': null,
        'Emails.original_message_id': null,
        'Emails.sent': { en: 'Sent by you', fr: 'Envoyé par vous' },
        'Emails.date_time': { en: 'Date', fr: 'Date' },
        'Emails.attachments.id': { en: 'Attachment', fr: 'Pièce jointe' },
      },
      answer: (_write, { make }) => ({
        body: { Emails: [{ code: 'SUCCESS', status: 'success', details: { message_id: make(MAIL) } }] },
      }),
    },
    {
      call: /^(POST|PUT) \/crm\/v8\/\w+(\/upsert)?$/,
      fields: { ...MANNER, 'data.id': { en: 'Record', fr: 'Fiche' } },
      answer: done(RECORD),
    },
  ],
};
