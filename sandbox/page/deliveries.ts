import { empty, moment, pill, rawRecord } from './format.ts';
import { type Html, html } from './html.ts';
import { layout } from './layout.ts';
import { titleOf } from './ledger.ts';
import type { Mount } from './mount.ts';
import { table } from './table.ts';
import type { View } from './view.ts';

const SHOWN = 100;

/** Webhooks: who listens, and what was sent with how many attempts. */
export function deliveriesPage(mount: Mount): void {
  mount('get', '/view/deliveries', (view) =>
    layout(view, {
      title: 'Webhooks',
      live: html`<h2>${view.t('Deliveries', 'Livraisons')}</h2>${sent(view)}<h2>${view.t('Who listens', 'Qui écoute')}</h2>${listeners(view)}`,
    }),
  );
}

function sent(view: View): Html {
  const rows = view.parts.deliveries.list().slice(-SHOWN).reverse();
  if (rows.length === 0)
    return empty(view.t('No webhook has been sent yet.', 'Aucun webhook n’a encore été envoyé.'));
  return table(
    view.t('Deliveries', 'Livraisons'),
    [
      { title: view.t('When', 'Quand'), cell: ({ queuedAt }) => moment(view, queuedAt) },
      { title: view.t('From', 'De'), cell: ({ vendor }) => titleOf(view, vendor) },
      { title: view.t('Topic', 'Sujet'), cell: ({ topic }) => topic },
      {
        title: view.t('State', 'État'),
        cell: ({ state, last, attempts }) =>
          state === 'delivered'
            ? pill(view.t(`delivered (${last})`, `livré (${last})`), 'good')
            : attempts === 0
              ? pill(view.t('on its way', 'en route'), 'wait')
              : state === 'lost'
                ? pill(view.t(`lost (${last})`, `perdu (${last})`), 'bad')
                : pill(view.t(`will retry (${last})`, `nouvel essai prévu (${last})`), 'bad'),
      },
      { title: view.t('Attempts', 'Essais'), cell: ({ attempts }) => attempts, number: true },
      { title: view.t('To', 'Vers'), cell: ({ url }) => html`<code>${url}</code>` },
      { title: '', cell: (row) => rawRecord(view, row.id, bodyOf(row.body)) },
    ],
    rows,
  );
}

function listeners(view: View): Html {
  const held = view.parts.simulators.flatMap((one) => one.webhooks?.(view.parts.deskOf(one.vendor)) ?? []);
  if (held.length === 0)
    return empty(
      view.t(
        'Nobody listens yet: Liaison subscribes when it is connected.',
        'Personne n’écoute encore : Liaison s’abonne quand elle est connectée.',
      ),
    );
  return table(
    view.t('Who listens', 'Qui écoute'),
    [
      { title: view.t('App', 'Appli'), cell: ({ vendor }) => titleOf(view, vendor) },
      { title: view.t('Topics', 'Sujets'), cell: ({ topics }) => topics.join(', ') },
      {
        title: view.t('Proof', 'Preuve'),
        cell: ({ scheme, carrier }) => html`${scheme} <code>${carrier}</code>`,
      },
      { title: view.t('To', 'Vers'), cell: ({ url }) => html`<code>${url}</code>` },
    ],
    held,
  );
}

function bodyOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
