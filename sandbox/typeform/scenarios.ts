import { ScenarioRefused } from '../core/scenario.ts';
import { formScenarios, type Visitor } from '../kit/form-scenarios.ts';
import { act } from './acts.ts';
import { typeformTables } from './rows.ts';
import { REQUEST_FORM } from './seed.ts';

/** What somebody who wants a quotation answers. */
const answerOf = ({ firstName, lastName, email, phone }: Visitor) => ({
  answers: {
    ...{ prenom: firstName, nom: lastName, email, tel: phone },
    societe: 'Carrière Déco',
    besoin: ['Affiches', 'Carnets'],
    message: 'Pour l’ouverture de notre boutique.',
    accord: true,
  },
  hidden: { utm_source: 'site', utm_campaign: 'devis' },
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
  answer: (desk, visitor) => void act(desk, { act: 'answer', ...answerOf(visitor) }),
  answerWithFile(desk, visitor) {
    const name = 'Plan de la vitrine.txt';
    const file = { name, contentType: 'text/plain', text: 'Vitrine : 2,40 m sur 1,80 m, deux affiches.\n' };
    act(desk, { act: 'answer', ...answerOf(visitor), uploads: { document: file } });
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
