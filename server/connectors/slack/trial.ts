import type { TrialDeclaration } from '../../core/held-write.ts';
import { LONGEST_TEXT } from './compose.ts';

/** Slack's methods are called by POST, whether they read or write: https://docs.slack.dev/apis/web-api/ */
export const trial: TrialDeclaration = {
  reads: /^POST \/api\/(auth\.test|conversations\.(list|history|replies|info))$/,
  writes: [
    {
      call: /^POST \/api\/chat\.postMessage$/,
      fields: {
        channel: { en: 'Channel', fr: 'Canal' },
        text: { en: 'Message', fr: 'Message' },
        metadata: null,
        thread_ts: null,
      },
      longest: { text: LONGEST_TEXT },
      message: 'text',
      answer: ({ body }, { make }) => ({
        body: {
          ok: true,
          channel: (body as { channel?: string }).channel ?? '',
          ts: make({ en: 'message', fr: 'message' }),
        },
      }),
    },
    {
      call: /^POST \/api\/conversations\.join$/,
      fields: { channel: { en: 'Channel to join', fr: 'Canal à rejoindre' } },
      answer: () => ({ body: { ok: true } }),
    },
  ],
};
