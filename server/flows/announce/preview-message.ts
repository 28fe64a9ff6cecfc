import { zohoCrm } from '../../connectors/zoho-crm/connector.ts';
import { coqlText } from '../../connectors/zoho-crm/coql.ts';
import type { CrmRecord } from '../../connectors/zoho-crm/records.ts';
import type { ClientOf, FlowPreview, SettingSource } from '../../core/flow.ts';
import { messagesOf } from '../../core/messages.ts';
import { languageOf, type Sentence } from '../../core/sentence.ts';
import { partsOf } from '../../core/template.ts';
import { signAfter, signBefore } from './currency-signs.ts';
import { currencyOf, fieldOf, messageParts } from './message.ts';
import type { Announcement } from './occasion.ts';
import { nameOf, subjectOf, wholeText } from './subject.ts';

const EXAMPLE = {
  id: '0',
  Deal_Name: 'Refonte site vitrine',
  Amount: 12_500,
  Owner: { name: 'Claire Fontaine' },
  Account_Name: { name: 'Boulangerie Pélissier' },
};

/** The message as people there will read it, for the record that was last announceable, or for an invented one. */
export async function previewMessage({
  client,
  role,
  settings,
  organisation,
}: SettingSource<Announcement>): Promise<FlowPreview> {
  const { module, template, stage } = settings;
  const crm = client(zohoCrm);
  const messages = messagesOf(role('target'));
  const [last, fields] = await Promise.all([lastOne(client, settings), crm.fields(module)]);
  const money = fields.filter(({ type }) => type === 'currency').map(({ apiName }) => apiName);
  const moneyFields = new Set(money);
  const shown = last ?? { ...EXAMPLE, Currency: organisation.currency, Stage: stage };
  const whole = wholeText(crm, module, last?.id ?? null, languageOf(organisation.locale));
  const text = messages.compose(messageParts(template, shown, organisation, moneyFields), whole);
  const currencies = fields.find(({ apiName }) => apiName === 'Currency')?.choices ?? [];
  return {
    title: { en: 'The message as it will look', fr: 'Le message tel qu’il sera' },
    text: messages.readable(text),
    basis: basisOf(settings, last),
    warnings: [
      ...signWarnings(template, moneyFields, [...currencies, currencyOf(shown) ?? organisation.currency]),
      ...blankWarnings(template, module, last),
    ],
  };
}

export const LATEST = { created: 'Created_Time', edited: 'Modified_Time', reached: 'Modified_Time' } as const;

/** Null: there is none yet. */
async function lastOne(client: ClientOf, { module, when, stage }: Announcement): Promise<CrmRecord | null> {
  const crm = client(zohoCrm);
  const where = when === 'reached' ? `Stage = ${coqlText(stage)}` : 'id is not null';
  const { rows } = await crm.query(
    `select id from ${module} where ${where} order by ${LATEST[when]} desc limit 1`,
  );
  const [last] = rows;
  return last === undefined ? null : crm.record(module, last.id);
}

function basisOf({ module, when }: Announcement, last: CrmRecord | null): Sentence {
  if (when === 'reached') {
    return last === null
      ? {
          en: 'With an invented deal: none stands at this stage yet.',
          fr: 'Avec une affaire inventée\u00a0: aucune n’est encore à cette étape.',
        }
      : {
          en: `With “${String(last.Deal_Name)}”, the last deal that was won.`,
          fr: `Avec «\u00a0${String(last.Deal_Name)}\u00a0», la dernière affaire gagnée.`,
        };
  }
  if (last === null)
    return {
      en: `With an invented record: there is none in ${module} yet.`,
      fr: `Avec une fiche inventée\u00a0: il n’y en a encore aucune dans ${module}.`,
    };
  const name = nameOf(subjectOf(module), last, last.id);
  return when === 'created'
    ? {
        en: `With “${name}”, the record that was made last.`,
        fr: `Avec «\u00a0${name}\u00a0», la dernière fiche créée.`,
      }
    : {
        en: `With “${name}”, the record that was changed last.`,
        fr: `Avec «\u00a0${name}\u00a0», la dernière fiche modifiée.`,
      };
}

/** A sign that stands fixed is right only for deals of its currency. */
export function signWarnings(
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
        fr: `«\u00a0${sign.sign}\u00a0» est figé à côté de {${field}}. Les affaires dans une autre devise (${names}) seront écrites avec la leur\u00a0; {${field}+Currency} écrit chaque montant avec la devise de son affaire.`,
      },
    ];
  });
}

/** What the shown record leaves blank. */
export function blankWarnings(template: string, module: string, record: CrmRecord | null): Sentence[] {
  if (record === null) return [];
  const places = partsOf(template).flatMap((part) => ('place' in part ? [fieldOf(part.place)] : []));
  const blank = [...new Set(places)].filter((field) => (record[field] ?? '') === '');
  if (blank.length === 0) return [];
  const names = blank.map((field) => `{${field}}`).join(', ');
  return [
    {
      en: `This ${module === 'Deals' ? 'deal' : 'record'} has nothing in ${names}.`,
      fr: `Cette ${module === 'Deals' ? 'affaire' : 'fiche'} n’a rien dans ${names}.`,
    },
  ];
}
