import { ANY_TOPIC, type Announcement, listensTo, topicsOf } from './occasion.ts';
import { readSettings, settings } from './settings.ts';

const about = (change: Partial<Announcement>): Announcement => ({
  module: 'Deals',
  when: 'reached',
  stage: 'Fermé gagné',
  place: '#ventes',
  template: '{Deal_Name}',
  ...change,
});

it.each([
  [about({}), ['Deals.workflow'], ['Deals.workflow?Ferm%C3%A9%20gagn%C3%A9']],
  [about({ when: 'created' }), ['Deals.insert'], ['Deals.insert']],
  [about({ module: 'Leads', when: 'created' }), ['Leads.insert'], ['Leads.insert']],
  [
    about({ module: 'Visites', when: 'edited' }),
    ['Visites.insert', 'Visites.update'],
    ['Visites.insert', 'Visites.update'],
  ],
])('%j begins with %j and asks the CRM for %j', (announcement, topics, asked) => {
  expect(topicsOf(announcement)).toEqual(topics);
  expect(listensTo(announcement)).toEqual(asked);
  for (const topic of topics) expect(topic).toMatch(ANY_TOPIC);
});

it('only deals reach a stage: what is set so of another module is announced when it is created', () => {
  const set = (given: object) => readSettings(settings.parse(given));
  expect(set({ module: 'Deals', place: '#a', template: 'x' }).when).toBe('reached');
  expect(set({ module: 'Contacts', place: '#a', template: 'x' }).when).toBe('created');
  expect(set({ module: 'Contacts', when: 'edited' }).when).toBe('edited');
});

it.each(['', '1Deals', 'Deals; drop', "Deals'", 'x'.repeat(101)])(
  'a module is a name: %s is none',
  (module) => {
    expect(settings.safeParse({ module }).success).toBe(false);
  },
);
