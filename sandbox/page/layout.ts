import { company } from '../company/index.ts';
import { type Html, html, type Part } from './html.ts';
import { type View, withQuery } from './view.ts';

interface Place {
  readonly path: string;
  readonly en: string;
  readonly fr: string;
}

/** The vendors' pages between those of the sandbox itself. */
const placesOf = (view: View): readonly Place[] => [
  { path: '/', en: 'Scenarios', fr: 'Scénarios' },
  ...view.parts.simulators.flatMap(({ pages }) => pages?.place ?? []),
  { path: '/view/ledger', en: 'Ledger', fr: 'Registre' },
  { path: '/view/deliveries', en: 'Webhooks', fr: 'Webhooks' },
  { path: '/faults', en: 'Faults', fr: 'Pannes' },
];

export interface Page {
  readonly title: string;
  /** What is kept fresh while the page is open. */
  readonly live?: Part;
  /** What stands above it and is left alone: forms. */
  readonly still?: Part;
  /** Vendor whose rows the raw switch shows. */
  readonly rawOf?: string;
  /** A class of its own, for the look of one vendor. */
  readonly look?: string;
}

/** The whole document around a page's content. */
export function layout(view: View, page: Page): Html {
  const other = view.language === 'fr' ? 'en' : 'fr';
  const places = placesOf(view);
  const here = places.filter(({ path }) => path !== '/' && view.path.startsWith(path)).at(-1)?.path ?? '/';
  return html`<!doctype html>
<html lang="${view.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${page.title} · ${view.t('Liaison sandbox', 'Bac à sable de Liaison')}</title>
<link rel="stylesheet" href="/page/style.css">
<link rel="stylesheet" href="/page/vendors.css">
<link rel="icon" href="data:,">
<script type="module" src="/page/live.js"></script>
</head>
<body class="${page.look ?? 'plain'}">
<a class="skip" href="#content">${view.t('Skip to content', 'Aller au contenu')}</a>
<p class="banner" role="note">${view.t('Sandbox: no packet leaves this machine', 'Bac à sable : rien ne sort de cette machine')}</p>
<header class="top">
<p class="brand"><a href="${view.to('/')}">${company.name}</a> <span>${view.t('sandbox', 'bac à sable')}</span></p>
<nav aria-label="${view.t('Main', 'Principale')}"><ul>${places.map(
    ({ path, en, fr }) =>
      html`<li><a href="${view.to(path)}"${path === here ? html` aria-current="page"` : ''}>${view.t(en, fr)}</a></li>`,
  )}</ul></nav>
<p class="side"><a href="${view.liaisonUrl}">${view.t('Liaison’s log', 'Journal de Liaison')}</a>
<a href="${withQuery(view.path, 'lang', other)}" hreflang="${other}" lang="${other}">${other === 'fr' ? 'Français' : 'English'}</a></p>
</header>
<main id="content" tabindex="-1">
<div class="heading"><h1>${page.title}</h1>${page.rawOf === undefined ? '' : rawSwitch(view)}</div>
${page.still ?? ''}
<div data-live>${view.raw && page.rawOf !== undefined ? rawRows(view, page.rawOf) : (page.live ?? '')}</div>
</main>
</body>
</html>`;
}

function rawSwitch(view: View): Html {
  const target = view.raw ? view.to(view.path) : withQuery(view.to(view.path), 'raw', '1');
  return html`<a class="switch" href="${target}">${view.raw ? view.t('as people see it', 'comme on le voit') : view.t('raw', 'brut')}</a>`;
}

function rawRows(view: View, vendor: string): Html {
  return html`<pre class="rows">${JSON.stringify(view.parts.tables.state(vendor), null, 2)}</pre>`;
}
