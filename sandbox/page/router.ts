import { join } from 'node:path';
import express, { type Request, type Response, type Router } from 'express';
import type { ControlParts } from '../core/control.ts';
import { crmPages } from '../crm-page/pages.ts';
import { widgetSdk } from '../widget-sdk/router.ts';
import { agendaPage } from './agenda.ts';
import { booksPages } from './books.ts';
import { contactForm } from './contact-form.ts';
import { deliveriesPage } from './deliveries.ts';
import { faultPages } from './faults.ts';
import { googleContactsPage } from './google-contacts.ts';
import { ledgerPage } from './ledger.ts';
import { mailchimpPage } from './mailchimp.ts';
import { meetingForm } from './meeting-form.ts';
import type { Mount } from './mount.ts';
import { openPage } from './open.ts';
import { allowFrames, sameSite, securityHeaders } from './safety.ts';
import { scenarioPages } from './scenarios.ts';
import { sheetPage } from './sheet.ts';
import { slackPage } from './slack.ts';
import { stripePage } from './stripe.ts';
import { viewOf } from './view.ts';

/** The sandbox's pages for people, at `/` of its port. @param liaisonUrl where the server's log is. */
export function sandboxPages({ liaisonUrl }: { readonly liaisonUrl: string }) {
  return (parts: ControlParts): Router => {
    const router = express.Router();
    router.use(widgetSdk());
    router.use(
      '/page/crm',
      express.static(join(import.meta.dirname, '..', 'crm-page', 'assets'), { index: false }),
    );
    router.use('/page', express.static(join(import.meta.dirname, 'assets'), { index: false }));
    const mount: Mount = (method, path, answer) => {
      router[method](path, sameSite, securityHeaders, async (request: Request, response: Response, next) => {
        const answered = await answer(viewOf(request, parts, liaisonUrl), request);
        if (answered === undefined) return next();
        if ('json' in answered) return response.json(answered.json);
        if ('goTo' in answered) {
          if (answered.cookie !== undefined) response.append('Set-Cookie', answered.cookie);
          return response.redirect(303, answered.goTo);
        }
        const { html, status, frames } =
          'status' in answered ? answered : { html: answered, status: 200, frames: undefined };
        if (frames !== undefined) allowFrames(response, frames);
        response.status(status).type('html').send(html.text);
      });
    };
    scenarioPages(mount);
    crmPages(mount);
    booksPages(mount);
    stripePage(mount);
    slackPage(mount);
    sheetPage(mount);
    agendaPage(mount);
    meetingForm(mount);
    googleContactsPage(mount);
    contactForm(mount);
    mailchimpPage(mount);
    openPage(mount);
    ledgerPage(mount);
    deliveriesPage(mount);
    faultPages(mount);
    return router;
  };
}
