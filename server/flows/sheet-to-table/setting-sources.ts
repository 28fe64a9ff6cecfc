import { googleSheets } from '../../connectors/google-sheets/connector.ts';
import { zohoAnalytics } from '../../connectors/zoho-analytics/connector.ts';
import { LiaisonError } from '../../core/errors.ts';
import type { SettingSource, VendorSetting } from '../../core/flow.ts';
import { languageOf, type Sentence } from '../../core/sentence.ts';
import { unfinishedRow } from '../../core/table-rows.ts';
import { columnLetters } from '../sheet-row-to-lead/columns.ts';
import { isType, TYPE_FACTS, TYPES } from './column-types.ts';
import { noWorkspace, tableIsGone } from './sentences.ts';
import type { Settings } from './settings.ts';
import { planSheet, type SheetPlan } from './sheet-plan.ts';
import { matchingColumns, mismatch, sameName } from './target-table.ts';

type Source = SettingSource<Settings>;

/** The sheet with all its columns, each in the type that its cells' formats say; null: none is chosen. */
async function wholeSheet({ client, settings }: Source): Promise<SheetPlan | null> {
  if (settings.spreadsheetId === '') return null;
  return planSheet(client(googleSheets), { ...settings, columns: [] }, null);
}

/** What a vendor refuses for good is a verdict; everything else is no answer. */
async function judged<T>(work: () => Promise<T>): Promise<T | { readonly refused: Sentence }> {
  try {
    return await work();
  } catch (thrown) {
    if (thrown instanceof LiaisonError && thrown.kind === 'rejected')
      return { refused: thrown.details.sentence };
    throw thrown;
  }
}

/** The headers of the tab, each with what its cells' formats say that it holds. */
export const headers: VendorSetting<Settings> = {
  async offers(source) {
    const plan = await wholeSheet(source);
    const language = languageOf(source.organisation.locale);
    return (plan?.columns ?? []).map(({ header, type, place }) => {
      const { words } = TYPE_FACTS[type];
      const at = columnLetters(place);
      const titles = { en: `${header} (${at}: ${words.en})`, fr: `${header} (${at}\u00a0: ${words.fr})` };
      return { value: header, title: titles[language], titles };
    });
  },
};

/** What a column can hold. */
export const types: VendorSetting<Settings> = {
  async offers({ organisation }) {
    const language = languageOf(organisation.locale);
    return TYPES.map((value) => ({
      value,
      title: TYPE_FACTS[value].words[language],
      titles: TYPE_FACTS[value].words,
    }));
  },
};

/** The columns; where none is entered, all of the tab's are, as their formats propose. */
export const columns: VendorSetting<Settings> = {
  async check(source) {
    const { settings, client } = source;
    if (settings.spreadsheetId === '') return null;
    const unfinished = unfinishedRow(
      settings.columns.map(({ header, field }) => ({ header, field: isType(field) ? field : '' })),
    );
    if (unfinished !== null) return { refused: unfinished };
    return judged(async () => {
      const plan = await planSheet(client(googleSheets), settings, null);
      const there = await tableColumns(source);
      const wrong = there === null ? null : mismatch(plan.columns, there);
      if (wrong !== null) return { refused: wrong };
      const isEntered = settings.columns.length > 0;
      return {
        value: isEntered
          ? settings.columns
          : plan.columns.map(({ header, type }) => ({ header, field: type })),
      };
    });
  },
};

/** Null: no table is chosen, or it is not made yet. */
async function tableColumns({ client, settings }: Source) {
  const analytics = client(zohoAnalytics);
  const workspace = (await analytics.workspaces()).find(({ id }) => id === settings.workspace);
  if (workspace === undefined || settings.table === '') return null;
  const table = (await analytics.tables(workspace)).find(({ name }) => sameName(name, settings.table));
  return table === undefined ? null : analytics.columns(workspace, table.id);
}

/** The workspaces that the account may open, by name. */
export const workspace: VendorSetting<Settings> = {
  async offers({ client }) {
    return (await client(zohoAnalytics).workspaces()).map(({ id, name }) => ({ value: id, title: name }));
  },
  async check({ client, settings }) {
    if (settings.workspace === '') return null;
    const all = await client(zohoAnalytics).workspaces();
    const found =
      all.find(({ id }) => id === settings.workspace) ??
      all.find(({ name }) => sameName(name, settings.workspace));
    return found === undefined ? { refused: noWorkspace() } : { value: found.id };
  },
};

/** The tables of the workspace; a name that none has makes a new one. A new name of the table there is followed. */
export const table: VendorSetting<Settings> = {
  async offers({ client, settings }) {
    const analytics = client(zohoAnalytics);
    const found = (await analytics.workspaces()).find(({ id }) => id === settings.workspace);
    if (found === undefined) return [];
    return (await analytics.tables(found)).map(({ name }) => ({ value: name, title: name }));
  },
  async check({ client, settings }, reference) {
    if (settings.table === '') return null;
    const analytics = client(zohoAnalytics);
    const own = (await analytics.workspaces()).find(({ id }) => id === settings.workspace);
    if (own === undefined) return null;
    const tables = await analytics.tables(own);
    const found =
      tables.find(({ id }) => id === reference) ?? tables.find(({ name }) => sameName(name, settings.table));
    if (found === undefined) return reference === undefined ? null : { refused: tableIsGone(settings.table) };
    return { value: found.name, reference: found.id };
  },
};

/** By which a row is found again: one of the columns, or several. */
export const matching: VendorSetting<Settings> = {
  async offers(source) {
    const plan = await wholeSheet(source);
    return (plan?.columns ?? []).map(({ header }) => ({ value: header, title: header }));
  },
  async check({ client, settings }) {
    if (settings.way !== 'update' || settings.spreadsheetId === '') return null;
    return judged(async () => {
      const plan = await planSheet(client(googleSheets), settings, null);
      return { value: matchingColumns(settings.matching, plan).join(', ') };
    });
  },
};
