/// <reference types="office-js" />
import { callWith } from '../../widget/api/client.ts';
import { ON_SEND } from './name.ts';
import { onSend } from './on-send.ts';

/** Runs in a page that nobody sees, for as long as a mail is being sent. */
void Office.onReady(() => {
  const isFrench = Office.context.displayLanguage.toLowerCase().startsWith('fr');
  document.documentElement.lang = isFrench ? 'fr' : 'en';
  Office.actions.associate(ON_SEND, async (event: Office.MailboxEvent) => {
    const draft = Office.context.mailbox.item as unknown as Office.MessageCompose;
    event.completed(await onSend(draft, { call: callWith, now: () => new Date(), isFrench }));
  });
});
