import { type Scenario, ScenarioRefused } from '../core/scenario.ts';
import { nothing, read } from '../scenarios/parameters.ts';
import { renameProperty } from './acts.ts';
import { notionTables, type PageRow } from './rows.ts';
import { SOURCES } from './seed.ts';
import { titleOf } from './views.ts';

const IN_LOG = {
  en: 'The next change of the deal in the CRM tells of it in Liaison’s log.',
  fr: 'Le prochain changement de l’affaire dans le CRM le dit au journal de Liaison.',
};

const renamed: Scenario = {
  id: 'notion-property-renamed',
  titles: { en: 'A property gets another name in Notion', fr: 'Une propriété change de nom dans Notion' },
  parameters: nothing,
  expect: {
    en: 'The next change of a deal is written under the new name.',
    fr: 'Le prochain changement d’une affaire est écrit sous le nouveau nom.',
  },
  description: {
    en: 'Somebody renames “Montant” to “Montant (€)”, or back.',
    fr: 'Quelqu’un renomme « Montant » en « Montant (€) », ou l’inverse.',
  },
  async play(stage) {
    read(stage, nothing);
    const desk = stage.desk('notion');
    const isNew = notionTables(desk)
      .sources.get(SOURCES.projects)
      ?.properties.some(({ name }) => name === 'Montant (€)');
    const [from, to] = isNew ? ['Montant (€)', 'Montant'] : ['Montant', 'Montant (€)'];
    renameProperty(desk, { source: SOURCES.projects, from, to });
    return {
      sentence: {
        en: `The property “${from}” of “Projets” is called “${to}” now.`,
        fr: `La propriété « ${from} » de « Projets » s’appelle maintenant « ${to} ».`,
      },
    };
  },
};

const lastProject = (pages: readonly PageRow[]): PageRow | undefined =>
  pages.findLast(({ sourceId, inTrash }) => sourceId === SOURCES.projects && !inTrash);

const trashed: Scenario = {
  id: 'notion-page-trashed',
  titles: { en: 'A page is put into Notion’s trash', fr: 'Une page est mise à la corbeille de Notion' },
  parameters: nothing,
  expect: IN_LOG,
  description: {
    en: 'Somebody deletes the page of the last project.',
    fr: 'Quelqu’un supprime la page du dernier projet.',
  },
  async play(stage) {
    read(stage, nothing);
    const { pages } = notionTables(stage.desk('notion'));
    const page = lastProject(pages.all());
    if (page === undefined)
      throw new ScenarioRefused('No project has a page yet. Set up the flow, and change a deal.');
    pages.put(page.id, { ...page, inTrash: true });
    return {
      sentence: {
        en: `The page “${titleOf(page)}” is in the trash.`,
        fr: `La page « ${titleOf(page)} » est à la corbeille.`,
      },
      page: page.id,
    };
  },
};

/** In the order in which the page shows them. */
export const notionScenarios: readonly Scenario[] = [renamed, trashed];
