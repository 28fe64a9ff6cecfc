import type { Scenario } from '../../core/scenario.ts';
import { payment } from './parameters.ts';
import { payByCard, purchaseAsked } from './pay-by-card.ts';

const PEOPLE = [
  ['Nadia', 'Ferrand'],
  ['Côme', 'L’Hôpital'],
  ['Zoé', 'Müller-Szabó'],
  ['Ousmane', 'Diédhiou'],
  ['Maria', 'Ångström'],
] as const;

export const stripePaymentNewCustomer: Scenario = {
  id: 'stripe-payment-new-customer',
  titles: { en: 'A stranger pays by card', fr: 'Un inconnu paie par carte' },
  parameters: payment,
  description: {
    en: 'Someone whom neither the CRM nor Books knows pays; another person each time.',
    fr: 'Une personne que ni le CRM ni Books ne connaissent paie ; une autre à chaque fois.',
  },
  async play(stage) {
    const desk = stage.desk('stripe');
    const number = desk.digits('', 6);
    const [first, last] = PEOPLE[Number(number) % PEOPLE.length] ?? PEOPLE[0];
    const name = `${first} ${last} ${number}`;
    const email = `${plain(first)}.${plain(last)}.${number}@nouveau-client.example`;
    const payer = () => ({ email, name });
    const usual = { payer, amountMinor: 2490, currency: 'eur', description: 'Hébergement « Étoile »' };
    return payByCard(stage, purchaseAsked(stage, usual));
  },
};

/** Letters of an address, without their accents. */
const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/[^A-Za-z]/g, '')
    .toLowerCase();
