import { zohoCrm } from '../../connectors/zoho-crm/connector.ts';
import { FIELD_TITLES } from '../../connectors/zoho-crm/field-titles.ts';
import type { VendorSetting } from '../../core/flow.ts';
import { languageOf, type Sentence } from '../../core/sentence.ts';
import { fillTemplate, placesOf } from '../../core/template.ts';
import { fieldOf } from './message.ts';
import type { Announcement } from './occasion.ts';

/** Every place of the message is a field that the module's records have. */
export const templateSetting: VendorSetting<Announcement> = {
  /** What can be put into it, each as it is written there: amounts with their currency first. */
  async offers({ client, settings: { module }, organisation }) {
    const language = languageOf(organisation.locale);
    const fields = await client(zohoCrm).fields(module);
    const titled = fields.map(({ apiName, label, type }) => ({
      place: apiName,
      titles: FIELD_TITLES[apiName] ?? { en: label, fr: label },
      isMoney: type === 'currency',
    }));
    const written = (value: string, titles: Sentence) => ({ value, title: titles[language], titles });
    return [
      ...titled
        .filter(({ isMoney }) => isMoney)
        .map(({ place, titles: { en, fr } }) =>
          written(`{${place}+Currency}`, { en: `${en}, with its currency`, fr: `${fr}, avec sa devise` }),
        ),
      ...titled.map(({ place, titles }) => written(`{${place}}`, titles)),
    ];
  },

  async check({ client, settings: { module, template } }) {
    const fields = await client(zohoCrm).fields(module);
    // The currency's field is there only where there are several currencies.
    const known = new Map(
      ['id', 'Currency', ...fields.map(({ apiName }) => apiName)].map((one) => [one.toLowerCase(), one]),
    );
    const unknown = placesOf(template)
      .map(fieldOf)
      .filter((field) => !known.has(field.toLowerCase()));
    const [first] = unknown;
    if (first !== undefined) {
      const near = nearest(first, [...known.values()]);
      const names = unknown.map((field) => `{${field}}`).join(', ');
      const whose =
        module === 'Deals'
          ? { en: 'Deals in Zoho CRM have', fr: 'Les affaires de Zoho CRM n’ont' }
          : { en: `Records of ${module} in Zoho CRM have`, fr: `Les fiches ${module} de Zoho CRM n’ont` };
      return {
        refused: {
          en: `${whose.en} no field ${names}.${near === null ? '' : ` Is {${near}} meant?`} A place is the API name of a field.`,
          fr: `${whose.fr} pas de champ ${names}.${near === null ? '' : ` Vouliez-vous dire {${near}}\u00a0?`} Entre accolades se met le nom API d’un champ.`,
        },
      };
    }
    // Names are told apart by their case there.
    const written = fillTemplate(template, (place) => {
      const field = fieldOf(place);
      return `{${known.get(field.toLowerCase()) ?? field}${place.slice(field.length)}}`;
    });
    return { value: written };
  },
};

/** The name that differs in the fewest letters, where it is near enough to be meant. */
function nearest(typed: string, names: readonly string[]): string | null {
  const near = names
    .map((name) => ({ name, distance: distance(typed.toLowerCase(), name.toLowerCase()) }))
    .sort((one, other) => one.distance - other.distance)[0];
  return near !== undefined && near.distance <= Math.max(2, typed.length / 4) ? near.name : null;
}

/** How many letters must be put in, taken out or changed to make the one of the other. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [line, letter] of [...one].entries()) {
    const next = [line + 1];
    for (const [column, wanted] of [...other].entries()) {
      next.push(
        Math.min(
          (row[column + 1] ?? 0) + 1,
          (next[column] ?? 0) + 1,
          (row[column] ?? 0) + (letter === wanted ? 0 : 1),
        ),
      );
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
