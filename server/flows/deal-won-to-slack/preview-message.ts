import { readable } from '../../connectors/slack/markup.ts';
import { zohoCrm } from '../../connectors/zoho-crm/connector.ts';
import { coqlText } from '../../connectors/zoho-crm/coql.ts';
import type { CrmRecord } from '../../connectors/zoho-crm/records.ts';
import type { ClientOf, FlowPreview, SettingSource } from '../../core/flow.ts';
import type { Sentence } from '../../core/sentence.ts';
import { partsOf } from '../../core/template.ts';
import { signAfter, signBefore } from './currency-signs.ts';
import { currencyOf, dealText, fieldOf } from './message.ts';
import type { Settings } from './settings.ts';

const EXAMPLE = {
  id: '0',
  Deal_Name: 'Refonte site vitrine',
  Amount: 12_500,
  Owner: { name: 'Claire Fontaine' },
  Account_Name: { name: 'Boulangerie Pélissier' },
};

/** The message as it would be posted for the deal that was won last, or for an invented one. */
export async function previewMessage({
  client,
  settings: { template, wonStage },
  organisation,
}: SettingSource<Settings>): Promise<FlowPreview> {
  const crm = client(zohoCrm);
  const [deal, fields] = await Promise.all([lastWon(client, wonStage), crm.fields('Deals')]);
  const money = fields.filter(({ type }) => type === 'currency').map(({ apiName }) => apiName);
  const moneyFields = new Set(money);
  const shown = deal ?? { ...EXAMPLE, Currency: organisation.currency, Stage: wonStage };
  const text = dealText(template, shown, organisation, { moneyFields });
  const currencies = fields.find(({ apiName }) => apiName === 'Currency')?.choices ?? [];
  return {
    text: readable(text),
    basis: basisOf(deal),
    warnings: [
      ...signWarnings(template, moneyFields, [...currencies, currencyOf(shown) ?? organisation.currency]),
      ...blankWarnings(template, deal),
    ],
  };
}

/** Null: none is won yet. */
async function lastWon(client: ClientOf, stage: string): Promise<CrmRecord | null> {
  const crm = client(zohoCrm);
  const { rows } = await crm.query(
    `select id from Deals where Stage = ${coqlText(stage)} order by Modified_Time desc limit 1`,
  );
  const [last] = rows;
  return last === undefined ? null : crm.record('Deals', last.id);
}

const basisOf = (deal: CrmRecord | null): Sentence =>
  deal === null
    ? {
        en: 'With an invented deal: none stands at this stage yet.',
        fr: 'Avec une affaire inventée : aucune n’est encore à cette étape.',
      }
    : {
        en: `With “${String(deal.Deal_Name)}”, the last deal that was won.`,
        fr: `Avec « ${String(deal.Deal_Name)} », la dernière affaire gagnée.`,
      };

/** A sign that stands fixed is right only for deals of its currency. */
function signWarnings(
  template: string,
  moneyFields: ReadonlySet<string>,
  currencies: readonly string[],
): Sentence[] {
  const parts = partsOf(template);
  const fixed = parts.flatMap((part, index) => {
    if (!('place' in part) || !moneyFields.has(fieldOf(part.place))) return [];
    const before = parts[index - 1];
    const after = parts[index + 1];
    const sign =
      (before !== undefined && 'text' in before ? signBefore(before.text) : null) ??
      (after !== undefined && 'text' in after ? signAfter(after.text) : null);
    return sign === null ? [] : [{ sign, field: fieldOf(part.place) }];
  });
  return fixed.flatMap(({ sign, field }) => {
    const others = [...new Set(currencies)].filter((one) => !sign.currencies.includes(one));
    if (others.length === 0) return [];
    const names = others.join(', ');
    return [
      {
        en: `“${sign.sign}” stands fixed beside {${field}}. Deals in another currency (${names}) are written with their own instead; {${field}+Currency} writes each amount with the currency of its deal.`,
        fr: `« ${sign.sign} » est figé à côté de {${field}}. Les affaires dans une autre devise (${names}) seront écrites avec la leur ; {${field}+Currency} écrit chaque montant avec la devise de son affaire.`,
      },
    ];
  });
}

/** What the shown deal leaves blank. */
function blankWarnings(template: string, deal: CrmRecord | null): Sentence[] {
  if (deal === null) return [];
  const places = partsOf(template).flatMap((part) => ('place' in part ? [fieldOf(part.place)] : []));
  const blank = [...new Set(places)].filter((field) => (deal[field] ?? '') === '');
  if (blank.length === 0) return [];
  const names = blank.map((field) => `{${field}}`).join(', ');
  return [
    {
      en: `This deal has nothing in ${names}.`,
      fr: `Cette affaire n’a rien dans ${names}.`,
    },
  ];
}
