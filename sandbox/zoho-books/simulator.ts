import express, { type NextFunction, type Request, type Response } from 'express';
import type { Simulator } from '../core/simulator.ts';
import { actInBooks } from './acts.ts';
import { booksAt } from './books.ts';
import { contactRoutes } from './contacts.ts';
import { creditNoteRoutes } from './credit-notes.ts';
import { creditRefundRoutes } from './credit-refunds.ts';
import { door, tooMany } from './door.ts';
import { expenseRoutes } from './expenses.ts';
import { invoiceRoutes } from './invoices.ts';
import { makeDue } from './make-due.ts';
import { bookPages } from './page.ts';
import { paymentRoutes } from './payments.ts';
import { recurringRoutes } from './recurring-invoices.ts';
import { refundRoutes } from './refunds.ts';
import { Refusal } from './refusal.ts';
import { booksScenarios } from './scenarios.ts';
import { seedBooks } from './seed.ts';
import { settingsRoutes } from './settings.ts';
import { transferRoutes } from './transfers.ts';

/** Zoho Books v3: customers, invoices, payments and credit notes of the company. */
export const zohoBooks: Simulator = {
  vendor: 'zoho-books',
  title: 'Zoho Books',
  pages: bookPages,
  scenarios: booksScenarios,
  realUrl: (path) => `https://www.zohoapis.eu${path}`,
  seed: (desk) => seedBooks(booksAt(desk)),
  routes(router, desk) {
    const books = booksAt(desk);
    const api = express.Router();
    api.use(door(desk));
    api.use((_request, _response, next) => {
      // Books has a calendar of its own: what is due by now was made, whoever looks.
      makeDue(books, books.today());
      next();
    });
    settingsRoutes(api, books);
    contactRoutes(api, books);
    creditNoteRoutes(api, books);
    creditRefundRoutes(api, books);
    expenseRoutes(api, books);
    transferRoutes(api, books);
    invoiceRoutes(api, books);
    recurringRoutes(api, books);
    refundRoutes(api, books);
    paymentRoutes(api, books);
    api.use(() => {
      throw new Refusal(404, 5, 'Invalid URL Passed');
    });
    api.use((error: unknown, _request: Request, response: Response, next: NextFunction) => {
      if (!(error instanceof Refusal)) return next(error);
      response.status(error.status).json({ code: error.code, message: error.message });
    });
    router.use('/books/v3', api);
  },
  act: actInBooks,
  failure: (status) => {
    if (status === 429) return { code: tooMany().code, message: tooMany().message };
    if (status === 401) return { code: 57, message: 'You are not authorized to perform this operation' };
    return {
      code: status >= 500 ? 1000 : 2,
      message: status >= 500 ? 'Internal error' : 'Invalid value passed',
    };
  },
};
