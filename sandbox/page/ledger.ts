import { empty, moment, pill, rawRecord } from './format.ts';
import { html } from './html.ts';
import { layout } from './layout.ts';
import type { Mount } from './mount.ts';
import { table } from './table.ts';
import type { View } from './view.ts';

const SHOWN = 200;

/** Every write that a vendor committed, newest first, with those that were made twice marked. */
export function ledgerPage(mount: Mount): void {
  mount('get', '/view/ledger', (view) => {
    const lines = view.parts.ledger.lines({});
    const repeated = repeatedMarkers(lines);
    const shown = lines.slice(-SHOWN).reverse();
    return layout(view, {
      title: view.t('Ledger', 'Registre'),
      still: html`<p class="lead">${view.t(
        'Each write that an app committed for Liaison, counted on the app’s side.',
        'Chaque écriture qu’une appli a validée pour Liaison, comptée du côté de l’appli.',
      )}</p>`,
      live:
        shown.length === 0
          ? empty(
              view.t(
                'Nothing has been written yet. Play a scenario.',
                'Rien n’a encore été écrit. Jouez un scénario.',
              ),
            )
          : table(
              view.t('Writes', 'Écritures'),
              [
                { title: '#', cell: ({ seq }) => seq, number: true },
                { title: view.t('When', 'Quand'), cell: ({ at }) => moment(view, at) },
                { title: view.t('App', 'Appli'), cell: ({ vendor }) => titleOf(view, vendor) },
                {
                  title: view.t('Operation', 'Opération'),
                  cell: ({ operation }) => html`<code>${operation}</code>`,
                },
                {
                  title: view.t('What', 'Quoi'),
                  cell: ({ object, action, id }) =>
                    html`${object} ${pill(action, action === 'delete' ? 'bad' : 'calm')}<br><code>${id}</code>`,
                },
                {
                  title: view.t('Marker', 'Marque'),
                  cell: ({ vendor, object, action, marker }) =>
                    html`<span class="long">${marker ?? '–'}</span>${action === 'create' && repeated.has(`${vendor}/${object}/${marker}`) ? html` ${pill(view.t('twice', 'en double'), 'bad')}` : ''}`,
                },
                { title: '', cell: ({ seq, record }) => rawRecord(view, `l${seq}`, record) },
              ],
              shown,
            ),
    });
  });
}

export const titleOf = (view: View, vendor: string): string =>
  view.parts.simulators.find((one) => one.vendor === vendor)?.title ?? vendor;

/** Markers under which one vendor made one kind of record more than once. */
function repeatedMarkers(
  lines: readonly { vendor: string; object: string; action: string; marker: string | null }[],
): Set<string> {
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const { vendor, object, action, marker } of lines) {
    if (action !== 'create' || marker === null) continue;
    const key = `${vendor}/${object}/${marker}`;
    if (seen.has(key)) repeated.add(key);
    seen.add(key);
  }
  return repeated;
}
