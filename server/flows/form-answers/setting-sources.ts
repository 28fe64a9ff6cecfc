import { zohoCrm } from '../../connectors/zoho-crm/connector.ts';
import { fillableFields, offeredFields } from '../../connectors/zoho-crm/fillable-fields.ts';
import type { OfferedValue, SettingSource, VendorSetting } from '../../core/flow.ts';
import type { FormField } from '../../core/forms/answer.ts';
import { formsOf } from '../../core/forms/offer.ts';
import { languageOf, type Sentence } from '../../core/sentence.ts';
import { unfinishedRow } from '../../core/table-rows.ts';
import type { Settings } from './settings.ts';

type Source = SettingSource<Settings>;

const moduleOf = ({ make, look }: Settings): 'Leads' | 'Contacts' =>
  make === 'contact' || (make === 'nothing' && look !== 'leads') ? 'Contacts' : 'Leads';

const fieldsOfForm = ({ role, settings }: Source): Promise<readonly FormField[]> =>
  formsOf(role('source')).fields(settings.form);

/** Which form, where the account has several. */
export const form: VendorSetting<Settings> = {
  offers: async ({ role }) => (await formsOf(role('source')).forms?.()) ?? [],
  async check({ role, settings }) {
    const { forms } = formsOf(role('source'));
    if (forms === null) return settings.form === '' ? null : { value: '' };
    const offered = await forms();
    if (settings.form === '') return { refused: NO_FORM };
    const found = offered.find(({ value, title }) => value === settings.form || title === settings.form);
    return found === undefined ? { refused: noSuchForm(settings.form) } : { value: found.value };
  },
};

/** The questions of the form. Two that are worded alike are told apart by their keys. */
async function questions(source: Source): Promise<OfferedValue[]> {
  const fields = await fieldsOfForm(source);
  return fields.map(({ key, title, titles }) => {
    const isAlone = fields.filter((one) => one.title === title).length === 1;
    const named = isAlone ? title : `${title} (${key})`;
    return { value: key, title: named, ...(titles === undefined ? {} : { titles }) };
  });
}

/** One question, or none. */
export const question: VendorSetting<Settings> = { offers: questions };

export const crmFields: VendorSetting<Settings> = {
  offers: async ({ client, organisation, settings }) =>
    offeredFields(await client(zohoCrm).fields(moduleOf(settings)), languageOf(organisation.locale)),
};

/** Fields that hold days or moments. */
export const momentFields: VendorSetting<Settings> = {
  async offers({ client, organisation, settings }) {
    const fields = await client(zohoCrm).fields(moduleOf(settings));
    const moments = fields.filter(({ type }) => type === 'date' || type === 'datetime');
    return offeredFields(moments, languageOf(organisation.locale));
  },
  async check({ client, settings }) {
    if (settings.consentAt === '') return null;
    const fields = fillableFields(await client(zohoCrm).fields(moduleOf(settings)));
    const kind = fields.find(({ apiName }) => apiName === settings.consentAt)?.cell?.kind;
    return kind === 'date' || kind === 'date-time' ? { value: settings.consentAt } : { refused: NO_MOMENT };
  },
};

/** Which question fills which field: each field once, and only what can be filled, from what the form has. */
export const columns: VendorSetting<Settings> = {
  async check(source) {
    const { columns: chosen } = source.settings;
    if (chosen.length === 0) return null;
    const unfinished = unfinishedRow(chosen);
    if (unfinished !== null) return { refused: unfinished };
    const fields = fillableFields(await source.client(zohoCrm).fields(moduleOf(source.settings)));
    const asked = await questions(source);
    const titlesOf = (field: string): Sentence =>
      fields.find(({ apiName }) => apiName === field)?.titles ?? { en: field, fr: field };
    for (const [index, { header, field }] of chosen.entries()) {
      const target = fields.find(({ apiName }) => apiName === field);
      if (field !== 'Full_Name' && (target === undefined || target.cell === null))
        return { refused: noField(titlesOf(field)) };
      if (chosen.findIndex((one) => one.field === field) !== index)
        return { refused: filledTwice(titlesOf(field)) };
      // Before the first answer came nothing is known of the form.
      if (asked.length > 0 && !asked.some(({ value }) => value === header))
        return { refused: noQuestion(header, titlesOf(field)) };
    }
    return { value: chosen };
  },
};

const NO_FORM: Sentence = { en: 'Choose the form.', fr: 'Choisissez le formulaire.' };
const noSuchForm = (name: string): Sentence => ({
  en: `The account has no form “${name}” (any more). Choose one of those that it has.`,
  fr: `Le compte n’a pas (ou plus) de formulaire «\u00a0${name}\u00a0». Choisissez l’un de ceux qu’il a.`,
});
const NO_MOMENT: Sentence = {
  en: 'Choose a field that holds a day, or a day and time.',
  fr: 'Choisissez un champ qui contient une date, ou une date et une heure.',
};
const filledTwice = (field: Sentence): Sentence => ({
  en: `Two questions fill the field “${field.en}”. Keep one of them.`,
  fr: `Deux questions remplissent le champ «\u00a0${field.fr}\u00a0». N’en gardez qu’une.`,
});
const noField = (field: Sentence): Sentence => ({
  en: `Nothing can fill “${field.en}”: the records have no such field, or the CRM fills it itself. Choose another one.`,
  fr: `Rien ne peut remplir «\u00a0${field.fr}\u00a0»\u00a0: les fiches n’ont pas ce champ, ou le CRM le remplit lui-même. Choisissez-en un autre.`,
});
const noQuestion = (key: string, field: Sentence): Sentence => ({
  en: `What is to fill “${field.en}” (${key}) is not in the form any more. Choose another question.`,
  fr: `Ce qui doit remplir «\u00a0${field.fr}\u00a0» (${key}) n’est plus dans le formulaire. Choisissez une autre question.`,
});
