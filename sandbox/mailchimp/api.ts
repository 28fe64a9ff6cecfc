import type { VendorDesk } from '../core/simulator.ts';
import type { Api } from '../kit/api.ts';
import { jsonBody } from '../kit/json-body.ts';
import { accountOperations } from './account-operations.ts';
import { audienceOperations } from './audiences.ts';
import { batchOperations } from './batch-members.ts';
import { campaignOperations } from './campaigns.ts';
import { projected } from './fields.ts';
import { memberActivityOperations } from './member-activity.ts';
import { memberTagOperations } from './member-tags.ts';
import { memberOperations } from './members.ts';
import { mergeFieldOperations } from './merge-fields.ts';
import type { Operation } from './operation.ts';
import { invalid, MailchimpRefusal, notFound } from './problem.ts';
import { reportOperations } from './reports.ts';
import { type AudienceRow, mailchimpTables } from './rows.ts';
import { segmentOperations } from './segments.ts';
import { believe } from './tokens.ts';
import { webhookOperations } from './webhooks.ts';

/** https://mailchimp.com/developer/marketing/docs/fundamentals/#throttling */
const CONNECTIONS = 10;

const operations: readonly Operation[] = [
  ...accountOperations,
  ...audienceOperations,
  ...batchOperations,
  ...memberOperations,
  ...memberTagOperations,
  ...memberActivityOperations,
  ...mergeFieldOperations,
  ...segmentOperations,
  ...webhookOperations,
  ...campaignOperations,
  ...reportOperations,
];

/** The Marketing API: simultaneous calls, token, path, body, work, `fields`. */
export function marketingApi(desk: VendorDesk): Api<Operation> {
  let open = 0;
  return {
    base: '/3.0',
    trailingSlash: true,
    operations,
    admit({ request, response }) {
      open += 1;
      response.once('close', () => {
        open -= 1;
      });
      if (open > CONNECTIONS * desk.limitFactor)
        throw new MailchimpRefusal(
          429,
          'Too Many Requests',
          `You have exceeded the limit of ${CONNECTIONS} simultaneous connections.`,
        );
      believe(desk, request.get('authorization'));
    },
    async answer(operation, { request, query, path }) {
      const audience = (): AudienceRow => audienceOf(desk, path.list ?? '');
      const answer = await operation.run({
        desk,
        path,
        query,
        body: jsonBody(request, unreadable),
        audience,
      });
      return answer === null ? { status: 204 } : { body: projected(answer, query) };
    },
    unknown: notFound,
    otherMethod: () =>
      new MailchimpRefusal(
        405,
        'Method Not Allowed',
        "The requested method and resource are not compatible. See the Allow header for this resource's available methods.",
      ),
  };
}

function audienceOf(desk: VendorDesk, id: string): AudienceRow {
  const audience = mailchimpTables(desk).audiences.get(id);
  if (!audience) throw notFound();
  return audience;
}

const unreadable = (because: 'json' | 'object'): MailchimpRefusal =>
  because === 'object'
    ? invalid({ field: '', message: 'Schema describes object, other type found instead' })
    : new MailchimpRefusal(
        400,
        'JSON Parse Error',
        'We encountered an unspecified JSON parsing error. This error likely indicates a problem with your JSON formatting.',
      );
