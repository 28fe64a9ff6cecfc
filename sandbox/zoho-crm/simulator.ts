import express, { type Request, type Response } from 'express';
import type { Simulator } from '../core/simulator.ts';
import { crmScreens } from '../crm-page/pages.ts';
import { act } from './act.ts';
import { attachmentRoutes } from './attachment-routes.ts';
import { route } from './call.ts';
import { convertRoutes } from './convert-routes.ts';
import { coql } from './coql.ts';
import { dealWon } from './deal-won.ts';
import { emailRoutes } from './email-routes.ts';
import { bodyOfStatus, CrmFailure } from './failure.ts';
import { fileRoutes } from './file-routes.ts';
import { noteRoutes } from './note-routes.ts';
import { recordRoutes } from './record-routes.ts';
import { seed } from './seed.ts';
import { seedMore } from './seed-more.ts';
import { settingsRoutes } from './settings-routes.ts';
import { heldSubscriptions } from './subscriptions.ts';
import { watchRoutes } from './watch-routes.ts';
import { webhookRoutes } from './webhook-routes.ts';
import { workflowRoutes } from './workflow-routes.ts';

/** Zoho CRM, API version 8, of the European data centre. */
export const zohoCrm: Simulator = {
  vendor: 'zoho-crm',
  title: 'Zoho CRM',
  pages: crmScreens,
  scenarios: [dealWon],
  realUrl: (path) => `https://www.zohoapis.eu${path}`,
  seed,
  seedMore,
  webhooks: heldSubscriptions,
  failure: bodyOfStatus,
  act,
  routes(router, desk) {
    const api = express.Router();
    settingsRoutes(api, desk);
    webhookRoutes(api, desk);
    workflowRoutes(api, desk);
    watchRoutes(api, desk);
    api.post('/coql', route(desk, ['ZohoCRM.coql.READ'], coql));
    fileRoutes(api, desk);
    attachmentRoutes(api, desk);
    convertRoutes(api, desk);
    noteRoutes(api, desk);
    emailRoutes(api, desk);
    recordRoutes(api, desk);
    api.use(() => {
      throw new CrmFailure(404, bodyOfStatus(404));
    });
    api.use((error: unknown, _request: Request, response: Response, next: (error: unknown) => void) => {
      if (error instanceof CrmFailure) response.status(error.status).json(error.body);
      else next(error);
    });
    router.use('/crm/v8', api);
  },
};
