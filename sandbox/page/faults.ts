import type { Request } from 'express';
import { bodyOf } from '../core/body.ts';
import { type Fault, faultSchema } from '../core/fault.ts';
import { empty } from './format.ts';
import { type Html, html } from './html.ts';
import { layout } from './layout.ts';
import type { Mount } from './mount.ts';
import { table } from './table.ts';
import type { View } from './view.ts';

interface Kind {
  readonly id: string;
  readonly en: string;
  readonly fr: string;
  readonly fault: Fault;
}

/** What the form offers; `PUT /_sandbox/faults/<vendor>` takes everything that the schema knows. */
const KINDS: readonly Kind[] = [
  { id: '503', en: 'is down (503)', fr: 'est en panne (503)', fault: { status: 503 } },
  { id: '500', en: 'answers 500', fr: 'répond 500', fault: { status: 500 } },
  { id: '429', en: 'has had enough (429)', fr: 'en a assez (429)', fault: { status: 429, retryAfter: 3 } },
  { id: '401', en: 'refuses the token (401)', fr: 'refuse le jeton (401)', fault: { status: 401 } },
  {
    id: 'slow',
    en: 'takes 5 seconds to answer',
    fr: 'met 5 secondes à répondre',
    fault: { latencyMs: 5000 },
  },
  { id: 'drop', en: 'cuts the connection', fr: 'coupe la connexion', fault: { drop: true } },
  {
    id: 'lost',
    en: 'does the work, then cuts the connection',
    fr: 'fait le travail, puis coupe la connexion',
    fault: { commitThenFail: 'reset' },
  },
  {
    id: 'half',
    en: 'sends half of each answer',
    fr: 'envoie la moitié de chaque réponse',
    fault: { truncate: true },
  },
  {
    id: 'empty',
    en: 'answers that there is nothing',
    fr: 'répond qu’il n’y a rien',
    fault: { empty: true },
  },
  {
    id: 'lags',
    en: 'shows what was written a minute later',
    fr: 'montre ce qui a été écrit une minute plus tard',
    fault: { lagMs: 60_000 },
  },
  {
    id: 'twice',
    en: 'sends every webhook twice',
    fr: 'envoie chaque webhook deux fois',
    fault: { duplicate: true },
  },
  {
    id: 'order',
    en: 'sends webhooks out of order',
    fr: 'envoie les webhooks dans le désordre',
    fault: { reorder: true },
  },
  { id: 'deaf', en: 'loses its webhooks', fr: 'perd ses webhooks', fault: { loseDeliveries: 1 } },
];

export function faultPages(mount: Mount): void {
  mount('get', '/faults', (view) => faultsPage(view, null));
  mount('post', '/faults', (view, request) => {
    const { vendor, fault, error } = asked(view, request);
    if (vendor === undefined || fault === undefined)
      return { html: faultsPage(view, error ?? ''), status: 400 };
    view.parts.faults.set(vendor, fault);
    return { goTo: view.to('/faults') };
  });
  mount('post', '/faults/:vendor/clear', (view, request) => {
    view.parts.faults.clear(String(request.params.vendor));
    return { goTo: view.to('/faults') };
  });
}

function asked(view: View, request: Request): { vendor?: string; fault?: Fault; error?: string } {
  const { form } = bodyOf(request);
  const vendor = view.parts.simulators.find((one) => one.vendor === form.vendor)?.vendor;
  const kind = KINDS.find(({ id }) => id === form.kind);
  if (!vendor || !kind)
    return {
      error: view.t('Choose an app and what happens to it.', 'Choisissez une appli et ce qui lui arrive.'),
    };
  const number = (name: string): number | undefined => (form[name] ? Number(form[name]) : undefined);
  const percent = number('rate');
  const parsed = faultSchema.safeParse({
    ...kind.fault,
    ...(percent === undefined ? {} : { rate: percent / 100 }),
    ...(form.count ? { count: number('count') } : {}),
    ...(form.seconds ? { forSeconds: number('seconds') } : {}),
  });
  if (parsed.success) return { vendor, fault: parsed.data };
  return { error: view.t('One of the numbers is out of range.', 'Un des nombres est hors limites.') };
}

/** A standing fault as the form would say it; nothing for what only the control interface can set. */
function inWords(view: View, fault: Fault): string {
  const held = new Map<string, unknown>(Object.entries(fault));
  const what = KINDS.filter(({ fault: own }) =>
    Object.entries(own).every(([name, value]) => name === 'retryAfter' || held.get(name) === value),
  ).map((kind) => view.t(kind.en, kind.fr));
  const { rate, count, forSeconds } = fault;
  const limits = [
    rate !== undefined && rate < 1 && view.t(`${rate * 100}% of calls`, `${rate * 100} % des appels`),
    count !== undefined && view.t(`at most ${count} times`, `${count} fois au plus`),
    forSeconds !== undefined && view.t(`for ${forSeconds} s`, `pendant ${forSeconds} s`),
  ].filter((part) => part !== false);
  return [...what, ...limits].join(', ');
}

function faultsPage(view: View, error: string | null): Html {
  const { simulators, faults } = view.parts;
  const standing = simulators.flatMap(({ vendor, title }) => {
    const fault = faults.show(vendor);
    return fault ? [{ vendor, title, fault }] : [];
  });
  return layout(view, {
    title: view.t('Faults', 'Pannes'),
    still: html`<p class="lead">${view.t(
      'Make an app fail, and see that nothing is lost and nothing is done twice.',
      'Mettez une appli en panne, et voyez que rien ne se perd et que rien n’est fait deux fois.',
    )}</p>
${error !== null && html`<p class="failed" role="alert">${error}</p>`}
<form method="post" action="${view.to('/faults')}" class="fields">
<label>${view.t('App', 'Appli')}<select name="vendor">${simulators.map(({ vendor, title }) => html`<option value="${vendor}">${title}</option>`)}</select></label>
<label>${view.t('What happens', 'Ce qui arrive')}<select name="kind">${KINDS.map((kind) => html`<option value="${kind.id}">${view.t(kind.en, kind.fr)}</option>`)}</select></label>
<label>${view.t('To how many calls (%)', 'À combien d’appels (%)')}<input name="rate" type="number" min="1" max="100" value="100"></label>
<label>${view.t('At most so many times', 'Au plus tant de fois')}<input name="count" type="number" min="1" placeholder="∞"></label>
<label>${view.t('For so many seconds', 'Pendant tant de secondes')}<input name="seconds" type="number" min="1" placeholder="∞"></label>
<button>${view.t('Break it', 'Mettre en panne')}</button></form>
<h2>${view.t('In force', 'En cours')}</h2>`,
    live:
      standing.length === 0
        ? empty(view.t('Every app works as it should.', 'Toutes les applis marchent comme il faut.'))
        : table(
            view.t('In force', 'En cours'),
            [
              { title: view.t('App', 'Appli'), cell: ({ title }) => title },
              {
                title: view.t('What happens', 'Ce qui arrive'),
                cell: ({ fault }) => html`${inWords(view, fault)}<br><code>${JSON.stringify(fault)}</code>`,
              },
              {
                title: '',
                cell: ({ vendor, title }) =>
                  html`<form method="post" action="${view.to(`/faults/${vendor}/clear`)}"><button aria-label="${view.t('Mend', 'Réparer')} ${title}">${view.t('Mend', 'Réparer')}</button></form>`,
              },
            ],
            standing,
          ),
  });
}
