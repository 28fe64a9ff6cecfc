import { ScenarioRefused } from '../core/scenario.ts';
import { formScenarios } from '../kit/form-scenarios.ts';
import { act } from './acts.ts';
import { typeformTables } from './rows.ts';
import { REQUEST_FORM } from './seed.ts';

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
  answer(desk, { firstName, lastName, email, phone }) {
    act(desk, {
      act: 'answer',
      answers: {
        ...{ prenom: firstName, nom: lastName, email, tel: phone },
        societe: 'Carrière Déco',
        besoin: ['Affiches', 'Carnets'],
        message: 'Pour l’ouverture de notre boutique.',
        accord: true,
      },
      hidden: { utm_source: 'site', utm_campaign: 'devis' },
    });
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
