import { connectors as all } from '../../connectors/index.ts';
import { classify } from '../../connectors/zoho-crm/failures.ts';
import { storedError } from '../../engine/stored-error.ts';
import { flows } from '../../flows/index.ts';
import type { LoggedRun } from '../../store/run-log.ts';
import type { StepRow } from '../../store/steps.ts';
import { runDetail, type ViewFacts } from '../log/run-view.ts';
import { fieldTitles } from './field-titles.ts';

/** A refusal names a field as the vendor's interface does; people know it by its title. */

const connectors = new Map(all.map((one) => [one.id, one]));
const facts: ViewFacts = { flows, connectors, redact: (text) => text, recordUrl: () => null };
const NOW = new Date('2026-11-20T09:00:00Z');

/** Zoho CRM's refusal of one field, in a run that failed at one step. */
function shelved(flow: string, step: string, field: string) {
  const problem = {
    status: 'error',
    code: 'INVALID_DATA',
    message: 'invalid data',
    details: { api_name: field },
  };
  const error = classify({
    method: 'POST',
    url: new URL('https://www.zohoapis.eu/crm/v8/settings'),
    status: 400,
    headers: new Headers(),
    text: JSON.stringify(problem),
    now: 0,
  } as never);
  if (error === null) throw new Error('it was no refusal');
  const stored = storedError(error);
  const run = {
    id: '01900000-0000-7000-8000-000000000001',
    integration: flow,
    flow,
    name: null,
    recordObject: 'x',
    recordId: '1',
    recordLabel: null,
    state: 'shelved',
    attempt: 0,
    dueAt: NOW,
    summary: null,
    error: stored,
    createdAt: NOW,
    startedAt: NOW,
    finishedAt: NOW,
  } as unknown as LoggedRun;
  const row = {
    name: step,
    state: 'failed',
    error: stored,
    attempts: 1,
    exchanges: [],
  } as unknown as StepRow;
  const event = { id: '1', connector: 'x', topic: 'x', receivedAt: NOW, body: '', joined: 1 };
  return runDetail(facts, { run, event: event as never, steps: [row], droppedAfterDays: null }, []);
}

it.each([
  ['sheet-row-to-lead', 'update', 'Last_Name', 'Nom de famille'],
  ['deal-won-to-slack', 'deal', 'Closing_Date', 'Date de clôture'],
])('a refusal in the log of %s has the title of %s’s field %s beside it', (flow, step, field, fr) => {
  const { error, steps } = shelved(flow, step, field);
  const failed = steps.find(({ state }) => state === 'failed');
  for (const failure of [error, failed?.error]) {
    expect(failure).toMatchObject({ field, fieldTitles: { fr } });
    expect(failure?.sentence.fr).toContain(`«\u00a0${fr}\u00a0»`);
    expect(failure?.sentence.fr).not.toContain(field);
  }
});

it('a field that only the organisation knows stands by its name alone', () => {
  expect(shelved('deal-won-to-slack', 'deal', 'Th_mes__c').error).toMatchObject({
    field: 'Th_mes__c',
    fieldTitles: null,
  });
});

it.each([
  ['mailchimp', 'FNAME', 'Prénom'],
  ['mailchimp', 'merge_fields.LNAME', 'Nom'],
  ['zoho-books', 'contact_name', 'Nom du client'],
  ['slack', 'channel', 'Canal'],
])('%s’s %s is called %s', (connector, field, fr) => {
  expect(fieldTitles([connectors.get(connector)], field)?.fr).toBe(fr);
});

it('a name that every object has is no field', () => {
  expect(fieldTitles(connectors.values(), 'constructor')).toBeNull();
  expect(fieldTitles(connectors.values(), null)).toBeNull();
});
