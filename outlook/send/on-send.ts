/// <reference types="office-js" />
import type { Sentence } from '../../server/core/sentence.ts';
import { ApiError, type callWith } from '../../widget/api/client.ts';
import { ask } from '../office/ask.ts';
import { SEND_NOTE, sendWishOf } from '../office/send-wish.ts';
import { sentMail } from './sent-mail.ts';

export interface SendParts {
  readonly call: typeof callWith;
  readonly now: () => Date;
  readonly isFrench: boolean;
}

/** What Outlook asks the person in the end, where it could not be done. They may send the mail all the same. */
type Answer = { readonly allowEvent: true } | { readonly allowEvent: false; readonly errorMessage: string };

const SEND: Answer = { allowEvent: true };

/**
 * Logs a draft on the records that the pane left with it. A draft that nobody wanted logged is not read at all, and sent
 * without a call to anybody. Never rejects: a mail that is not sent is worse than one that is not logged.
 */
export async function onSend(
  draft: Office.MessageCompose,
  { call, now, isFrench }: SendParts,
): Promise<Answer> {
  const wish = sendWishOf(
    await ask<string>((done) => draft.sessionData.getAsync(SEND_NOTE, done)).catch(() => null),
  );
  if (wish === null) return SEND;
  try {
    // By the cookie of the sign-in in the pane; this page shows nothing that somebody could sign in with.
    const { token } = await call(null, 'renewSession', { body: {} });
    const mail = await sentMail(draft, { draftId: wish.draftId, now: now().toISOString() });
    await call(token, 'logMail', { body: { mail, records: [...wish.records] } });
    return SEND;
  } catch (error) {
    return { allowEvent: false, errorMessage: sentenceOf(error)[isFrench ? 'fr' : 'en'] };
  }
}

function sentenceOf(error: unknown): Sentence {
  const problem = error instanceof ApiError ? error.problem : undefined;
  if (problem === undefined) return NOT_READ;
  if (problem === null) return NO_ANSWER;
  if (problem.status === 401) return SIGNED_OUT;
  const said = `${problem.detail} ${problem.action}`;
  return {
    en: `This message could not be logged in the CRM. ${said}`,
    fr: `Ce message n’a pas pu être classé dans le CRM. ${said}`,
  };
}

const SIGNED_OUT: Sentence = {
  en: 'This message could not be logged in the CRM: you are signed out of Liaison. Open its pane and sign in, or send the message without it.',
  fr: 'Ce message n’a pas pu être classé dans le CRM\u00a0: vous êtes déconnecté de Liaison. Ouvrez son volet et connectez-vous, ou envoyez le message sans cela.',
};
const NO_ANSWER: Sentence = {
  en: 'This message could not be logged in the CRM: Liaison did not answer. Try again, or send the message without it.',
  fr: 'Ce message n’a pas pu être classé dans le CRM\u00a0: Liaison n’a pas répondu. Réessayez, ou envoyez le message sans cela.',
};
const NOT_READ: Sentence = {
  en: 'This message could not be logged in the CRM: Outlook did not give it to Liaison. Try again, or send the message without it.',
  fr: 'Ce message n’a pas pu être classé dans le CRM\u00a0: Outlook ne l’a pas donné à Liaison. Réessayez, ou envoyez le message sans cela.',
};
