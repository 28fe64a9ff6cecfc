import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import express, { type Request, type Response, type Router } from 'express';
import type { ControlParts } from '../core/control.ts';
import { officeScript } from '../outlook-page/office-script.ts';
import { widgetSdk } from '../widget-sdk/router.ts';
import { deliveriesPage } from './deliveries.ts';
import { faultPages } from './faults.ts';
import { ledgerPage } from './ledger.ts';
import type { Mount } from './mount.ts';
import { openPage } from './open.ts';
import { allowFrames, sameSite, securityHeaders } from './safety.ts';
import { scenarioPages } from './scenarios.ts';
import { viewOf } from './view.ts';

/** The sandbox's pages for people, at `/` of its port. @param liaisonUrl where the server's log is. */
export function sandboxPages({ liaisonUrl }: { readonly liaisonUrl: string }) {
  return (parts: ControlParts): Router => {
    const router = express.Router();
    router.use(widgetSdk());
    router.use(officeScript());
    router.use(
      '/page/crm',
      express.static(join(import.meta.dirname, '..', 'crm-page', 'assets'), { index: false }),
    );
    router.get('/page/vendors.css', (_request, response) => {
      const styles = parts.simulators.flatMap(({ pages }) => pages?.style ?? []);
      response.type('css').send(styles.map((file) => readFileSync(file, 'utf8')).join('\n'));
    });
    router.use('/page', express.static(join(import.meta.dirname, 'assets'), { index: false }));
    const mount: Mount = (method, path, answer) => {
      router[method](path, sameSite, securityHeaders, async (request: Request, response: Response, next) => {
        const answered = await answer(viewOf(request, parts, liaisonUrl), request);
        if (answered === undefined) return next();
        if ('json' in answered) return response.json(answered.json);
        if ('file' in answered) {
          response.attachment(answered.file).type('application/octet-stream');
          return response.send(Buffer.from(answered.bytes));
        }
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
    for (const { pages } of parts.simulators) pages?.mount(mount);
    openPage(mount);
    ledgerPage(mount);
    deliveriesPage(mount);
    faultPages(mount);
    return router;
  };
}
