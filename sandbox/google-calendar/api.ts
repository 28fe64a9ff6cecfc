import { perMinute, rateLimit } from '../core/rate-limit.ts';
import type { VendorDesk } from '../core/simulator.ts';
import { believe, noPage } from '../google/requests.ts';
import { asAccount } from '../google-accounts/account.ts';
import type { Api } from '../kit/api.ts';
import { jsonBody } from '../kit/json-body.ts';
import { calendarOperations } from './calendars.ts';
import { channelOperations } from './channels.ts';
import type { Answer, Operation } from './operation.ts';
import { readingOperations } from './read-events.ts';
import { CalendarRefusal, invalid, overLimit } from './refusal.ts';
import { calendarTables } from './rows.ts';
import { seedRep } from './seed.ts';
import { writingOperations } from './write-events.ts';

const ROOT = 'https://www.googleapis.com/auth/';
/** https://developers.google.com/workspace/calendar/api/guides/quota: a minute, of one user. */
const PER_MINUTE = 600;

/** Version 3: token, scope, limit, body, work. */
export function calendarApi(desk: VendorDesk): Api<Operation> {
  const limit = rateLimit(desk, perMinute(PER_MINUTE));
  return {
    // Channels first: their paths end in what the others take for an event.
    operations: [...channelOperations, ...writingOperations, ...readingOperations, ...calendarOperations],
    answer(operation, incoming) {
      const { request, query, path } = incoming;
      const scopes = operation.scopes.map((scope) => ROOT + scope);
      const { token, user } = believe(incoming, scopes, unbelieved);
      if (limit.take(user) > 0) throw overLimit();
      const made = asAccount(desk, token.account, (own): Answer => {
        if (calendarTables(own).calendars.size === 0) seedRep(own);
        return operation.run({
          desk: own,
          calendarId: path.calendar ?? '',
          eventId: path.event ?? '',
          query,
          body: jsonBody(request, () => invalid('Parse Error')),
          ifMatch: request.get('if-match'),
          ifNoneMatch: request.get('if-none-match'),
        });
      });
      const { etag } = (made.body ?? {}) as { etag?: unknown };
      return { ...made, ...(typeof etag === 'string' ? { headers: { ETag: etag } } : {}) };
    },
    unknown: noPage,
    undecodable: () => invalid('Invalid path.'),
  };
}

const unbelieved = (reason: 'unauthenticated' | 'scope'): CalendarRefusal =>
  reason === 'scope'
    ? new CalendarRefusal(403, 'Request had insufficient authentication scopes.', {
        domain: 'global',
        reason: 'insufficientPermissions',
      })
    : new CalendarRefusal(401, 'Invalid Credentials', {
        domain: 'global',
        reason: 'authError',
        location: 'Authorization',
        locationType: 'header',
      });
