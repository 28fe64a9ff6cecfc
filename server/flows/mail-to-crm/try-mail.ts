import { zohoCrm } from '../../connectors/zoho-crm/connector.ts';
import { coqlText } from '../../connectors/zoho-crm/coql.ts';
import { MAIL_LIMITS } from '../../connectors/zoho-crm/emails.ts';
import type { AskedMail } from '../../core/mail/asked-mail.ts';
import { identityOf, type Mail } from '../../core/mail/mail.ts';
import { prepareMail } from '../../core/mail/prepare-mail.ts';
import { type FlowTrial, MOST_OFFERED, type TrialRecord } from '../../core/trial.ts';
import type { Settings } from './settings.ts';

const MODULE = 'Contacts';

/** A mail that nobody wrote. */
export const triedMail = (address: string, name: string): Mail => ({
  messageId: '<essai@liaison.invalid>',
  draftId: null,
  conversationId: null,
  subject: 'Votre devis',
  from: { name, address },
  to: [],
  cc: [],
  bcc: [],
  at: '2026-11-23T09:30:00.000Z',
  sent: false,
  body: { format: 'text', content: 'Bonjour,\n\nMerci pour le devis, il nous convient.' },
  attachments: [],
});

/** On a mail of a contact of choice. */
export const mailTrial: FlowTrial<Settings> = {
  async records({ client }, search) {
    const like = search === null ? '' : ` and Full_Name like ${coqlText(`%${search}%`)}`;
    const { rows } = await client(zohoCrm).query(
      `select Full_Name, Email from ${MODULE} where Email is not null${like} order by Modified_Time desc limit ${MOST_OFFERED}`,
    );
    return rows.map(
      (row): TrialRecord => ({ id: row.id, title: String(row.Full_Name ?? row.Email ?? row.id) }),
    );
  },
  async event({ client }, record) {
    if (!/^\d{1,25}$/.test(record)) return null;
    const [contact] = await client(zohoCrm).records(MODULE, [record], ['Full_Name', 'Email']);
    if (contact === undefined) return null;
    const mail = triedMail(String(contact.Email ?? ''), String(contact.Full_Name ?? ''));
    const { files: _none, ...prepared } = prepareMail(mail, MAIL_LIMITS);
    const body: AskedMail = {
      key: 'try',
      identity: identityOf(mail),
      module: MODULE,
      record,
      mail: { ...prepared, files: [] },
    };
    return { topic: '', recordId: record, body: { ...body } };
  },
};
