import { ScenarioRefused } from '../core/scenario.ts';
import type { VendorDesk } from '../core/simulator.ts';
import { formScenarios, type Visitor } from '../kit/form-scenarios.ts';
import { act } from './acts.ts';
import { typeformTables } from './rows.ts';
import { REQUEST_FORM } from './seed.ts';

const answer = (
  desk: VendorDesk,
  { firstName, lastName, email, phone }: Visitor,
  uploads: Readonly<Record<string, object>> = {},
): void =>
  void act(desk, {
    act: 'answer',
    answers: {
      ...{ prenom: firstName, nom: lastName, email, tel: phone },
      societe: 'Carrière Déco',
      besoin: ['Affiches', 'Carnets'],
      message: 'Pour l’ouverture de notre boutique.',
      accord: true,
    },
    hidden: { utm_source: 'site', utm_campaign: 'devis' },
    uploads,
  });

export const typeformScenarios = formScenarios({
  id: 'typeform',
  title: 'Typeform',
  vendor: 'typeform',
  visitor: {
    firstName: 'Noémie',
    lastName: 'Carrière',
    email: 'noemie@carriere-deco.example',
    phone: '+33639981077',
  },
  answer,
  answerWithFile(desk, visitor) {
    const name = 'plan-de-la-boutique.txt';
    const text = 'Vitrine : 4 m sur 2,50 m. Deux affiches au format A1, à gauche de la porte.';
    answer(desk, visitor, { fichier: { name, contentType: 'text/plain', text } });
    return name;
  },
  again(desk) {
    if (typeformTables(desk).responses.size === 0) throw new ScenarioRefused('Nobody has answered yet.');
    act(desk, { act: 'again' });
  },
  rename(desk) {
    const held = typeformTables(desk).forms.get(REQUEST_FORM.id);
    const before = held?.fields.find(({ ref }) => ref === 'tel')?.title ?? '';
    const now = before.endsWith('(facultatif)') ? 'Un numéro de téléphone ?' : 'Votre portable (facultatif)';
    act(desk, { act: 'rename', ref: 'tel', title: now });
    return { before, now };
  },
});
