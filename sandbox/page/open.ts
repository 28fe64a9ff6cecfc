import { livingContact } from '../google-people/book.ts';
import { sheetsTables } from '../google-sheets/rows.ts';
import { mailchimpTables } from '../mailchimp/rows.ts';
import { slackTables } from '../slack/rows.ts';
import { booksAt } from '../zoho-books/books.ts';
import { recordsOf } from '../zoho-crm/record.ts';
import { contactPath } from './contact-form.ts';
import { html } from './html.ts';
import { layout } from './layout.ts';
import { meetingAt, meetingPath } from './meeting-form.ts';
import type { Mount } from './mount.ts';
import { stripeRecordPath } from './stripe-record.ts';
import { anchorOf } from './table.ts';
import type { View } from './view.ts';

/**
 * `/open?address=…`: leads from an address of a vendor's real interface to the page that shows the same here,
 * of the record itself where it has one.
 */
export function openPage(mount: Mount): void {
  mount('get', '/open', (view, request) => {
    const address = URL.parse(String(request.query.address));
    const page = address && pageFor(view, address);
    return page ? { goTo: view.to(page) } : { html: unknown(view), status: 404 };
  });
}

/** Where this sandbox shows what an address of a vendor's interface shows; null: nowhere. */
export function pageFor(view: View, address: URL): string | null {
  const vendor = VENDORS.find(({ host }) => host.test(address.hostname));
  return vendor && view.desk(vendor.id) ? vendor.page(view, address) : null;
}

interface Interface {
  readonly id: string;
  /** Of its interface for people, in every data centre. */
  readonly host: RegExp;
  page(view: View, address: URL): string;
}

/** Tabs that the CRM calls otherwise in addresses than in its API. */
const CRM_TABS: Readonly<Record<string, string>> = { Potentials: 'Deals', Activities: 'Events' };

const VENDORS: readonly Interface[] = [
  {
    id: 'zoho-crm',
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
  {
    id: 'zoho-books',
    host: /^books\.zoho/,
    page(view, { hash }) {
      const [, section, id = ''] = hash.split('/').map(decodeURIComponent);
      const desk = view.desk('zoho-books');
      if (section === 'invoices' && desk && booksAt(desk).invoices.get(id) !== undefined)
        return `/view/books/invoices/${id}`;
      return id === '' ? '/view/books' : `/view/books#${anchorOf(id)}`;
    },
  },
  {
    id: 'stripe',
    host: /^dashboard\.stripe\.com$/,
    page(_view, { pathname }) {
      const id = lastOf(pathname);
      return /^[a-z]+_\w+$/.test(id) ? stripeRecordPath(id) : '/view/stripe';
    },
  },
  {
    id: 'slack',
    host: /(^|\.)slack\.com$/,
    page(view, { pathname }) {
      const [, id = '', message] = /\/archives\/(\w+)(?:\/p(\d+))?/.exec(pathname) ?? [];
      const desk = view.desk('slack');
      const channel = desk && slackTables(desk).channels.get(id);
      if (!channel) return '/view/slack';
      const anchor = message === undefined ? '' : `#${anchorOf(message)}`;
      return `/view/slack?channel=${encodeURIComponent(channel.name)}${anchor}`;
    },
  },
  {
    id: 'google-sheets',
    host: /^docs\.google\.com$/,
    page(view, { pathname }) {
      const [, id = ''] = /\/d\/([^/]+)/.exec(pathname) ?? [];
      const desk = view.desk('google-sheets');
      return desk && sheetsTables(desk).spreadsheets.get(id)
        ? `/view/sheets#${anchorOf(id)}`
        : '/view/sheets';
    },
  },
  {
    id: 'google-people',
    host: /^contacts\.google\.com$/,
    page(view, { pathname }) {
      const id = lastOf(pathname);
      const desk = view.desk('google-people');
      return desk && livingContact(desk, id) ? contactPath(id) : '/view/contacts';
    },
  },
  {
    id: 'google-calendar',
    host: /^(www|calendar)\.google\.com$/,
    page(view, { searchParams }) {
      const [id = ''] = Buffer.from(searchParams.get('eid') ?? '', 'base64url')
        .toString()
        .split(' ');
      const desk = view.desk('google-calendar');
      return desk && meetingAt(desk, id) ? meetingPath(id) : '/view/agenda';
    },
  },
  {
    id: 'mailchimp',
    host: /\.admin\.mailchimp\.com$/,
    page(view, { searchParams }) {
      const webId = Number(searchParams.get('id'));
      const desk = view.desk('mailchimp');
      const member =
        desk &&
        mailchimpTables(desk)
          .members.all()
          .find((one) => one.webId === webId);
      return member ? `/view/mailchimp#${anchorOf(member.contactId)}` : '/view/mailchimp';
    },
  },
];

const lastOf = (pathname: string): string => decodeURIComponent(pathname.split('/').at(-1) ?? '');

const unknown = (view: View) =>
  layout(view, {
    title: view.t('Not in the sandbox', 'Absent du bac à sable'),
    still: html`<p>${view.t(
      'The sandbox has no page for this address. Choose an application above.',
      'Le bac à sable n’a pas de page pour cette adresse. Choisissez une application ci-dessus.',
    )}</p>`,
  });
