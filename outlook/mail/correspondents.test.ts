import type { MailAddress, ReadMail } from '../office/item.ts';
import {
  claimedAddress,
  correspondentsOf,
  distinct,
  domainOf,
  isAddress,
  isUnproven,
} from './correspondents.ts';

const at = (address: string, name = ''): MailAddress => ({ name, address });
const mail = (parts: Partial<ReadMail>): ReadMail => ({
  mode: 'read',
  key: 'one',
  messageId: '<one@acme.example>',
  conversationId: null,
  subject: '',
  from: at('direction@acme.example'),
  sender: parts.from ?? at('direction@acme.example'),
  to: [],
  cc: [],
  at: '2026-11-30T08:00:00.000Z',
  attachments: [],
  ...parts,
});
const addresses = (all: readonly MailAddress[]) => all.map(({ address }) => address);

describe('a name that claims another address', () => {
  it.each([
    ['ceo@bank.example', 'x@evil.example', 'ceo@bank.example'],
    ['"CEO (ceo@bank.example)"', 'x@evil.example', 'ceo@bank.example'],
    ['ｃｅｏ＠bank.example', 'x@evil.example', 'ceo@bank.example'],
    ['x@evil.example', 'X@Evil.example', null],
    ['Juliette Pélissier', 'juliette@pelissier.example', null],
    ['', 'x@evil.example', null],
    ['reach me @ noon', 'x@evil.example', null],
  ])('“%s” of %s', (name, address, claimed) => {
    expect(claimedAddress({ name, address })).toBe(claimed);
  });
});

describe('whom the pane is about', () => {
  it('is who wrote, and who sent it for them', () => {
    const found = correspondentsOf(
      mail({ sender: at('assistante@acme.example'), to: [at('me@own.example'), at('other@x.example')] }),
      ['me@own.example'],
    );
    expect(addresses(found.first)).toEqual(['direction@acme.example', 'assistante@acme.example']);
    expect(addresses(found.others)).toEqual(['other@x.example']);
  });

  it('is whom it is to, of a mail of one’s own and of one that was sent from a mailbox that is shared', () => {
    const own = mail({
      from: at('Me@own.example'),
      to: [at('a@x.example'), at('b@x.example')],
      cc: [at('a@x.example')],
    });
    expect(correspondentsOf(own, ['me@own.example'])).toMatchObject({ isOwn: true });
    expect(addresses(correspondentsOf(own, ['me@own.example']).first)).toEqual(['a@x.example']);
    expect(addresses(correspondentsOf(own, ['me@own.example']).others)).toEqual(['b@x.example']);
    const shared = mail({
      from: at('sales@own.example'),
      sender: at('me@own.example'),
      to: [at('a@x.example')],
    });
    expect(addresses(correspondentsOf(shared, ['me@own.example', 'sales@own.example']).first)).toEqual([
      'a@x.example',
    ]);
  });

  it('is nobody where the mail names no address', () => {
    const found = correspondentsOf(mail({ from: at('', 'System'), sender: at('', 'System') }), [
      'me@own.example',
    ]);
    expect(found).toEqual({ first: [], others: [], isOwn: false });
  });

  it('is each once, and no list or something in the directory', () => {
    expect(
      addresses(distinct([at('A@x.example'), at('a@X.example'), at('/o=Exchange/cn=list'), at('b@x')])),
    ).toEqual(['A@x.example']);
    expect(isAddress(' a@x.example ')).toBe(true);
    expect(domainOf('a@X.Example')).toBe('x.example');
  });
});

describe('what the mailbox’s own server found', () => {
  it.each([
    ['Authentication-Results: spf=pass;\r\n dmarc=fail action=none header.from=x.example\r\nFrom: a', true],
    ['Received: from b\r\nauthentication-results: dmarc=fail', true],
    ['Authentication-Results: dmarc=pass\r\nAuthentication-Results: dmarc=fail', false],
    ['X-Note: dmarc=fail\r\nAuthentication-Results: dmarc=pass', false],
    ['', false],
  ])('%j', (headers, unproven) => {
    expect(isUnproven(headers)).toBe(unproven);
  });
});
