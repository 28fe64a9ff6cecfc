import { googleSheets } from '../../connectors/google-sheets/connector.ts';
import { zohoCrm } from '../../connectors/zoho-crm/connector.ts';
import { fillableFields, offeredFields } from '../../connectors/zoho-crm/fillable-fields.ts';
import { foldText } from '../../core/cells/fold-text.ts';
import { asLiaisonError } from '../../core/errors.ts';
import type { VendorSetting } from '../../core/flow.ts';
import { languageOf, type Sentence } from '../../core/sentence.ts';
import { unfinishedRow } from '../../core/table-rows.ts';
import { columnLetters } from './columns.ts';
import { REQUIRED } from './header-row.ts';
import type { Settings } from './settings.ts';

type Sheet = Pick<Settings, 'spreadsheetId' | 'sheet'>;

/** The spreadsheet: its address is pasted, and it must be one that the connected account may open. */
export const spreadsheet: VendorSetting<Sheet> = {
  /** The one that was pasted, by its name: Google lists no others to those who may read only what they are shown. */
  async offers({ client, settings: { spreadsheetId } }) {
    if (!/^[\w-]{10,}$/.test(spreadsheetId)) return [];
    const { title } = await client(googleSheets).tabs(spreadsheetId);
    return [{ value: spreadsheetId, title }];
  },

  async check({ client, settings: { spreadsheetId } }) {
    if (spreadsheetId === '') return null;
    if (!/^[\w-]{10,}$/.test(spreadsheetId)) return { refused: NO_ADDRESS };
    try {
      await client(googleSheets).tabs(spreadsheetId);
      return { value: spreadsheetId };
    } catch (thrown) {
      const error = asLiaisonError(thrown);
      if (error.kind !== 'rejected' && error.kind !== 'gone') throw error;
      return { refused: error.details.sentence };
    }
  },
};

/** The tab, out of the spreadsheet's own. */
export const tab: VendorSetting<Sheet> = {
  async offers({ client, settings: { spreadsheetId } }) {
    if (spreadsheetId === '') return [];
    const titles = await client(googleSheets).sheetTitles(spreadsheetId);
    return titles.map((title) => ({ value: title, title }));
  },

  async check({ client, settings: { spreadsheetId, sheet } }) {
    if (spreadsheetId === '' || sheet === '') return null;
    const titles = await tabTitles(client(googleSheets), spreadsheetId);
    // What is wrong with the spreadsheet is told beside it.
    if (titles === null) return null;
    const found =
      titles.find((title) => title === sheet) ?? titles.find((title) => foldText(title) === foldText(sheet));
    if (found !== undefined) return { value: found };
    const there = (open: string, close: string) =>
      titles.map((title) => `${open}${title}${close}`).join(', ');
    return {
      refused: {
        en: `The spreadsheet has no tab “${sheet}”. Choose one of these: ${there('“', '”')}.`,
        fr: `Le tableur n’a pas d’onglet «\u00a0${sheet}\u00a0». Choisissez l’un de ceux-ci\u00a0: ${there('«\u00a0', '\u00a0»')}.`,
      },
    };
  },
};

/** The columns that the chosen tab has: each header once, with where it stands. */
export const sheetColumns: VendorSetting<Sheet> = {
  async offers({ client, settings }) {
    if (settings.spreadsheetId === '') return [];
    const sheets = client(googleSheets);
    const title =
      settings.sheet === '' ? (await sheets.sheetTitles(settings.spreadsheetId))[0] : settings.sheet;
    const [headers = []] = await sheets.values(settings.spreadsheetId, title ?? '', { range: '1:1' });
    const named = headers.map((header, index) => ({ header: header.trim(), at: columnLetters(index) }));
    return named
      .filter(
        ({ header }, index) => header !== '' && named.findIndex((one) => one.header === header) === index,
      )
      .map(({ header, at }) => ({ value: header, title: `${header} (${at})` }));
  },
};

/** The fields of leads that a cell can fill, with what each takes. */
export const crmFields: VendorSetting<Settings> = {
  async offers({ client, organisation }) {
    return offeredFields(await client(zohoCrm).fields('Leads'), languageOf(organisation.locale));
  },
};

/** Which column fills which field: every lead needs its name, and each field is one that a cell can fill. */
export const columns: VendorSetting<Settings> = {
  async check({ client, settings }) {
    const { columns: chosen } = settings;
    const unfinished = unfinishedRow(chosen);
    if (unfinished !== null) return { refused: unfinished };
    if (!chosen.some(({ field }) => field === REQUIRED)) return { refused: NO_NAME };
    const twice = chosen.find(({ field }, index) => chosen.findIndex((one) => one.field === field) !== index);
    const fields = fillableFields(await client(zohoCrm).fields('Leads'));
    const titlesOf = (field: string): Sentence =>
      fields.find(({ apiName }) => apiName === field)?.titles ?? { en: field, fr: field };
    if (twice !== undefined) return { refused: filledTwice(titlesOf(twice.field)) };
    for (const { header, field } of chosen) {
      const found = fields.find(({ apiName }) => apiName === field);
      if (found === undefined || found.cell === null) return { refused: noField(header, titlesOf(field)) };
    }
    return { value: chosen };
  },
};

async function tabTitles(
  client: { sheetTitles(id: string): Promise<string[]> },
  spreadsheetId: string,
): Promise<string[] | null> {
  try {
    return await client.sheetTitles(spreadsheetId);
  } catch (thrown) {
    const error = asLiaisonError(thrown);
    if (error.kind === 'rejected' || error.kind === 'gone') return null;
    throw error;
  }
}

const NO_ADDRESS: Sentence = {
  en: 'This is no address of a Google spreadsheet. Open it in the browser and copy the whole address (https://docs.google.com/spreadsheets/d/…).',
  fr: 'Ceci n’est pas l’adresse d’un tableur Google. Ouvrez-le dans le navigateur et copiez l’adresse entière (https://docs.google.com/spreadsheets/d/…).',
};

const NO_NAME: Sentence = {
  en: 'Choose the column that fills the lead’s last name, which every lead needs.',
  fr: 'Choisissez la colonne qui remplit le nom du prospect, obligatoire pour tout prospect.',
};

const filledTwice = (field: Sentence): Sentence => ({
  en: `Two columns fill the field “${field.en}”. Keep one of them.`,
  fr: `Deux colonnes remplissent le champ «\u00a0${field.fr}\u00a0». N’en gardez qu’une.`,
});

const noField = (header: string, field: Sentence): Sentence => ({
  en: `The column “${header}” cannot fill “${field.en}”: leads have no such field, or the CRM fills it itself. Choose another one.`,
  fr: `La colonne «\u00a0${header}\u00a0» ne peut pas remplir «\u00a0${field.fr}\u00a0»\u00a0: les prospects n’ont pas ce champ, ou le CRM le remplit lui-même. Choisissez-en un autre.`,
});
