import type { Simulator } from '../core/simulator.ts';
import { accountIn, asAccount, asEachAccount } from '../google-accounts/account.ts';
import { act } from './acts.ts';
import { calendarOperations } from './calendars.ts';
import { channelOperations, heldChannels } from './channels.ts';
import { agendaPages } from './page.ts';
import { readingOperations } from './read-events.ts';
import { calendarError } from './refusal.ts';
import { mountOperations } from './routes.ts';
import { calendarTables, endEpoch } from './rows.ts';
import { calendarScenarios } from './scenarios.ts';
import { seedAccounts } from './seed.ts';
import { writingOperations } from './write-events.ts';

// Channels first: their paths end in what the others take for an event.
const operations = [...channelOperations, ...writingOperations, ...readingOperations, ...calendarOperations];

/** Google Calendar, API version 3, with the accounts of `google-accounts`. */
export const googleCalendar: Simulator = {
  vendor: 'google-calendar',
  title: 'Google Calendar',
  pages: agendaPages,
  scenarios: calendarScenarios,
  realUrl: (path) => `https://www.googleapis.com${path}`,
  seed: seedAccounts,
  act: (desk, wish) => asAccount(desk, accountIn(wish), (own) => act(own, wish)),
  webhooks: (desk) => asEachAccount(desk, heldChannels).flat(),
  routes: (router, desk) => mountOperations(router, desk, operations),
  /** Every sync token is gone: the next call that carries one is answered 410. */
  expire(desk) {
    asEachAccount(desk, endEpoch);
    return calendarTables(desk).calendars.size;
  },
  failure: (status) =>
    status === 429 || status === 403
      ? calendarError(status, 'Rate Limit Exceeded', { domain: 'usageLimits', reason: 'rateLimitExceeded' })
      : calendarError(status, `Status ${status}.`, { domain: 'global', reason: 'backendError' }),
};
