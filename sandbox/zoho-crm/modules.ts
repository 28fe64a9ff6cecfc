import { currencyFields, type Field, field, lookup, picklist, systemFields, text } from './field.ts';
import { STAGES } from './stages.ts';

export interface CrmModule {
  readonly apiName: string;
  readonly singular: string;
  readonly plural: string;
  readonly fields: readonly Field[];
  /** What a record is called in lookups and the recycle bin. */
  readonly nameField: string;
  /**
   * System fields by which an upsert finds what is there, in order.
   * https://www.zoho.com/crm/developer/docs/api/v8/upsert-records.html
   */
  readonly duplicateFields: readonly string[];
  /** Workflow webhooks do not exist for every module. */
  readonly workflows: boolean;
}

const SOURCES = [
  'Advertisement',
  'Cold Call',
  'Employee Referral',
  'External Referral',
  'Online Store',
  'Partner',
  'Trade Show',
  'Web Site',
  'Chat',
];
const INDUSTRIES = [
  'Agriculture',
  'Apparel',
  'Automotive',
  'Education',
  'Entertainment',
  'Food Services',
  'Health Care',
  'Leisure',
  'Manufacturing',
  'Retail',
  'Technology',
];

const address = (prefix: string): Field[] => [
  text(`${prefix}Street`, 250),
  text(`${prefix}City`, 100),
  text(`${prefix}State`, 100),
  text(`${prefix}Code`, 30, { label: `${prefix.replace('_', ' ')}Code` }),
  text(`${prefix}Country`, 100),
];

const person: readonly Field[] = [
  picklist('Salutation', ['Mr.', 'Mrs.', 'Ms.', 'Dr.', 'Prof.']),
  text('First_Name', 40),
  text('Last_Name', 80, { mandatory: true }),
  text('Full_Name', 80, { readOnly: true }),
  field('Email', 'email'),
  field('Phone', 'phone'),
  field('Mobile', 'phone'),
];

const leads: CrmModule = {
  apiName: 'Leads',
  singular: 'Lead',
  plural: 'Leads',
  nameField: 'Full_Name',
  duplicateFields: ['Email'],
  workflows: true,
  fields: [
    ...systemFields('Lead'),
    ...person,
    text('Company', 200),
    text('Designation', 100, { label: 'Title' }),
    field('Website', 'website'),
    picklist('Lead_Source', SOURCES),
    picklist('Lead_Status', [
      'Attempted to Contact',
      'Contact in Future',
      'Contacted',
      'Junk Lead',
      'Lost Lead',
      'Not Contacted',
      'Pre-Qualified',
      'Not Qualified',
    ]),
    picklist('Industry', INDUSTRIES),
    field('No_of_Employees', 'integer', { label: 'No. of Employees' }),
    field('Annual_Revenue', 'currency'),
    text('Street', 250),
    text('City', 100),
    text('State', 100),
    text('Zip_Code', 30),
    text('Country', 100),
    field('Email_Opt_Out', 'boolean'),
    field('Description', 'textarea'),
  ],
};

const accounts: CrmModule = {
  apiName: 'Accounts',
  singular: 'Account',
  plural: 'Accounts',
  nameField: 'Account_Name',
  duplicateFields: ['Account_Name'],
  workflows: true,
  fields: [
    ...systemFields('Account'),
    text('Account_Name', 200, { mandatory: true }),
    field('Phone', 'phone'),
    field('Website', 'website'),
    picklist('Account_Type', ['Analyst', 'Customer', 'Partner', 'Prospect', 'Vendor']),
    picklist('Industry', INDUSTRIES),
    field('Annual_Revenue', 'currency'),
    field('Employees', 'integer'),
    lookup('Parent_Account', 'Accounts'),
    ...address('Billing_'),
    ...address('Shipping_'),
    ...currencyFields,
    field('Description', 'textarea'),
  ],
};

const contacts: CrmModule = {
  apiName: 'Contacts',
  singular: 'Contact',
  plural: 'Contacts',
  nameField: 'Full_Name',
  duplicateFields: ['Email'],
  workflows: true,
  fields: [
    ...systemFields('Contact'),
    ...person,
    field('Secondary_Email', 'email'),
    lookup('Account_Name', 'Accounts'),
    text('Title', 100),
    text('Department', 50),
    picklist('Lead_Source', SOURCES),
    field('Date_of_Birth', 'date'),
    ...address('Mailing_').map((one) => (one.apiName === 'Mailing_Code' ? text('Mailing_Zip', 30) : one)),
    field('Email_Opt_Out', 'boolean'),
    ...currencyFields,
    field('Description', 'textarea'),
  ],
};

