import { type Logger, type LogLevel, WebClient } from '@slack/web-api';
import type { ConnectorHttp } from '../../core/connector.ts';

const nothing = () => {};
/** What is worth a line is logged where all vendors' calls pass; this client's own log holds texts of messages. */
const silent: Logger = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  setLevel: nothing,
  setName: nothing,
  getLevel: () => 'error' as LogLevel,
};

/**
 * Slack's own client, without what does not belong in it here: the token is added on the way out, waiting
 * and trying again are the engine's.
 */
export function slackWebClient(http: ConnectorHttp): WebClient {
  return new WebClient(undefined, {
    fetch: http.fetch as NonNullable<ConstructorParameters<typeof WebClient>[1]>['fetch'] & {},
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: silent,
  });
}
