import { notion } from '../../connectors/notion/connector.ts';
import { asId } from '../../connectors/notion/ids.ts';
import type { VendorSetting } from '../../core/flow.ts';
import type { Sentence } from '../../core/sentence.ts';
import type { Settings } from './settings.ts';

/** The data source in which pages are made: one of those that are shared with Liaison, or the only one of a database. */
export const dataSourceSetting: VendorSetting<Settings> = {
  async offers({ client }) {
    const all = await client(notion).dataSources();
    // Two may be of one name, in two databases.
    const isTwice = (title: string): boolean => all.filter((one) => one.title === title).length > 1;
    return all.map(({ id, title }) => ({
      value: id,
      title: isTwice(title) || title === '' ? `${title || '–'} (${id.slice(0, 8)})` : title,
    }));
  },

  async check({ client, settings: { dataSource } }) {
    if (dataSource === '') return { refused: NOTHING_CHOSEN };
    const id = asId(dataSource);
    if (id === null) return { refused: noAddress(dataSource) };
    const found = await client(notion).findDataSource(id);
    if (found !== null) return found.inTrash ? { refused: inTrash(found.title) } : { value: found.id };
    // What the browser shows is the address of a database, which may hold several.
    const database = await client(notion).dataSourcesIn(id);
    const [only, ...others] = database?.sources ?? [];
    if (database === null || only === undefined) return { refused: NOT_SHARED };
    return others.length === 0
      ? { value: only.id }
      : {
          refused: several(
            database.title,
            database.sources.map(({ name }) => name),
          ),
        };
  },
};

const NOTHING_CHOSEN: Sentence = {
  en: 'Choose the database in Notion that the pages go to.',
  fr: 'Choisissez la base de données Notion où vont les pages.',
};
const noAddress = (text: string): Sentence => ({
  en: `“${text.slice(0, 60)}” is no address of a database in Notion. Choose one from the list, or open it in the browser and copy the whole address.`,
  fr: `«\u00a0${text.slice(0, 60)}\u00a0» n’est pas l’adresse d’une base de données Notion. Choisissez-en une dans la liste, ou ouvrez-la dans le navigateur et copiez l’adresse entière.`,
});
const inTrash = (title: string): Sentence => ({
  en: `“${title}” is in Notion’s trash. Restore it there, or choose another one.`,
  fr: `«\u00a0${title}\u00a0» est à la corbeille de Notion. Restaurez-la là-bas, ou choisissez-en une autre.`,
});
const NOT_SHARED: Sentence = {
  en: 'Notion does not know this database, or it is not shared with Liaison. Open its ••• menu in Notion, choose Connections and add Liaison.',
  fr: 'Notion ne connaît pas cette base, ou elle n’est pas partagée avec Liaison. Ouvrez son menu ••• dans Notion, choisissez Connexions et ajoutez Liaison.',
};
const several = (title: string, names: readonly string[]): Sentence => ({
  en: `The database “${title}” has several data sources. Choose one of them from the list: ${names.join(', ')}.`,
  fr: `La base «\u00a0${title}\u00a0» a plusieurs sources de données. Choisissez l’une d’elles dans la liste\u00a0: ${names.join(', ')}.`,
});
