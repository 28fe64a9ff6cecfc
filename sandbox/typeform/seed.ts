import { leads } from '../company/index.ts';
import type { VendorDesk } from '../core/simulator.ts';
import { respond } from './respond.ts';
import { type FormRow, typeformTables } from './rows.ts';

const HOUR_MS = 3_600_000;

/** What the company asks on its site. */
export const REQUEST_FORM: FormRow = {
  id: 'devisLum1',
  title: 'Demande de devis',
  hidden: ['utm_source', 'utm_campaign'],
  fields: [
    { id: 'q1Prenom0000', ref: 'prenom', title: 'Quel est votre prénom ?', type: 'short_text' },
    { id: 'q2Nom0000000', ref: 'nom', title: 'Et votre nom de famille ?', type: 'short_text' },
    { id: 'q3Email00000', ref: 'email', title: 'À quelle adresse vous répondre ?', type: 'email' },
    { id: 'q4Tel0000000', ref: 'tel', title: 'Un numéro de téléphone ?', type: 'phone_number' },
    { id: 'q5Societe000', ref: 'societe', title: 'Votre société', type: 'short_text' },
    {
      id: 'q6Besoin0000',
      ref: 'besoin',
      title: 'Que cherchez-vous ?',
      type: 'multiple_choice',
      choices: ['Affiches', 'Carnets', 'Faire-part'],
      several: true,
    },
    { id: 'q7Message000', ref: 'message', title: 'Dites-nous en plus', type: 'long_text' },
    { id: 'q8Accord0000', ref: 'accord', title: 'J’accepte de recevoir vos nouvelles', type: 'legal' },
    { id: 'q9Document00', ref: 'document', title: 'Un document à joindre ?', type: 'file_upload' },
  ],
};

const SURVEY: FormRow = {
  id: 'avisLumen2',
  title: 'Votre avis',
  hidden: [],
  fields: [
    { id: 'a1Note000000', ref: 'note', title: 'Nous recommanderiez-vous ?', type: 'nps' },
    { id: 'a2Email00000', ref: 'email', title: 'Votre e-mail', type: 'email' },
    { id: 'a3Avis000000', ref: 'avis', title: 'Un mot de plus ?', type: 'long_text' },
  ],
};

export function seed(desk: VendorDesk): void {
  const { forms } = typeformTables(desk);
  for (const form of [REQUEST_FORM, SURVEY]) forms.put(form.id, form);
  for (const [index, lead] of leads.slice(0, 3).entries()) {
    const then = new Date(desk.clock().getTime() - (3 - index) * 26 * HOUR_MS);
    const past: VendorDesk = { ...desk, clock: () => then, deliver: () => undefined, wrote: () => undefined };
    respond(past, REQUEST_FORM, {
      answers: {
        ...(lead.firstName === null ? {} : { prenom: lead.firstName }),
        nom: lead.lastName,
        email: lead.email,
        ...(lead.phone === null ? {} : { tel: lead.phone }),
        societe: lead.company,
        besoin: ['Affiches'],
        accord: true,
      },
      hidden: { utm_source: 'newsletter', utm_campaign: 'automne' },
    });
  }
}
