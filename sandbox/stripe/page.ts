import { join } from 'node:path';
import type { VendorDesk } from '../core/simulator.ts';
import { empty, moment, money, pill, rawRecord } from '../page/format.ts';
import { type Html, html } from '../page/html.ts';
import { layout } from '../page/layout.ts';
import type { Mount } from '../page/mount.ts';
import { lastOf } from '../page/open.ts';
import { table } from '../page/table.ts';
import type { VendorPages } from '../page/vendor-pages.ts';
import { type View, withQuery } from '../page/view.ts';
import { majorUnits } from '../scenarios/spoken.ts';
import { accounts, inAccount, inEachAccount, type StripeAccount } from './account.ts';
import { restrictedKey, secretKey } from './key.ts';
import { stripeRecordPage, stripeRecordPath } from './record-page.ts';
import { stripeTables } from './rows.ts';

const SHOWN = 100;

type Tables = ReturnType<typeof stripeTables>;

/** Stripe's dashboard of one account: payments, customers, events with how many listened, keys. */
export function stripePage(mount: Mount): void {
  mount('get', '/view/stripe', (view, request) => {
    const desk = view.desk('stripe');
    if (!desk) return undefined;
    const open = accounts.find(({ id }) => id === request.query.account) ?? accounts[0];
    return open && inAccount(desk, open, (own) => dashboard(view, own, open));
  });
  mount('get', '/view/stripe/:id', (view, request) => {
    const desk = view.desk('stripe');
    const id = String(request.params.id);
    return desk && inEachAccount(desk, (own) => stripeRecordPage(view, stripeTables(own), id)).find(Boolean);
  });
}

function dashboard(view: View, own: VendorDesk, open: StripeAccount): Html {
  const tables = stripeTables(own);
  return layout(view, {
    title: 'Stripe',
    look: 'stripe',
    rawOf: 'stripe',
    live: html`${accountChoice(view, open)}<h2>${view.t('Payments', 'Paiements')}</h2>${payments(view, tables)}
<h2>${view.t('Events', 'Événements')}</h2>${events(view, tables)}
<h2>${view.t('Customers', 'Clients')}</h2>${customers(view, tables)}
<h2>${view.t('API keys', 'Clés d’API')}</h2>${keys(view, own)}`,
  });
}

function accountChoice(view: View, open: StripeAccount): Html {
  return html`<nav class="accounts" aria-label="${view.t('Accounts', 'Comptes')}"><ul>${accounts.map(
    ({ id, name }) =>
      html`<li><a href="${withQuery(view.to('/view/stripe'), 'account', id)}"${id === open.id ? html` aria-current="true"` : ''}>${name}</a></li>`,
  )}</ul></nav>`;
}

/** What the account is connected with in Liaison. They open nothing but this sandbox. */
function keys(view: View, own: VendorDesk): Html {
  return table(
    view.t('API keys', 'Clés d’API'),
    [
      { title: view.t('Kind', 'Type'), cell: ({ kind }) => kind },
      { title: view.t('Key', 'Clé'), cell: ({ key }) => html`<code>${key}</code>` },
    ],
    [
      {
        kind: view.t(
          'Restricted: may do what Liaison asks for',
          'Restreinte\u00a0: permet ce que demande Liaison',
        ),
        key: restrictedKey(own),
      },
      { kind: view.t('Secret: may do everything', 'Secrète\u00a0: permet tout'), key: secretKey(own) },
    ],
  );
}

const newestFirst = <Row extends { created: number }>(rows: readonly Row[]): Row[] =>
  rows
    .toReversed()
    .sort((a, b) => b.created - a.created)
    .slice(0, SHOWN);

const amount = (view: View, minor: number, currency: string): string =>
  money(view, majorUnits(minor, currency), currency.toUpperCase());

const idOf = (held: string | { id: string } | null | undefined): string =>
  typeof held === 'string' ? held : (held?.id ?? '');

function payments(view: View, { charges, customers: held }: Tables): Html {
  const rows = newestFirst(charges.all());
  if (rows.length === 0) return empty(view.t('Nobody has paid yet.', 'Personne n’a encore payé.'));
  return table(
    view.t('Payments', 'Paiements'),
    [
      {
        title: view.t('Amount', 'Montant'),
        cell: (row) => amount(view, row.amount, row.currency),
        number: true,
      },
      {
        title: view.t('Status', 'Statut'),
        cell: (row) =>
          row.refunded
            ? pill(view.t('Refunded', 'Remboursé'), 'calm')
            : row.amount_refunded > 0
              ? pill(
                  view.t(
                    `Refunded ${amount(view, row.amount_refunded, row.currency)}`,
                    `Remboursé ${amount(view, row.amount_refunded, row.currency)}`,
                  ),
                  'wait',
                )
              : row.status === 'succeeded'
                ? pill(view.t('Succeeded', 'Réussi'), 'good')
                : pill(row.status, 'bad'),
      },
      { title: view.t('Description', 'Description'), cell: (row) => row.description ?? '–' },
      {
        title: view.t('Customer', 'Client'),
        cell: (row) => row.billing_details.email ?? held.get(idOf(row.customer))?.email ?? '–',
      },
      { title: view.t('When', 'Quand'), cell: (row) => moment(view, row.created * 1000) },
      { title: 'id', cell: (row) => recordLink(view, idOf(row.payment_intent) || row.id) },
    ],
    rows,
  );
}

function events(view: View, tables: Tables): Html {
  const rows = newestFirst(tables.events.all());
  if (rows.length === 0) return empty(view.t('No event yet.', 'Aucun événement.'));
  return table(
    view.t('Events', 'Événements'),
    [
      { title: view.t('Event', 'Événement'), cell: (row) => html`<code>${row.type}</code>` },
      { title: view.t('When', 'Quand'), cell: (row) => moment(view, row.created * 1000) },
      { title: view.t('Listeners', 'Écouteurs'), cell: (row) => row.pending_webhooks, number: true },
      { title: 'id', cell: (row) => html`<code>${row.id}</code>` },
      { title: '', cell: (row) => rawRecord(view, row.id, row) },
    ],
    rows,
  );
}

function customers(view: View, tables: Tables): Html {
  const rows = newestFirst(tables.customers.all());
  if (rows.length === 0) return empty(view.t('There is no customer yet.', 'Il n’y a pas encore de client.'));
  return table(
    view.t('Customers', 'Clients'),
    [
      { title: view.t('Name', 'Nom'), cell: (row) => row.name ?? '–' },
      { title: view.t('E-mail', 'E-mail'), cell: (row) => row.email ?? '–' },
      { title: view.t('Since', 'Depuis'), cell: (row) => moment(view, row.created * 1000) },
      { title: 'id', cell: (row) => recordLink(view, row.id) },
    ],
    rows,
  );
}

const recordLink = (view: View, id: string): Html =>
  html`<a href="${view.to(stripeRecordPath(id))}"><code>${id}</code></a>`;

/** The dashboard, and where links to its records lead. */
export const stripePages: VendorPages = {
  place: { path: '/view/stripe', en: 'Stripe', fr: 'Stripe' },
  mount: stripePage,
  opens: {
    host: /^dashboard\.stripe\.com$/,
    page(_view, { pathname }) {
      const id = lastOf(pathname);
      return /^[a-z]+_\w+$/.test(id) ? stripeRecordPath(id) : '/view/stripe';
    },
  },
  style: join(import.meta.dirname, 'page.css'),
};
