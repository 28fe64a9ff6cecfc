import type { KnownPerson } from '../../core/mail/correspondents.ts';
import type { MailLog } from '../../store/mail-logs.ts';
import type { Answer } from '../contract.ts';

type Shown = Answer<'listMailLogs'>['logs'][number];
type ShownPerson = Answer<'mailPeople'>['people'][number]['records'][number];
type Lead = (url: string) => string;

export const ledTo = (url: string | null, lead: Lead): string | null => (url === null ? null : lead(url));

/** A person of the CRM, with addresses that lead where the organisation's people read it. */
export const personShown = (person: KnownPerson, lead: Lead): ShownPerson => ({
  ...person,
  emails: [...person.emails],
  url: ledTo(person.url, lead),
  account: person.account && { ...person.account, url: ledTo(person.account.url, lead) },
  deals: person.deals.map((deal) => ({
    ...deal,
    amount: deal.amount && { minor: deal.amount.minor, currency: deal.amount.currency },
    url: ledTo(deal.url, lead),
  })),
  notes: person.notes && [...person.notes],
});

/** Where a mail is logged, and how far that got. */
export const logShown = (
  log: Omit<MailLog, 'mail' | 'integration' | 'eventKey'>,
  url: string | null,
): Shown => ({
  module: log.module as Shown['module'],
  id: log.recordId,
  name: log.recordName,
  url,
  // A run is forgotten after a time; what it made is not.
  state: log.state ?? (log.crmId === null ? 'waiting' : 'done'),
  sentence: log.summary ?? log.error?.sentence ?? null,
  run: log.run,
  at: log.at.toISOString(),
  by: log.by,
  crmId: log.crmId,
});
