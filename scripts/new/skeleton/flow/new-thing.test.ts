import type { FlowEvent, RunContext } from '../../../../server/core/flow.ts';
import { toFillIn } from '../../../../test/to-fill-in.ts';
import { newThing } from './flow.ts';
import { type Settings, settings } from './settings.ts';

it('the flow new-thing is filled in: nothing in its folder waits for somebody', () => {
  expect(toFillIn(import.meta.dirname)).toEqual([]);
});

const event: FlowEvent = {
  id: 'event-1',
  connector: 'zoho-crm',
  topic: 'Contacts.insert',
  recordId: '1',
  body: {},
  receivedAt: new Date('2026-11-24T09:00:00Z'),
};

/** A run whose reads are answered with what the CRM would hold. */
const runOn = (contact: object | null, chosen: Partial<Settings> = {}) =>
  newThing.run({
    event,
    settings: settings.parse(chosen),
    read: async () => contact,
  } as unknown as RunContext<Settings, 'contact'>);

describe('the flow new-thing', () => {
  it('handles what happens to one record in order', () => {
    expect('record' in newThing.trigger && newThing.trigger.record(event)).toEqual({
      object: 'zohoCrm.contacts',
      id: '1',
    });
  });

  // To fill in: too early, twice, missing, somebody else's. What runs against the sandbox stands in test/system.
  it('does its work for what the settings mean, and skips the rest', async () => {
    expect(await runOn({ Last_Name: 'Fontaine' }, { prefix: 'Font' })).toMatchObject({ state: 'done' });
    expect(await runOn({ Last_Name: 'Fontaine' }, { prefix: 'Mar' })).toMatchObject({ state: 'skipped' });
    expect(await runOn(null)).toMatchObject({ state: 'skipped' });
  });
});
