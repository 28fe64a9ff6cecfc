import { z } from 'zod';
import type { Scenario } from '../core/scenario.ts';
import { type Html, html } from './html.ts';
import type { View } from './view.ts';

/** What people call a parameter; one without words here is shown by its name. */
const LABELS: Readonly<Record<string, { readonly en: string; readonly fr: string }>> = {
  email: { en: 'E-mail of the person', fr: 'E-mail de la personne' },
  amountMinor: { en: 'Amount in the smallest unit (cents)', fr: 'Montant en plus petite unité (centimes)' },
  currency: { en: 'Currency (EUR, JPY…)', fr: 'Devise (EUR, JPY…)' },
  charge: { en: 'Payment (ch_…)', fr: 'Paiement (ch_…)' },
  title: { en: 'Title', fr: 'Titre' },
  subject: { en: 'Subject', fr: 'Objet' },
  days: { en: 'Days later (negative: earlier)', fr: 'Jours plus tard (négatif : plus tôt)' },
  phone: { en: 'Phone', fr: 'Téléphone' },
  url: { en: 'Link', fr: 'Lien' },
};

interface Property {
  readonly type?: string;
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

/** One labelled input per parameter of a scenario, empty for what it chooses itself; nothing where it has none. */
export function scenarioFields(
  view: View,
  scenario: Scenario,
  typed: Readonly<Record<string, string>>,
): Html | false {
  const properties = propertiesOf(scenario);
  if (properties.length === 0) return false;
  return html`<fieldset class="choices"><legend>${view.t('Optional', 'Facultatif')}</legend>${properties.map(
    ([name, property]) => {
      const label = LABELS[name]?.[view.language] ?? name;
      return html`<label>${label}<input name="${name}" value="${typed[name] ?? ''}" autocomplete="off"${inputOf(property)}></label>`;
    },
  )}</fieldset>`;
}

function inputOf(property: Property): Html {
  if (!isNumber(property)) {
    const kind = property.format === 'email' ? 'email' : property.format === 'uri' ? 'url' : 'text';
    return html` type="${kind}"`;
  }
  const { minimum, maximum, exclusiveMinimum } = property;
  const low = exclusiveMinimum === undefined ? minimum : exclusiveMinimum + 1;
  return html` type="number" step="1"${low !== undefined && low > Number.MIN_SAFE_INTEGER ? html` min="${String(low)}"` : ''}${maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER ? html` max="${String(maximum)}"` : ''}`;
}

/** The parameters that a form's texts mean: what was left empty is not asked for. */
export function parametersTyped(
  scenario: Scenario,
  form: Readonly<Record<string, string>>,
): Record<string, unknown> {
  return Object.fromEntries(
    propertiesOf(scenario).flatMap(([name, property]) => {
      const text = form[name]?.trim() ?? '';
      return text === '' ? [] : [[name, isNumber(property) ? Number(text) : text]];
    }),
  );
}
