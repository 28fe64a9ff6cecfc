import type { OverviewItem } from '../../../server/api/contract.ts';
import { chosenOf, type ListChoice, needsSomebody, readListChoice } from './list-choice.ts';

const said = (text: string) => ({ en: text, fr: text });

function item(name: string, standing: Partial<OverviewItem['standing']>, more: Partial<OverviewItem> = {}) {
  const whole: OverviewItem = {
    id: name,
    flow: { id: 'announce', titles: { en: 'Announcements', fr: 'Annonces' } },
    name,
    titles: said(name),
    owner: 'organisation',
    enabled: true,
    connections: {},
    kind: 'automation',
    direction: said('…'),
    applications: [{ id: 'slack', titles: said('Slack'), mark: null }],
    person: null,
    standing: {
      state: 'runs',
      since: null,
      waitsFor: [],
      shelved: 0,
      decisions: 0,
      why: null,
      ...standing,
    },
    fresh: null,
    today: { done: 0, skipped: 0, shelved: 0, open: 0, written: 0, refused: 0 },
    ...more,
  };
  return whole;
}

const ALL: readonly OverviewItem[] = [
  item('Équipe 10', {}),
  item('Équipe 9', { state: 'off' }),
  item('Compta', { state: 'off', shelved: 2 }),
  item('Agenda', { state: 'not-on-yet' }),
  item('Audience', { state: 'waits' }),
  item('Contacts', { state: 'decisions', decisions: 1 }, { kind: 'sync', person: { name: 'Inès Roy' } }),
  item('Alpha', { state: 'paused' }),
];
const chosen = (choice: Partial<ListChoice>) =>
  chosenOf(ALL, { find: '', show: 'all', flow: '', ...choice }, ({ titles }) => titles.fr, 'fr').map(
    ({ name }) => name,
  );

it('the list is in the order of names, numbers by their size', () => {
  expect(chosen({})).toEqual(['Agenda', 'Alpha', 'Audience', 'Compta', 'Contacts', 'Équipe 9', 'Équipe 10']);
});

it('what needs somebody is whatever waits, is in doubt, set something aside or waits for a decision, on or off', () => {
  expect(chosen({ show: 'attention' })).toEqual(['Alpha', 'Audience', 'Compta', 'Contacts']);
  expect(ALL.filter(({ standing }) => needsSomebody(standing))).toHaveLength(4);
});

it('each is either on or off', () => {
  const [on, off] = [chosen({ show: 'on' }), chosen({ show: 'off' })];
  expect(off).toEqual(['Agenda', 'Compta', 'Équipe 9']);
  expect([...on, ...off].sort()).toEqual(chosen({}).sort());
});

it('a search looks at names, flows in both languages, applications and persons', () => {
  expect(chosen({ find: 'equipe' })).toEqual(['Équipe 9', 'Équipe 10']);
  expect(chosen({ find: 'annonce' })).toHaveLength(ALL.length);
  expect(chosen({ find: 'slack announcement' })).toHaveLength(ALL.length);
  expect(chosen({ find: 'INES' })).toEqual(['Contacts']);
  expect(chosen({ flow: 'other' })).toEqual([]);
});

it('an address that names no known choice shows everything', () => {
  expect(readListChoice(new URLSearchParams('show=whatever'))).toEqual({ find: '', show: 'all', flow: '' });
  expect(readListChoice(new URLSearchParams('show=off&find=a&flow=b'))).toEqual({
    find: 'a',
    show: 'off',
    flow: 'b',
  });
});
