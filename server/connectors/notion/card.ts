import { type CardDeclaration, dateValue, stateValue, wordsValue } from '../../core/record-card.ts';
import type { NotionClient } from './client.ts';
import { pageAddress } from './ids.ts';

const MOST = 5;

/** The pages that stand for the record. */
export const card: CardDeclaration<NotionClient> = {
  group: 'notion',
  modules: ['Deals', 'Leads', 'Contacts', 'Accounts'],

  async read({ client, linked }) {
    const ids = [...new Set(linked)].slice(0, MOST);
    const pages = await Promise.all(ids.map(async (id) => ({ id, page: await client.page(id) })));
    const found = pages.flatMap(({ page }) => page ?? []);
    const refs = ids.map((id) => ({ object: 'notion.pages', id }));
    const [first] = found.filter(({ inTrash }) => !inTrash);
    return {
      sections:
        found.length === 0
          ? []
          : [
              {
                id: 'pages',
                titles: { en: 'Page in Notion', fr: 'Page dans Notion' },
                layout: 'rows',
                rows: found.map((page) => ({
                  id: page.id,
                  label: wordsValue('Page', 'Page'),
                  values: page.inTrash
                    ? [stateValue({ en: 'In the trash', fr: 'Dans la corbeille' }, 'quiet')]
                    : [dateValue(page.editedAt, { en: 'edited', fr: 'modifiée' }, true)],
                  url: page.url ?? pageAddress(page.id),
                })),
              },
            ],
      ...(found.length === 0 ? { empty: NONE } : {}),
      refs,
      actions: [],
      ...(first === undefined ? {} : { url: first.url ?? pageAddress(first.id) }),
    };
  },
};

const NONE = {
  en: 'No page in Notion stands for this record.',
  fr: 'Aucune page de Notion ne correspond à cette fiche.',
};
