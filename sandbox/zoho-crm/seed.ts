import * as company from '../company/index.ts';
import type { VendorDesk } from '../core/simulator.ts';
import { catalogueOf } from './catalogue.ts';
import { userRef } from './people.ts';
import { seedMeetings } from './seed-meetings.ts';
import { crmDay, crmTime } from './time.ts';
import type { Values } from './validate.ts';
import { insert } from './write.ts';

const HOUR_MS = 3_600_000;

/** Puts the company's customers into the CRM. Ids are new at each seeding; names and e-mails join the vendors. */
export function seed(desk: VendorDesk): void {
  const catalogue = catalogueOf(desk);
  const add = (name: string, owner: string, values: Values, at = desk.clock()): { id: string } => {
    const module = catalogue.module(name);
    if (!module) throw new Error(`The CRM has no module called "${name}".`);
    const user = userRef(owner);
    const { id } = insert(desk, module, { ...values, Owner: user }, user, crmTime(at));
    return { id };
  };

  const accounts = new Map<string, { id: string }>();
  const currencies = new Map<string, string>();
  for (const { key, name, industry, website, phone, currency, address, owner } of company.accounts) {
    currencies.set(key, currency);
    const values = {
      Account_Name: name,
      Industry: industry,
      Website: website,
      Phone: phone,
      Account_Type: 'Customer',
      Currency: currency,
    };
    const billing = {
      Billing_Street: address.street,
      Billing_City: address.city,
      Billing_Code: address.zip,
      Billing_Country: address.country,
    };
    accounts.set(key, add('Accounts', owner, { ...values, ...billing }));
  }
  const contacts = new Map<string, { id: string }>();
  for (const { key, account, firstName, lastName, email, phone, mobile, job, owner } of company.contacts) {
    const name = {
      First_Name: firstName,
      Last_Name: lastName,
      Email: email,
      Phone: phone,
      Mobile: mobile,
      Title: job,
    };
    contacts.set(
      key,
      add('Contacts', owner, {
        ...name,
        Account_Name: accounts.get(account),
        Currency: currencies.get(account),
      }),
    );
  }
  for (const { firstName, lastName, company: firm, email, phone, source, status, owner } of company.leads) {
    const name = { First_Name: firstName, Last_Name: lastName, Company: firm, Email: email, Phone: phone };
    add('Leads', owner, { ...name, Lead_Source: source, Lead_Status: status });
  }
  for (const { name, category, code, unitPrice, description } of company.products) {
    const price = { Unit_Price: unitPrice, Product_Active: true, Taxable: true };
    add('Products', 'hugo', {
      Product_Name: name,
      Product_Code: code,
      Product_Category: category,
      Description: description,
      ...price,
    });
  }
  // A deal that is won from the start was won before anybody connected the CRM.
  const earlier = new Date(desk.clock().getTime() - HOUR_MS);
  for (const {
    name,
    account,
    contact,
    amount,
    currency,
    stage,
    closesInDays,
    type,
    owner,
  } of company.deals) {
    const money = {
      Amount: amount,
      Currency: currency,
      Stage: stage,
      Type: type,
      Closing_Date: crmDay(desk.clock(), closesInDays),
    };
    const who = {
      Account_Name: accounts.get(account),
      Contact_Name: contact === null ? null : contacts.get(contact),
    };
    add('Deals', owner, { Deal_Name: name, ...money, ...who }, earlier);
  }
  seedMeetings(desk, contacts);
}
