import { afterSync } from '../sandbox/scenarios/after-sync.ts';
import { salesIqScenarios } from '../sandbox/zoho-salesiq/scenarios.ts';
import { flows, syncs } from '../server/flows/index.ts';

/** The sandbox never reads the server's code: where its words name a sync, this keeps them the sync's own. */
it.each([
  ['optOut', 'mailchimp-crm'],
  ['activity', 'mailchimp-crm'],
  ['listOptOut', 'newsletter-crm'],
  ['listActivity', 'newsletter-crm'],
  ['meetings', 'calendar-google-crm'],
  ['contacts', 'contacts-google-crm'],
  ['products', 'products'],
  ['outlookContacts', 'contacts-microsoft-crm'],
  ['outlookMeetings', 'calendar-microsoft-crm'],
] as const)(
  'what a scenario of %s needs turned on has the name of the sync in both languages',
  (what, id) => {
    const titles = syncs.get(id)?.titles;
    expect(titles).toBeDefined();
    expect(afterSync(what).en).toContain(`“${titles?.en}”`);
    expect(afterSync(what).fr).toContain(`« ${titles?.fr} »`);
  },
);

it('what a visitor’s coming needs set up has the name of the flow in both languages', () => {
  const said = salesIqScenarios.find(({ id }) => id === 'visitor-comes')?.description;
  const titles = flows.get('records-beside-chat')?.titles;
  expect(said?.en).toContain(`“${titles?.en}”`);
  expect(said?.fr).toContain(`« ${titles?.fr} »`);
});