const deals: CrmModule = {
  apiName: 'Deals',
  singular: 'Deal',
  plural: 'Deals',
  nameField: 'Deal_Name',
  duplicateFields: ['Deal_Name'],
  workflows: true,
  fields: [
    ...systemFields('Deal'),
    text('Deal_Name', 120, { mandatory: true }),
    picklist('Stage', Object.keys(STAGES), { mandatory: true, closed: true }),
    field('Amount', 'currency'),
    field('Closing_Date', 'date'),
    lookup('Account_Name', 'Accounts'),
    lookup('Contact_Name', 'Contacts'),
    picklist('Type', ['Existing Business', 'New Business']),
    picklist('Lead_Source', SOURCES),
    text('Next_Step', 100),
    field('Probability', 'integer', { label: 'Probability (%)' }),
    field('Expected_Revenue', 'currency', { readOnly: true }),
    ...currencyFields,
    field('Description', 'textarea'),
  ],
};

const products: CrmModule = {
  apiName: 'Products',
  singular: 'Product',
  plural: 'Products',
  nameField: 'Product_Name',
  duplicateFields: ['Product_Name'],
  workflows: true,
  fields: [
    ...systemFields('Product'),
    text('Product_Name', 200, { mandatory: true }),
    text('Product_Code', 100),
    picklist('Product_Category', ['Création', 'Conseil', 'Abonnement', 'Prestation']),
    field('Product_Active', 'boolean'),
    field('Unit_Price', 'currency'),
    field('Qty_in_Stock', 'double', { label: 'Quantity in Stock' }),
    field('Taxable', 'boolean'),
    field('Description', 'textarea'),
  ],
};

const tasks: CrmModule = {
  apiName: 'Tasks',
  singular: 'Task',
  plural: 'Tasks',
  nameField: 'Subject',
  duplicateFields: [],
  workflows: true,
  fields: [
    ...systemFields('Task'),
    text('Subject', 255, { mandatory: true }),
    field('Due_Date', 'date'),
    picklist('Status', ['Not Started', 'Deferred', 'In Progress', 'Completed', 'Waiting for input']),
    picklist('Priority', ['High', 'Highest', 'Low', 'Lowest', 'Normal']),
    lookup('Who_Id', 'Contacts', { label: 'Contact Name' }),
    lookup('What_Id', '*', { label: 'Related To' }),
    field('Description', 'textarea'),
  ],
};

const events: CrmModule = {
  apiName: 'Events',
  singular: 'Meeting',
  plural: 'Meetings',
  nameField: 'Event_Title',
  duplicateFields: [],
  workflows: true,
  fields: [
    ...systemFields('Event'),
    text('Event_Title', 255, { mandatory: true, label: 'Title' }),
    field('Start_DateTime', 'datetime', { mandatory: true, label: 'From' }),
    field('End_DateTime', 'datetime', { mandatory: true, label: 'To' }),
    field('All_day', 'boolean'),
    text('Venue', 255, { label: 'Location' }),
    lookup('Who_Id', 'Contacts', { label: 'Contact Name' }),
    lookup('What_Id', '*', { label: 'Related To' }),
    field('Participants', 'participants'),
    field('Remind_At', 'event_reminder', { label: 'Remind Participants' }),
    field('Recurring_Activity', 'RRULE', { label: 'Repeat' }),
    field('Description', 'textarea'),
  ],
};

const notes: CrmModule = {
  apiName: 'Notes',
  singular: 'Note',
  plural: 'Notes',
  nameField: 'Note_Title',
  duplicateFields: [],
  workflows: false,
  fields: [
    ...systemFields('Note'),
    text('Note_Title', 120),
    field('Note_Content', 'textarea', { length: 65_535 }),
    lookup('Parent_Id', '*', { label: 'Parent ID', mandatory: true }),
  ],
};

export const MODULES: readonly CrmModule[] = [
  leads,
  accounts,
  contacts,
  deals,
  tasks,
  events,
  products,
  notes,
];
