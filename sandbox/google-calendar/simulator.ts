import { accountIn, asAccount, asEachAccount } from '../google-accounts/account.ts';
import { defineSimulator } from '../kit/simulator.ts';
import { act } from './acts.ts';
import { calendarApi } from './api.ts';
import { heldChannels } from './channels.ts';
import { agendaPages } from './page.ts';
import { calendarError } from './refusal.ts';
import { calendarTables, endEpoch } from './rows.ts';
import { calendarScenarios } from './scenarios.ts';
import { seedAccounts } from './seed.ts';

/** Google Calendar, API version 3, with the accounts of `google-accounts`. */
export const googleCalendar = defineSimulator({
  vendor: 'google-calendar',
  title: 'Google Calendar',
  pages: agendaPages,
  scenarios: calendarScenarios,
  realUrl: (path) => `https://www.googleapis.com${path}`,
  seed: seedAccounts,
  act: (desk, wish) => asAccount(desk, accountIn(wish), (own) => act(own, wish)),
  webhooks: (desk) => asEachAccount(desk, heldChannels).flat(),
  api: calendarApi,
  /** Every sync token is gone: the next call that carries one is answered 410. */
  expire(desk) {
    asEachAccount(desk, endEpoch);
    return calendarTables(desk).calendars.size;
  },
  failure: (status) =>
    status === 429 || status === 403
      ? calendarError(status, 'Rate Limit Exceeded', { domain: 'usageLimits', reason: 'rateLimitExceeded' })
      : calendarError(status, `Status ${status}.`, { domain: 'global', reason: 'backendError' }),
});
