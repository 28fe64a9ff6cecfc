import type { TrialDeclaration } from '../../core/held-write.ts';
import { LONGEST_TEXT } from './messages.ts';

/** What is posted to a channel or a person: https://www.zoho.com/cliq/help/restapi/v3/ */
export const trial: TrialDeclaration = {
  writes: [
    {
      call: /^POST \/api\/(v2\/buddies\/[^/]+\/message|v3\/channels(byname)?\/[^/]+\/messages)$/,
      fields: { text: { en: 'Message', fr: 'Message' }, sync_message: null },
      longest: { text: LONGEST_TEXT },
      message: 'text',
      answer: (_write, { make }) => ({ body: { message_id: make({ en: 'message', fr: 'message' }) } }),
    },
  ],
};
