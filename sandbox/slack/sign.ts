import { hex, type Signer } from '../core/sign.ts';

/** https://api.slack.com/authentication/verifying-requests-from-slack */
export const slackSignature: Signer = ({ secret }, body, now) => {
  const t = Math.floor(now.getTime() / 1000);
  return {
    'X-Slack-Request-Timestamp': String(t),
    'X-Slack-Signature': `v0=${hex(secret, `v0:${t}:${body}`)}`,
  };
};
