import { Braked, brakePause } from '../../server/engine/sync/brake.ts';
import type { SyncAtWork } from '../../server/engine/sync/work.ts';

/** A pause over a single record spoke of it in the plural. */

const work = {
  sync: { titles: { en: 'Contacts', fr: 'Contacts' } },
  row: { phase: 'live' },
} as unknown as SyncAtWork;

it.each([
  [1, 1, '1 linked record does not', '1 fiche liée ne correspond plus au filtre.'],
  [2, 1, ', and 1 linked record seems', ', et 1 fiche liée semble avoir été supprimée.'],
  [5, 3, '3 linked records do not', ', et 2 fiches liées semblent avoir été supprimées.'],
  [1, 0, '1 linked record seems to have been deleted at once.', '1 fiche liée semble'],
])('of %i records, %i of which do not fit, it is told in the right number', (count, unfitting, en, fr) => {
  const said = brakePause(work, new Braked(count, unfitting));
  expect(said.en).toContain(en);
  expect(said.fr).toContain(fr);
});
