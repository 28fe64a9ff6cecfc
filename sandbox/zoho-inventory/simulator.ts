import express, { type NextFunction, type Request, type Response } from 'express';
import type { Simulator } from '../core/simulator.ts';
import { contactRoutes } from '../zoho-books/contacts.ts';
import { door, operationOf, tooMany } from '../zoho-books/door.ts';
import { invoiceRoutes } from '../zoho-books/invoices.ts';
import { Refusal } from '../zoho-books/refusal.ts';
import { settingsRoutes } from '../zoho-books/settings.ts';
import { actInInventory } from './acts.ts';
import { adjustmentRoutes } from './adjustments.ts';
import { inventoryAt } from './inventory.ts';
import { itemRoutes } from './items.ts';
import { inventoryPages } from './page.ts';
import { salesOrderRoutes } from './sales-orders.ts';
import { inventoryScenarios } from './scenarios.ts';
import { seedInventory } from './seed.ts';

const AREAS: Readonly<Record<string, string>> = {
  items: 'items',
  itemdetails: 'items',
  contacts: 'contacts',
  invoices: 'invoices',
  salesorders: 'salesorders',
  inventoryadjustments: 'inventoryadjustments',
};

/** `POST /salesorders/1/status/void` needs `ZohoInventory.salesorders.CREATE`; what is no document is a setting. */
const scopeOf = (request: Request): string =>
  `ZohoInventory.${AREAS[request.path.split('/')[1] ?? ''] ?? 'settings'}.${operationOf(request)}`;

const DENIED = { code: 57, message: 'You are not authorized to perform this operation' };

/** Zoho Inventory v1: goods, stock and sales orders of the organisation whose books Zoho Books keeps. */
export const zohoInventory: Simulator = {
  vendor: 'zoho-inventory',
  title: 'Zoho Inventory',
  pages: inventoryPages,
  scenarios: inventoryScenarios,
  realUrl: (path) => `https://www.zohoapis.eu${path}`,
  seed: (desk) => seedInventory(inventoryAt(desk)),
  routes(router, desk) {
    const inventory = inventoryAt(desk);
    const api = express.Router();
    api.use(door(desk, scopeOf));
    itemRoutes(api, inventory);
    salesOrderRoutes(api, inventory);
    adjustmentRoutes(api, inventory);
    // Zoho shares them between the two applications: a contact of one is a contact of the other.
    settingsRoutes(api, inventory.books);
    contactRoutes(api, inventory.books);
    invoiceRoutes(api, inventory.books);
    api.use(() => {
      throw new Refusal(404, 5, 'Invalid URL Passed');
    });
    api.use((error: unknown, _request: Request, response: Response, next: NextFunction) => {
      if (!(error instanceof Refusal)) return next(error);
      response.status(error.status).json({ code: error.code, message: error.message });
    });
    router.use('/inventory/v1', api);
  },
  act: actInInventory,
  failure: (status) => {
    if (status === 429) return { code: tooMany().code, message: tooMany().message };
    if (status === 401) return DENIED;
    return status >= 500
      ? { code: 1000, message: 'Internal error' }
      : { code: 2, message: 'Invalid value passed' };
  },
};
