import { notion } from '../../connectors/notion/connector.ts';
import type { NotionProperty } from '../../connectors/notion/data-sources.ts';
import { asId } from '../../connectors/notion/ids.ts';
import { WRITABLE } from '../../connectors/notion/property-values.ts';
import { isSameName } from '../../connectors/notion/same-name.ts';
import { zohoCrm } from '../../connectors/zoho-crm/connector.ts';
import { FIELD_TITLES } from '../../connectors/zoho-crm/field-titles.ts';
import type { ClientOf, SettingSource, VendorSetting } from '../../core/flow.ts';
import { languageOf, type Sentence } from '../../core/sentence.ts';
import { unfinishedRow } from '../../core/table-rows.ts';
import { ADDRESS, ADDRESS_TITLES, canBeCarried } from './crm-values.ts';
import { propertyOf } from './fill-page.ts';
import type { MappedProperty, Settings } from './settings.ts';

/** Null: there is no such data source, which is told beside its own setting. */
async function propertiesOf(client: ClientOf, source: string): Promise<readonly NotionProperty[] | null> {
  const id = asId(source);
  if (id === null) return null;
  return (await client(notion).findDataSource(id))?.properties ?? null;
}

/** What can be filled, each with what it takes. */
export const propertyNames: VendorSetting<Settings> = {
  async offers({ client, settings, organisation }) {
    const language = languageOf(organisation.locale);
    const properties = (await propertiesOf(client, settings.dataSource)) ?? [];
    return properties.flatMap(({ name, type }) => {
      const kind = WRITABLE[type];
      if (kind === undefined || name === settings.idProperty) return [];
      const titles = { en: `${name} (${kind.en})`, fr: `${name} (${kind.fr})` };
      return [{ value: name, title: titles[language], titles }];
    });
  },
};

/** The fields of the module, and the record's address. */
export const recordFields: VendorSetting<Settings> = {
  async offers({ client, settings, organisation }) {
    const language = languageOf(organisation.locale);
    const fields = (await client(zohoCrm).fields(settings.module)).filter(canBeCarried);
    const named = (value: string, titles: Sentence) => ({ value, title: titles[language], titles });
    return [
      ...fields.map(({ apiName, label }) =>
        named(apiName, FIELD_TITLES[apiName] ?? { en: label, fr: label }),
      ),
      named(ADDRESS, ADDRESS_TITLES),
    ];
  },
};

/** Which property takes which field. A property that was renamed is followed by its id. */
export const properties: VendorSetting<Settings> = {
  async check({ client, settings }: SettingSource<Settings>) {
    const unfinished = unfinishedRow(settings.properties);
    if (unfinished !== null) return { refused: unfinished };
    const there = await propertiesOf(client, settings.dataSource);
    if (there === null) return null;
    const fields = await client(zohoCrm).fields(settings.module);
    const followed: MappedProperty[] = [];
    for (const one of settings.properties) {
      const property = propertyOf(there, one) ?? there.find(({ name }) => isSameName(name, one.header));
      if (property === undefined) return { refused: noProperty(one.header, there) };
      if (WRITABLE[property.type] === undefined) return { refused: notWritable(property.name) };
      if (property.name === settings.idProperty) return { refused: ofTheId(property.name) };
      if (followed.some(({ id }) => id === property.id)) return { refused: twice(property.name) };
      const field = fields.find(({ apiName }) => apiName === one.field);
      if (one.field !== ADDRESS && (field === undefined || !canBeCarried(field)))
        return { refused: noField(one.field, property.name) };
      followed.push({ header: property.name, field: one.field, id: property.id });
    }
    const isAsBefore = followed.every(
      ({ header, id }, at) =>
        settings.properties[at]?.header === header && settings.properties[at]?.id === id,
    );
    return { value: isAsBefore ? settings.properties : followed };
  },
};

/** A property that holds ids is text. */
export const idProperty: VendorSetting<Settings> = {
  async check({ client, settings }) {
    const there = await propertiesOf(client, settings.dataSource);
    const own = there?.find(({ name }) => name === settings.idProperty);
    if (own === undefined || own.type === 'rich_text') return null;
    return {
      refused: {
        en: `“${own.name}” is no text property. Choose the name of one, or of none: it is then made.`,
        fr: `«\u00a0${own.name}\u00a0» n’est pas une propriété de texte. Choisissez le nom d’une propriété de texte, ou un nom qui n’existe pas\u00a0: elle est alors créée.`,
      },
    };
  },
};

function noProperty(name: string, there: readonly NotionProperty[]): Sentence {
  const names = there
    .filter(({ type }) => WRITABLE[type] !== undefined)
    .map((one) => one.name)
    .join(', ');
  return {
    en: `The database in Notion has no property “${name}” (any more). Choose one of these: ${names}.`,
    fr: `La base Notion n’a pas (ou plus) de propriété «\u00a0${name}\u00a0». Choisissez l’une de celles-ci\u00a0: ${names}.`,
  };
}
const notWritable = (name: string): Sentence => ({
  en: `Notion fills “${name}” by itself. Choose another property.`,
  fr: `Notion remplit «\u00a0${name}\u00a0» lui-même. Choisissez une autre propriété.`,
});
const ofTheId = (name: string): Sentence => ({
  en: `“${name}” holds the record’s id. Choose another property.`,
  fr: `«\u00a0${name}\u00a0» contient l’identifiant de la fiche. Choisissez une autre propriété.`,
});
const twice = (name: string): Sentence => ({
  en: `Two fields fill “${name}”. Keep one of them.`,
  fr: `Deux champs remplissent «\u00a0${name}\u00a0». N’en gardez qu’un.`,
});
const noField = (field: string, property: string): Sentence => ({
  en: `Records of the CRM have no field ${field} that could fill “${property}”. Choose another one.`,
  fr: `Les fiches du CRM n’ont pas de champ ${field} qui puisse remplir «\u00a0${property}\u00a0». Choisissez-en un autre.`,
});
