import type { TrialDeclaration } from '../../core/held-write.ts';
import { LONGEST_TEXT } from './compose.ts';

/** What is posted to a channel: https://learn.microsoft.com/graph/api/channel-post-messages */
export const trial: TrialDeclaration = {
  writes: [
    {
      call: /^POST \/v1\.0\/teams\/[^/]+\/channels\/[^/]+\/messages(\/[^/]+\/replies)?$/,
      fields: { 'body.content': { en: 'Message', fr: 'Message' }, 'body.contentType': null },
      longest: { 'body.content': LONGEST_TEXT },
      message: 'body.content',
      answer: (_write, { make }) => ({ body: { id: make({ en: 'message', fr: 'message' }) } }),
    },
  ],
};
