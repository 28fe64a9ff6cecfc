import { ScenarioRefused } from '../core/scenario.ts';
import { empty } from './format.ts';
import { type Html, html } from './html.ts';
import { layout } from './layout.ts';
import type { Mount } from './mount.ts';
import type { View } from './view.ts';

interface Played {
  readonly id: string;
  readonly said: string;
  readonly failed: boolean;
}

export function scenarioPages(mount: Mount): void {
  mount('get', '/', (view) => scenariosPage(view, null));
  // With the page's script the play goes to the control interface; this is the way without it.
  mount('post', '/play/:id', async (view, request) => {
    const scenario = view.parts.scenarios.find(({ id }) => id === request.params.id);
    if (!scenario) return undefined;
    const { deskOf, clock, faults } = view.parts;
    try {
      const done = await scenario.play({ desk: deskOf, parameters: {}, clock, fault: faults.set });
      return scenariosPage(view, { id: scenario.id, said: sentenceOf(view, done), failed: false });
    } catch (error) {
      if (!(error instanceof ScenarioRefused)) throw error;
      return scenariosPage(view, { id: scenario.id, said: error.message, failed: true });
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

function scenariosPage(view: View, played: Played | null): Html {
  const { scenarios } = view.parts;
  return layout(view, {
    title: view.t('Scenarios', 'Scénarios'),
    still: html`<p class="lead">${view.t(
      'Play what happens in a small company. Liaison reacts as it would with real accounts; look into each app above, or into',
      'Jouez ce qui arrive dans une petite entreprise. Liaison réagit comme avec de vrais comptes ; regardez chaque appli ci-dessus, ou le',
    )} <a href="${view.liaisonUrl}">${view.t('Liaison’s log', 'journal de Liaison')}</a>.</p>
${scenarios.length === 0 ? empty(view.t('There is no scenario.', 'Il n’y a aucun scénario.')) : ''}
<ul class="cards">${scenarios.map((scenario) => {
      const own = played?.id === scenario.id ? played : null;
      const { id, titles, description } = scenario;
      return html`<li class="card"><h2 id="s-${id}">${titles[view.language]}</h2>
<p>${description[view.language]}</p>
<form method="post" action="${view.to(`/play/${id}`)}" data-play="${id}" data-done="${view.t('Done.', 'Fait.')}" data-failed="${view.t('It could not be played.', 'Impossible de le jouer.')}">
<button aria-describedby="s-${id}">${view.t('Play', 'Jouer')}</button> <code>${id}</code>
<output role="status"${own?.failed ? html` class="failed"` : ''}>${own?.said}</output>
</form></li>`;
    })}</ul>
<details class="reset"><summary>${view.t('Reset the sandbox…', 'Réinitialiser le bac à sable…')}</summary>
<form method="post" action="${view.to('/reset')}"><p>${view.t(
      'Every record goes back to the beginning. Connections, webhooks and workflow rules stay.',
      'Toutes les données reviennent au début. Connexions, webhooks et règles de workflow restent.',
    )}</p><button class="danger">${view.t('Yes, reset', 'Oui, réinitialiser')}</button></form></details>`,
  });
}
