import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import express from 'express';
import { SDK_PATH, widgetSdk } from '../../../sandbox/widget-sdk/router.ts';
import type { Role } from '../../../server/api/contract.ts';
import { BASE_PATH } from '../../../server/api/paths.ts';
import { createApi } from '../../../server/api/router.ts';
import type { OpenedSession } from '../../../server/api/session/session.ts';
import { localOrigins, widgetPages } from '../../../server/pages/widget-pages.ts';
import { buildPages } from '../build-pages.ts';
import type { MemoryRecords } from '../memory-api/memory-records.ts';
import { MemoryServices } from '../memory-api/memory-services.ts';

const PROJECT = new URL('../../../', import.meta.url).pathname;
const TOKEN = 'signed-in-already';
const USER = { id: 'u1', name: 'Claire Fontaine' };

export interface RecordServer {
  /** Ends with a slash. */
  readonly url: string;
  readonly records: MemoryRecords;
  readonly services: MemoryServices;
  /** Who the next requests come from. */
  role: Role;
  user: { readonly id: string; readonly name: string };
  /** The language of the CRM's user. */
  locale: string;
  stop(): Promise<void>;
}

/**
 * The built record page in a page that hosts it as the CRM does, over the real API and records in memory.
 * Whoever opens it is signed in: a page of the same browser was before. `/host/<module>/<id>[,<id>]`.
 */
export async function openRecordServer(): Promise<RecordServer> {
  await buildPages();
  const services = new MemoryServices([
    {
      organisation: {
        id: 'lumen',
        name: 'Atelier Lumen',
        locale: 'fr-FR',
        timeZone: 'Europe/Paris',
        currency: 'EUR',
      },
      runs: [],
      flows: [],
      connections: [],
    },
  ]);
  const opened = async (): Promise<OpenedSession> => ({
    token: TOKEN,
    remainingMs: 900_000,
    renewal: 'again',
    frame: null,
  });
  const handle = { records: services.records, services, role: 'rep' as Role, user: USER, locale: 'en_GB' };
  const session = () => ({
    organisationId: 'lumen',
    role: handle.role,
    user: handle.user,
    signInId: 's1',
  });
  const api = createApi({
    services,
    session: (request) => (request.get('authorization') === `Bearer ${TOKEN}` ? session() : null),
    signIn: {
      sessions: {
        open: opened,
        renew: opened,
        resume: opened,
        judge: async () => session(),
        end: async () => {},
      },
      isOwnOrigin: () => true,
      frameCookie: () => ({ read: () => 'an earlier page', write: () => undefined }),
    },
    mode: 'sandbox',
    sandboxUrl: 'http://127.0.0.1:9/',
    version: '0.0.0',
    epoch: 'e1',
    log: { error: (facts) => process.stderr.write(`${JSON.stringify(facts)}\n`) },
  });
  const app = express();
  const server = createServer(app).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  app
    .use(BASE_PATH, api.router)
    .use(
      '/widget',
      widgetPages({
        folder: join(PROJECT, 'dist', 'widget'),
        sdkUrl: `${origin}${SDK_PATH}`,
        crmOrigins: localOrigins([port]),
      }),
    )
    .use(widgetSdk())
    .get('/host/:module/:ids', (request, response) => {
      const { module, ids } = request.params;
      response.type('html').send(hostPage(origin, handle.locale, { module, ids: ids.split(',') }));
    });
  return Object.assign(handle, {
    url: `${origin}/`,
    async stop() {
      api.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}

function hostPage(origin: string, locale: string, place: { module: string; ids: readonly string[] }): string {
  const facts = {
    user: { users: [{ id: '1', full_name: 'Claire Fontaine', locale }] },
    organisation: { org: [{ zgid: '20098765432', company_name: 'Atelier Lumen' }] },
    pageLoad: { Entity: place.module, EntityId: place.ids.length === 1 ? place.ids[0] : place.ids },
  };
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>CRM</title><link rel="icon" href="data:,">
<style>body{margin:0}iframe{display:block;width:100%;height:400px;border:0}</style>
<iframe id="widget" title="Liaison" src="/widget/record.html?serviceOrigin=${encodeURIComponent(origin)}"></iframe>
<script>(${host})(${JSON.stringify(facts)})</script></html>`;
}

/** Runs in the page: the CRM's side of the talk. */
function host(facts: { user: unknown; organisation: unknown; pageLoad: unknown }): void {
  const frame = document.querySelector('iframe');
  const post = (message: object) =>
    frame?.contentWindow?.postMessage({ type: 'FRAMEWORK.EVENT', ...message }, '*');
  window.addEventListener('message', ({ data }) => {
    if (data?.type !== 'SDK.EVENT') return;
    const { eventName, promiseid } = data;
    if (eventName === 'REGISTER') {
      post({
        eventName: 'SET_CONTEXT',
        data: { uniqueID: 'widget_1', locale: 'en', localeResource: {}, connectors: [], model: {} },
      });
      post({ eventName: 'PageLoad', data: facts.pageLoad });
    }
    if (eventName === 'ZDK_EVENT') post({ eventName: 'EVENT_RESPONSE_FAILURE', promiseid, data: {} });
    if (eventName !== 'CRM_EVENT') return;
    const { type, category, data: wish } = data.data ?? {};
    if (category === 'UI' && frame !== null && wish?.height !== undefined)
      frame.style.height = `${wish.height}px`;
    const answers: Record<string, unknown> = { CURRENT_USER: facts.user, ORG: facts.organisation };
    post({ eventName: 'EVENT_RESPONSE', promiseid, data: answers[type] ?? true });
  });
}
