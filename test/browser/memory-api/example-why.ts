import type { FoundRecords, Why } from '../../../server/api/contract.ts';
import { runIdOf } from './example-runs.ts';

/** What is said of one deal of an invented company: each kind of reason that there is. */

type Line = Why['lines'][number];

const named = (id: string, title: string) => ({ id, titles: { en: title, fr: title } });
const VENTES = named('ventes', 'Announce in #ventes');
const PEOPLE = named('contacts-google-crm', 'Contacts');

const line = (outcome: Line['outcome'], en: string, fr: string, more: Partial<Line> = {}): Line => ({
  at: '2026-11-24T09:02:00.000Z',
  integration: VENTES,
  kind: 'automation',
  record: 'Serres du Midi',
  outcome,
  sentence: { en, fr },
  run: null,
  mayReplay: false,
  ...more,
});

export const DEAL: FoundRecords['records'][number] = {
  object: 'zohoCrm.deals',
  id: '4876876000000700009',
  titles: { en: 'Deal', fr: 'Affaire' },
  label: 'Serres du Midi',
  integrations: [VENTES],
  at: '2026-11-24T09:02:00.000Z',
};

export const exampleWhy = (): Why => ({
  about: [DEAL],
  lines: [
    line(
      'nothing',
      'No delivery about it has arrived since 24 Nov 2026, 10:02.',
      'Aucune notification à son sujet n’est arrivée depuis le 24 nov. 2026, 10:02.',
      { integration: null, record: null },
    ),
    line('in-sync', 'The two sides are the same.', 'Les deux côtés sont identiques.', {
      integration: PEOPLE,
      kind: 'sync',
    }),
    line(
      'skipped',
      'Arrived on 24 Nov 2026, 10:02. It does not fit: Amount is 12,500, below 50,000.',
      'Arrivé le 24 nov. 2026, 10:02. Ne convient pas : le montant est 12 500, en dessous de 50 000.',
      { run: runIdOf(4) },
    ),
    line('shelved', 'Slack knows no such channel.', 'Slack ne connaît pas ce canal.', {
      run: runIdOf(3),
      mayReplay: true,
    }),
    line(
      'off',
      'The integration was off until 26 Nov 2026.',
      'L’intégration était désactivée jusqu’au 26 nov. 2026.',
    ),
    line('excluded', 'The person opted out.', 'La personne s’est désinscrite.', {
      integration: PEOPLE,
      kind: 'sync',
    }),
  ],
});
