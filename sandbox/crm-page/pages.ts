import type { Request } from 'express';
import { bodyOf } from '../core/body.ts';
import type { Html } from '../page/html.ts';
import type { Answer, Mount } from '../page/mount.ts';
import type { VendorPages } from '../page/vendor-pages.ts';
import { editRecord } from '../zoho-crm/acts.ts';
import { catalogueOf } from '../zoho-crm/catalogue.ts';
import { recordsOf } from '../zoho-crm/record.ts';
import { stagesOf } from '../zoho-crm/stages.ts';
import { userLocalesOf } from '../zoho-crm/user-locales.ts';
import { attachedFile } from './attachments.ts';
import { cookieOf, crmUsers, LOCALES } from './crm-user.ts';
import { type CrmView, crmViewOf } from './crm-view.ts';
import { listPage } from './list.ts';
import { isTab } from './modules.ts';
import { type Found, recordPage } from './record.ts';
import { answerSdk, sdkCallOf } from './sdk-answers.ts';
import { settingsTab } from './settings-tab.ts';
import { setupPage } from './setup.ts';
import { changeRule, changeStage } from './setup-acts.ts';

type Show = (view: CrmView, request: Request) => Html | undefined;

/**
 * The CRM's own screens: lists, records with Liaison in them, the settings tab, and the answers to what
 * widgets ask. What is changed here, a person changed.
 */
export function crmPages(mount: Mount): void {
  const page = (path: string, show: Show) =>
    mount('get', path, (plain, request) => {
      const view = crmViewOf(plain, request);
      const html = view && show(view, request);
      return html && view && { html, status: 200, frames: new URL(view.liaisonUrl).origin };
    });
  const act = (path: string, answer: (view: CrmView, request: Request) => Answer) =>
    mount('post', path, (plain, request) => {
      const view = crmViewOf(plain, request);
      return view && answer(view, request);
    });

  page('/crm', (view) => listPage(view, 'Deals', 'board'));
  page('/crm/settings/liaison', settingsTab);
  page('/crm/setup', (view) => setupPage(view));
  page('/crm/:module', (view, request) => {
    const name = String(request.params.module);
    return isTab(name) ? listPage(view, name, 'table', typedIn(request)) : undefined;
  });
  page('/crm/:module/:id', (view, request) => {
    const found = recordAt(view, String(request.params.module), String(request.params.id));
    return found && recordPage(view, found);
  });

  mount('get', '/crm/:module/:id/attachments/:file', (plain, request) => {
    const view = crmViewOf(plain, request);
    const { module, id, file } = request.params;
    return view && attachedFile(view, String(module), String(id), String(file));
  });

  act('/crm/-/sdk', (view, request) => {
    const call = sdkCallOf(bodyOf(request).json);
    return call && { json: answerSdk(view, call) };
  });
  act('/crm/-/user', (view, request) => {
    const { user, back } = bodyOf(request).form;
    const chosen = crmUsers(view.crm).find(({ key }) => key === user);
    return chosen && { goTo: ownPath(back), cookie: cookieOf(chosen) };
  });
  act('/crm/-/locale', (view, request) => {
    const { language, back } = bodyOf(request).form;
    if (language !== 'en' && language !== 'fr') return undefined;
    userLocalesOf(view.crm).choose(view.user.id, LOCALES[language]);
    return { goTo: ownPath(back) };
  });
  act('/crm/-/stages', changeStage);
  act('/crm/-/stages/:id', changeStage);
  act('/crm/-/rules/:id', changeRule);
  act('/crm/Deals/:id', (view, request) => {
    const found = recordAt(view, 'Deals', String(request.params.id));
    const { Stage } = bodyOf(request).form;
    if (!found || !stagesOf(view.crm).some(({ value }) => value === Stage)) return undefined;
    // Saving what is already there is no edit, and runs no rule.
    if (found.record.Stage !== Stage)
      editRecord(view.crm, 'Deals', found.record.id, { Stage }, view.user.key);
    return { goTo: view.to(`/crm/Deals/${found.record.id}`) };
  });
}

/** What was typed into the search box of a list. */
const typedIn = ({ query: { q } }: Request): string => (typeof q === 'string' ? q.trim() : '');

function recordAt({ crm }: CrmView, name: string, id: string): Found | undefined {
  if (!isTab(name)) return undefined;
  const module = catalogueOf(crm).module(name);
  const record = recordsOf(crm, name).get(id);
  return module && record && { module: { ...module, apiName: name }, record };
}

/** Back to a page of the CRM, and to nowhere else. */
const ownPath = (back: string | undefined): string =>
  back !== undefined && /^\/crm(\/[\w-]+)*$/.test(back) ? back : '/crm';

/** Tabs that the CRM calls otherwise in addresses than in its API. */
const CRM_TABS: Readonly<Record<string, string>> = { Potentials: 'Deals', Activities: 'Events' };

/** The CRM, and where links to its records lead. */
export const crmScreens: VendorPages = {
  place: { path: '/crm', en: 'CRM', fr: 'CRM' },
  mount: crmPages,
  opens: {
    host: /^crm\.zoho/,
    page(view, { pathname }) {
      const [, tab = '', id = ''] = /\/tab\/([^/]+)(?:\/([^/]+))?/.exec(pathname) ?? [];
      const module = CRM_TABS[tab] ?? tab;
      if (module === 'Events') return '/view/agenda';
      const desk = view.desk('zoho-crm');
      const isHere = desk !== undefined && recordsOf(desk, module).get(id) !== undefined;
      return isHere ? `/crm/${module}/${id}` : '/crm';
    },
  },
};
