import { bodyOf } from '../core/body.ts';
import { type Scenario, ScenarioRefused } from '../core/scenario.ts';
import { empty } from './format.ts';
import { type Html, html } from './html.ts';
import { layout } from './layout.ts';
import type { Mount } from './mount.ts';
import { parametersTyped, scenarioFields } from './scenario-fields.ts';
import type { View } from './view.ts';

interface Played {
  readonly id: string;
  readonly said: string;
  readonly failed: boolean;
  /** The form's texts as they were sent. */
  readonly typed: Readonly<Record<string, string>>;
}

export function scenarioPages(mount: Mount): void {
  mount('get', '/', (view) => scenariosPage(view, null));
  // With the page's script the play goes to the control interface; this is the way without it.
  mount('post', '/play/:id', async (view, request) => {
    const scenario = view.parts.scenarios.find(({ id }) => id === request.params.id);
    if (!scenario) return undefined;
    const { deskOf, clock, faults } = view.parts;
    const typed = bodyOf(request).form;
    const parameters = parametersTyped(scenario, typed);
    try {
      const done = await scenario.play({ desk: deskOf, parameters, clock, fault: faults.set });
      return scenariosPage(view, {
        id: scenario.id,
        said: `${sentenceOf(view, done)} ${expected(view, scenario)}`,
        failed: false,
        typed,
      });
    } catch (error) {
      if (!(error instanceof ScenarioRefused)) throw error;
      return scenariosPage(view, { id: scenario.id, said: error.message, failed: true, typed });
    }
  });
  mount('post', '/reset', (view) => {
    view.parts.reset();
    return { goTo: view.to('/') };
  });
}

function sentenceOf(view: View, done: object): string {
  const { sentence } = done as { sentence?: { en: string; fr: string } };
  return sentence ? view.t(sentence.en, sentence.fr) : view.t('Done.', 'Fait.');
}

/** What to expect of it, and where to look. */
const expected = (view: View, { expect }: Scenario): string =>
  expect?.[view.language] ??
  view.t('What Liaison makes of it is in its log.', 'Ce que Liaison en fait est dans son journal.');

interface Group {
  readonly id: string;
  readonly title: string;
  readonly scenarios: readonly Scenario[];
}

/** The scenarios by the app in which they begin, in the order of the navigation. */
function groupsOf(view: View): Group[] {
  const { simulators, scenarios } = view.parts;
  const left = new Set(scenarios);
  const groups = simulators.map(({ vendor, pages, scenarios: own = [] }): Group => {
    const here = own.filter((one) => left.delete(one));
    return { id: `of-${vendor}`, title: pages?.place?.[view.language] ?? vendor, scenarios: here };
  });
  const others: Group = { id: 'others', title: view.t('Others', 'Autres'), scenarios: [...left] };
  return [...groups, others].filter((one) => one.scenarios.length > 0);
}

function card(view: View, scenario: Scenario, played: Played | null): Html {
  const own = played?.id === scenario.id ? played : null;
  const { id, titles, description } = scenario;
  return html`<li class="card"><h3 id="s-${id}">${titles[view.language]}</h3>
<p>${description[view.language]}</p>
<form method="post" action="${view.to(`/play/${id}`)}" data-play="${id}" data-done="${view.t('Done.', 'Fait.')}" data-expect="${expected(view, scenario)}" data-failed="${view.t('It could not be played.', 'Impossible de le jouer.')}">
${scenarioFields(view, scenario, own?.typed ?? {})}
<button aria-describedby="s-${id}">${view.t('Play', 'Jouer')}</button> <code>${id}</code>
<output role="status"${own?.failed ? html` class="failed"` : ''}>${own?.said}</output>
</form></li>`;
}

function scenariosPage(view: View, played: Played | null): Html {
  const { scenarios } = view.parts;
  const groups = groupsOf(view);
  return layout(view, {
    title: view.t('Scenarios', 'Scénarios'),
    still: html`<p class="lead">${view.t(
      'Play what happens in a small company. Liaison reacts as it would with real accounts; look into each app above, or into',
      'Jouez ce qui arrive dans une petite entreprise. Liaison réagit comme avec de vrais comptes ; regardez chaque appli ci-dessus, ou le',
    )} <a href="${view.liaisonUrl}">${view.t('Liaison’s log', 'journal de Liaison')}</a>.</p>
${scenarios.length === 0 ? empty(view.t('There is no scenario.', 'Il n’y a aucun scénario.')) : ''}
${groups.length < 2 ? '' : html`<nav class="groups" aria-label="${view.t('Scenarios by app', 'Scénarios par appli')}"><ul>${groups.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>`}
${groups.map(
  ({ id, title, scenarios }) => html`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2>
<ul class="cards">${scenarios.map((scenario) => card(view, scenario, played))}</ul></section>`,
)}
<details class="reset"><summary>${view.t('Reset the sandbox…', 'Réinitialiser le bac à sable…')}</summary>
<form method="post" action="${view.to('/reset')}"><p>${view.t(
      'Every record of the apps goes back to the beginning. Connections, webhooks and workflow rules stay, and so does everything in Liaison: its log, its settings and its syncs.',
      'Toutes les données des applis reviennent au début. Connexions, webhooks et règles de workflow restent, comme tout ce qui est dans Liaison : journal, réglages et synchros.',
    )}</p><button class="danger">${view.t('Yes, reset', 'Oui, réinitialiser')}</button></form></details>`,
  });
}
