import { html } from './html.ts';
import { layout } from './layout.ts';
import type { Mount } from './mount.ts';
import type { View } from './view.ts';

/**
 * `/open?address=…`: leads from an address of a vendor's real interface to the page that shows the same here,
 * of the record itself where it has one.
 */
export function openPage(mount: Mount): void {
  mount('get', '/open', (view, request) => {
    const address = URL.parse(String(request.query.address));
    const page = address && pageFor(view, address);
    return page ? { goTo: view.to(page) } : { html: unknown(view), status: 404 };
  });
}

/** Where this sandbox shows what an address of a vendor's interface shows; null: nowhere. */
export function pageFor(view: View, address: URL): string | null {
  const opening = view.parts.simulators
    .flatMap(({ pages }) => pages?.opens ?? [])
    .find(({ host }) => host.test(address.hostname));
  return opening?.page(view, address) ?? null;
}

/** The last part of an address's path: mostly an id. */
export const lastOf = (pathname: string): string => decodeURIComponent(pathname.split('/').at(-1) ?? '');

const unknown = (view: View) =>
  layout(view, {
    title: view.t('Not in the sandbox', 'Absent du bac à sable'),
    still: html`<p>${view.t(
      'The sandbox has no page for this address. Choose an application above.',
      'Le bac à sable n’a pas de page pour cette adresse. Choisissez une application ci-dessus.',
    )}</p>`,
  });
