import { fitting } from './mail-of.ts';
import { contactPiece, type Deal, dealPiece, type KnownPerson } from './pieces.ts';

const person: KnownPerson = {
  module: 'Contacts',
  id: '1',
  name: 'Léa <b>Martin</b>',
  emails: ['lea"onclick=@acme.example'],
  phone: '+33 1 02 03 04 05',
  title: null,
  company: null,
  account: { id: '2', name: 'Acme & Fils', url: null },
  owner: null,
  url: null,
  deals: [],
  moreDeals: false,
  notes: [],
};
const deal: Deal = {
  id: '3',
  name: '"Site" <script>',
  stage: null,
  amount: null,
  closing: null,
  url: 'https://crm.zoho.eu/x?a=1&b="',
};

it('somebody is inserted as text and as harmless markup, line by line', () => {
  const { text, html } = contactPiece(person);
  expect(text).toBe('Léa <b>Martin</b>\nAcme & Fils\n+33 1 02 03 04 05\nlea"onclick=@acme.example\n');
  expect(html).not.toMatch(/<b>|"onclick/);
  expect(html).toContain('Acme &#38; Fils<br>');
});

it('a deal is inserted as a link that is nothing else, and not at all where the CRM tells no address', () => {
  expect(dealPiece(deal)?.text).toBe(`"Site" <script>: ${deal.url}\n`);
  expect(dealPiece(deal)?.html).toBe(
    '<p><a href="https://crm.zoho.eu/x?a=1&#38;b=&#34;">&#34;Site&#34; &#60;script&#62;</a></p>',
  );
  expect(dealPiece({ ...deal, url: null })).toBeNull();
});

it('files go along as long as they fit into one request; those that do not are named', () => {
  const megabytes = (count: number) => ({ size: count * 1024 * 1024 });
  expect(fitting([megabytes(10), megabytes(14), megabytes(2), megabytes(1)])).toEqual([
    true,
    true,
    false,
    true,
  ]);
  expect(fitting([])).toEqual([]);
});
