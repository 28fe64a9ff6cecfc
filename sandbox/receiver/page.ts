import { z } from 'zod';
import { bodyOf } from '../core/body.ts';
import type { VendorDesk } from '../core/simulator.ts';
import { empty, moment, pill, rawRecord } from '../page/format.ts';
import { type Html, html } from '../page/html.ts';
import { layout } from '../page/layout.ts';
import { table } from '../page/table.ts';
import type { VendorPages } from '../page/vendor-pages.ts';
import type { View } from '../page/view.ts';
import { type AddressRow, type ArrivalRow, receiverTables } from './rows.ts';
import { act } from './set-up.ts';

const PATH = '/view/receiver';
/** What an application in trouble answers, as the page offers it. */
const ANSWERS = [200, 500, 301, 410] as const;

const secretForm = z.object({ address: z.string(), secret: z.string() });
const answerForm = z.object({ address: z.string(), status: z.coerce.number() });

/** Any application: what came to each of its addresses, and whether the official library believes it. */
export const receiverPages: VendorPages = {
  place: { path: PATH, en: 'Any application', fr: 'Autre application' },
  mount(mount) {
    mount('get', PATH, (view) => shown(view, null));
    mount('post', `${PATH}/secret`, (view, request) => {
      const { address, secret } = secretForm.parse(bodyOf(request).form);
      return done(view, (desk) => act(desk, { act: 'set-secret', address, secret }));
    });
    mount('post', `${PATH}/answer`, (view, request) => {
      const { address, status } = answerForm.parse(bodyOf(request).form);
      const location = status === 301 ? 'http://127.0.0.1:1/' : null;
      return done(view, (desk) => act(desk, { act: 'set-answer', address, status, location }));
    });
  },
};

function done(view: View, change: (desk: VendorDesk) => unknown) {
  const desk = view.desk('receiver');
  if (!desk) return undefined;
  try {
    change(desk);
    return { goTo: view.to(PATH) };
  } catch (thrown) {
    return shown(view, thrown instanceof Error ? thrown.message : String(thrown));
  }
}

function shown(view: View, refused: string | null) {
  const desk = view.desk('receiver');
  if (!desk) return undefined;
  const { addresses, arrivals } = receiverTables(desk);
  const came = Map.groupBy(arrivals.all().toReversed(), ({ address }) => address);
  const title = view.t('Any application', 'Autre application');
  const intro = view.t(
    'Whatever address Liaison sends webhooks to, here is where they arrive. Paste the secret of an address, and the official library of Standard Webhooks verifies what comes.',
    'Quelle que soit l’adresse à laquelle Liaison envoie des webhooks, ils arrivent ici. Collez le secret d’une adresse, et la bibliothèque officielle de Standard Webhooks vérifie ce qui arrive.',
  );
  return layout(view, {
    title,
    rawOf: 'receiver',
    live: [
      html`<p>${intro}</p>`,
      refused !== null && html`<p role="alert">${pill(refused, 'bad')}</p>`,
      ...(addresses.size === 0
        ? [empty(view.t('Nothing has come yet.', 'Rien n’est encore arrivé.'))]
        : addresses.all().map((row) => section(view, row, came.get(row.address) ?? []))),
    ].filter((part) => part !== false),
  });
}

function section(view: View, { address, secret, answer }: AddressRow, rows: readonly ArrivalRow[]): Html {
  const columns = [
    { title: view.t('When', 'Quand'), cell: (row: ArrivalRow) => moment(view, row.at) },
    { title: view.t('Event', 'Événement'), cell: (row: ArrivalRow) => row.type ?? '–' },
    { title: view.t('Signature', 'Signature'), cell: (row: ArrivalRow) => verdict(view, row) },
    { title: view.t('Answered', 'Répondu'), cell: (row: ArrivalRow) => row.status },
    { title: '', cell: (row: ArrivalRow) => rawRecord(view, row.id, row) },
  ];
  const label = view.t('Secret', 'Secret');
  const answers = view.t('It answers', 'Elle répond');
  return html`<h2>https://${address}</h2>
<form method="post" action="${view.to(`${PATH}/secret`)}">
<input type="hidden" name="address" value="${address}">
<label>${label} <input name="secret" size="60" autocomplete="off" placeholder="whsec_…" value="${secret ?? ''}"></label>
<button>${view.t('Keep', 'Garder')}</button></form>
<form method="post" action="${view.to(`${PATH}/answer`)}">
<input type="hidden" name="address" value="${address}">
<label>${answers} <select name="status">${ANSWERS.map(
    (status) =>
      html`<option value="${status}"${status === answer.status ? html` selected` : ''}>${status}</option>`,
  )}</select></label>
<button>${view.t('Keep', 'Garder')}</button></form>
${
  rows.length === 0
    ? empty(view.t('Nothing has come yet.', 'Rien n’est encore arrivé.'))
    : table(view.t('What came', 'Ce qui est arrivé'), columns, rows.slice(0, 50), ({ id }) => id)
}`;
}

function verdict(view: View, { verified, doubt }: ArrivalRow): Html {
  if (verified === null) return pill(view.t('not looked at', 'non vérifiée'), 'calm');
  return verified
    ? pill(view.t('good', 'bonne'), 'good')
    : pill(`${view.t('not good', 'fausse')}: ${doubt ?? ''}`, 'bad');
}
