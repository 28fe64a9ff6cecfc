import type { Page } from 'playwright-core';

export interface HostWish {
  /** Address of the page in the frame. */
  readonly widget: string;
  /** What `getCurrentUser` and `getOrgInfo` answer. */
  readonly user?: unknown;
  readonly organisation?: unknown;
  /** What is told at PageLoad; undefined: nothing is. */
  readonly pageLoad?: unknown;
  /** Answers nothing at all. */
  readonly silent?: boolean;
  /** The address that ZDK_EVENT is answered with; null: it is not answered; default: a failure. */
  readonly zdk?: string | null;
  /** A page of another site, in a frame beside. */
  readonly sibling?: string;
}

/**
 * A page at the CRM's own origin that hosts a widget as a test wishes. `window.heard` holds what the widget
 * said; `window.tell(eventName, data)` tells it something.
 */
export async function openHost(page: Page, crmOrigin: string, wish: HostWish): Promise<void> {
  const address = new URL('/a-page-of-the-crm', crmOrigin).href;
  const sibling = wish.sibling === undefined ? '' : `<iframe id="sibling" src="${wish.sibling}"></iframe>`;
  // No server sent this page, so Chromium counts it as the internet's, which has to ask before it reaches this machine.
  await page.context().grantPermissions(['local-network-access'], { origin: crmOrigin });
  await page.route(address, (route) =>
    route.fulfill({
      contentType: 'text/html; charset=utf-8',
      body: `<!doctype html><meta charset="utf-8"><script>(${host})(${JSON.stringify({ zdk: 'fails', ...wish })})</script>
<iframe id="widget" src="${wish.widget.replaceAll('&', '&amp;')}" style="width:60rem;height:20rem"></iframe>${sibling}`,
    }),
  );
  await page.goto(address);
}

/** Runs in the page. */
function host(wish: HostWish): void {
  const heard: unknown[] = [];
  const post = (message: object) =>
    document
      .querySelector<HTMLIFrameElement>('#widget')
      ?.contentWindow?.postMessage({ type: 'FRAMEWORK.EVENT', ...message }, '*');
  const tell = (eventName: string, data: unknown) => post({ eventName, data });
  Object.assign(window, { heard, tell });
  window.addEventListener('message', ({ data }) => {
    if (data?.type !== 'SDK.EVENT') return;
    heard.push(data);
    if (wish.silent) return;
    const { eventName, promiseid } = data;
    if (eventName === 'REGISTER') {
      tell('SET_CONTEXT', {
        uniqueID: 'widget_1',
        locale: 'en',
        localeResource: {},
        connectors: [],
        model: {},
      });
      if (wish.pageLoad !== undefined) tell('PageLoad', wish.pageLoad);
    }
    if (eventName === 'ZDK_EVENT' && wish.zdk !== null) {
      const failed = wish.zdk === 'fails';
      post({ eventName: failed ? 'EVENT_RESPONSE_FAILURE' : 'EVENT_RESPONSE', promiseid, data: wish.zdk });
    }
    const type = eventName === 'CRM_EVENT' ? data.data.type : undefined;
    if (type === 'CURRENT_USER') post({ eventName: 'EVENT_RESPONSE', promiseid, data: wish.user });
    if (type === 'ORG') post({ eventName: 'EVENT_RESPONSE', promiseid, data: wish.organisation });
  });
}
