import { z } from 'zod';
import type { Scenario } from '../core/scenario.ts';
import { type Html, html } from './html.ts';
import type { View } from './view.ts';

/** What people call a parameter. */
export const LABELS: Readonly<Record<string, { readonly en: string; readonly fr: string }>> = {
  email: { en: 'E-mail of the person', fr: 'E-mail de la personne' },
  amountMinor: { en: 'Amount in the smallest unit (cents)', fr: 'Montant en plus petite unité (centimes)' },
  currency: { en: 'Currency (EUR, JPY…)', fr: 'Devise (EUR, JPY…)' },
  charge: { en: 'Payment (ch_…)', fr: 'Paiement (ch_…)' },
  title: { en: 'Title', fr: 'Titre' },
  subject: { en: 'Subject', fr: 'Objet' },
  days: { en: 'Days later (negative: earlier)', fr: 'Jours plus tard (négatif : plus tôt)' },
  phone: { en: 'Phone', fr: 'Téléphone' },
  url: { en: 'Link', fr: 'Lien' },
  payment: { en: 'Payment (pi_…)', fr: 'Paiement (pi_…)' },
  decline: { en: 'Why it is declined', fr: 'Motif du refus' },
  fails: { en: 'The bank sends it back', fr: 'La banque le renvoie' },
  firstName: { en: 'First name', fr: 'Prénom' },
  lastName: { en: 'Last name', fr: 'Nom' },
  quantity: { en: 'Pieces', fr: 'Nombre de pièces' },
  coupon: { en: 'Coupon', fr: 'Code promo' },
  order: { en: 'Order (its id)', fr: 'Commande (identifiant)' },
  amount: { en: 'Amount given back (12.50)', fr: 'Montant rendu (12.50)' },
  sku: { en: 'Item (SKU)', fr: 'Article (SKU)' },
  by: { en: 'More or fewer (-2)', fr: 'En plus ou en moins (-2)' },
  ticket: { en: 'Ticket (its id)', fr: 'Ticket (identifiant)' },
  priority: { en: 'Priority', fr: 'Priorité' },
  name: { en: 'Name', fr: 'Nom' },
  price: { en: 'Price with tax (12.50)', fr: 'Prix TTC (12.50)' },
  trialDays: { en: 'Days of trial', fr: 'Jours d’essai' },
  subscription: { en: 'Subscription (sub_…)', fr: 'Abonnement (sub_…)' },
  stock: { en: 'Pieces in stock', fr: 'Pièces en stock' },
};

interface Property {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
}

function propertiesOf({ parameters }: Scenario): [string, Property][] {
  if (!parameters) return [];
  return Object.entries(z.toJSONSchema(parameters).properties ?? {}) as [string, Property][];
}

const isNumber = ({ type }: Property): boolean => type === 'integer' || type === 'number';

/** One labelled field per parameter of a scenario, empty for what it chooses itself; nothing where it has none. */
export function scenarioFields(
  view: View,
  scenario: Scenario,
  typed: Readonly<Record<string, string>>,
): Html | false {
  const properties = propertiesOf(scenario);
  if (properties.length === 0) return false;
  const isTyped = properties.some(([name]) => Boolean(typed[name]));
  return html`<details class="choices"${isTyped ? html` open` : ''}><summary>${view.t('Choose more…', 'Préciser…')}</summary>${properties.map(
    ([name, property]) => {
      const label = LABELS[name]?.[view.language] ?? name;
      return html`<label>${label}${fieldOf(view, name, property, typed[name] ?? '')}</label>`;
    },
  )}</details>`;
}

/** A list of what can be chosen, or an input. */
function fieldOf(view: View, name: string, property: Property, typed: string): Html {
  const isYes = property.type === 'boolean';
  const choices: readonly (readonly [value: string, said: string])[] | undefined = isYes
    ? [['true', view.t('Yes', 'Oui')]]
    : property.enum?.map((value) => [value, value.replaceAll('_', ' ')]);
  if (choices === undefined)
    return html`<input name="${name}" value="${typed}" autocomplete="off"${inputOf(property)}>`;
  return html`<select name="${name}"${isYes ? html` data-yes` : ''}><option value="">—</option>${choices.map(
    ([value, said]) =>
      html`<option value="${value}"${value === typed ? html` selected` : ''}>${said}</option>`,
  )}</select>`;
}

function inputOf(property: Property): Html {
  if (!isNumber(property)) {
    const kind = property.format === 'email' ? 'email' : property.format === 'uri' ? 'url' : 'text';
    return html` type="${kind}"`;
  }
  const { minimum, maximum, exclusiveMinimum } = property;
  const low = exclusiveMinimum === undefined ? minimum : exclusiveMinimum + 1;
  return html` type="number" step="${property.type === 'integer' ? '1' : 'any'}"${low !== undefined && low > Number.MIN_SAFE_INTEGER ? html` min="${String(low)}"` : ''}${maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER ? html` max="${String(maximum)}"` : ''}`;
}

/** The parameters that a form's texts mean: what was left empty is not asked for. */
export function parametersTyped(
  scenario: Scenario,
  form: Readonly<Record<string, string>>,
): Record<string, unknown> {
  return Object.fromEntries(
    propertiesOf(scenario).flatMap(([name, property]) => {
      const text = form[name]?.trim() ?? '';
      return text === '' ? [] : [[name, valueTyped(property, text)]];
    }),
  );
}

const valueTyped = (property: Property, text: string): unknown =>
  isNumber(property) ? Number(text) : property.type === 'boolean' ? text === 'true' : text;
