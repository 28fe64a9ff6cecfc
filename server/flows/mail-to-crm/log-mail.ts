import { type Outcome, skipped } from '../../core/flow.ts';
import { askedMail } from '../../core/mail/asked-mail.ts';
import type { Sentence } from '../../core/sentence.ts';
import { NO_SENDER, putMail, putSentence, subjectOf, TAKEN, WAS_THERE } from './put-mail.ts';
import type { Context } from './steps.ts';

/** Puts the mail that somebody asked for on the record that they chose. */
export async function logMail(context: Context): Promise<Outcome> {
  const { event, file, link, label, organisation, settings } = context;
  const { key, identity, module, record, mail, isChanged = false } = askedMail(event.body);
  label(subjectOf(mail, organisation.locale));
  if (mail.from === null) return skipped(NO_SENDER);
  const files = mail.files.map(({ id, ...one }) => ({ ...one, bytes: () => file(id) }));
  const put = await putMail(context, {
    ...{ identity, module, record, mail, from: mail.from },
    files: settings.attachments ? files : null,
  });
  if (put.is === 'taken') return skipped(TAKEN);
  await link(key, put.id);
  const summary = put.is === 'there' ? WAS_THERE : putSentence(put);
  return { state: 'done', summary: isChanged ? alsoBefore(summary) : summary };
}

/** Zoho CRM's API puts mails on records, and neither changes one nor takes it away. */
const alsoBefore = ({ en, fr }: Sentence): Sentence => ({
  en: `${en} The text that it had before it was changed is on the record, too: take that one away in Zoho CRM.`,
  fr: `${fr} Le texte qu’il avait avant d’être modifié est aussi sur la fiche\u00a0: retirez celui-là dans Zoho CRM.`,
});
