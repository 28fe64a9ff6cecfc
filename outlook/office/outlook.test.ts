import { failed, mockOffice, succeeded } from '../testing/office.ts';
import { OutlookFailed } from './ask.ts';
import type { Draft, ReadMail } from './item.ts';
import { connectToOutlook, outlookOf } from './outlook.ts';

type Done = (answer: unknown) => void;
const PERSON = { displayName: ' Léa ', emailAddress: 'lea@acme.example' };

/** A mail that somebody reads; what it answers late is answered when the test says so. */
function readItem(parts: Record<string, unknown> = {}) {
  const late: Done[] = [];
  const item = {
    itemType: 'message',
    itemId: 'AAMk1',
    internetMessageId: '<1@acme.example>',
    conversationId: 'c1',
    subject: 'Devis',
    from: PERSON,
    to: [{ displayName: '', emailAddress: 'me@own.example' }],
    cc: [],
    dateTimeCreated: new Date('2026-11-30T08:00:00Z'),
    attachments: [
      { id: 'a1', name: 'a.pdf', contentType: '', size: 3, isInline: false, attachmentType: 'file' },
    ],
    body: { getAsync: (_form: string, done: Done) => void late.push(done) },
    ...parts,
  };
  return { item, late };
}

const read = (outlook: ReturnType<typeof outlookOf>) => outlook.item() as ReadMail;

describe('an item of Outlook', () => {
  it('is a mail that is read, with nothing missing where Outlook tells less', () => {
    const { mailbox } = mockOffice(readItem());
    expect(read(outlookOf(mailbox))).toMatchObject({
      mode: 'read',
      messageId: '<1@acme.example>',
      from: { name: 'Léa', address: 'lea@acme.example' },
      sender: { name: 'Léa', address: 'lea@acme.example' },
      at: '2026-11-30T08:00:00.000Z',
      attachments: [{ id: 'a1', contentType: 'application/octet-stream', isFile: true, inline: false }],
    });
    const bare = mockOffice(
      readItem({
        internetMessageId: undefined,
        from: undefined,
        to: undefined,
        dateTimeCreated: undefined,
        attachments: undefined,
      }),
    );
    expect(read(outlookOf(bare.mailbox))).toMatchObject({
      messageId: '',
      from: { name: '', address: '' },
      to: [],
      at: '',
      attachments: [],
    });
  });

  it('is none, a meeting, or a draft', () => {
    expect(outlookOf(mockOffice({ item: null }).mailbox).item()).toMatchObject({
      mode: 'none',
      why: 'nothing',
    });
    expect(outlookOf(mockOffice(readItem({ itemType: 'appointment' })).mailbox).item()).toMatchObject({
      mode: 'none',
      why: 'meeting',
    });
    const draft = readItem({ subject: { getAsync: () => undefined }, conversationId: '' });
    expect(outlookOf(mockOffice(draft).mailbox).item()).toMatchObject({
      mode: 'compose',
      conversationId: null,
    });
  });
});

describe('a pinned pane', () => {
  it('hears of another mail, and the same object stands for one as long as it is open', () => {
    const office = mockOffice(readItem());
    const outlook = outlookOf(office.mailbox);
    const heard: string[] = [];
    outlook.onItem(() => heard.push(outlook.item().mode));
    expect(outlook.item()).toBe(outlook.item());
    const first = outlook.item();
    office.open(readItem({ subject: 'Autre' }).item);
    office.open(null);
    expect(heard).toEqual(['read', 'none']);
    expect(outlook.item()).not.toBe(first);
  });

  it('throws away what Outlook answers after another mail was opened', async () => {
    const one = readItem();
    const office = mockOffice(one);
    const outlook = outlookOf(office.mailbox);
    const first = outlook.item();
    const asked = outlook.body(first, 'html');
    office.open(readItem({ itemId: 'AAMk2' }).item);
    one.late[0]?.(succeeded('<p>the other mail’s text</p>'));
    await expect(asked).rejects.toMatchObject({ name: 'OutlookFailed', code: null });
    // And it asks nothing more of what is not open any longer.
    await expect(outlook.body(first, 'html')).rejects.toBeInstanceOf(OutlookFailed);
  });

  it('says with Outlook’s own code what Outlook refuses', async () => {
    const one = readItem();
    const outlook = outlookOf(mockOffice(one).mailbox);
    const asked = outlook.body(outlook.item(), 'text');
    one.late[0]?.(failed(9020));
    await expect(asked).rejects.toMatchObject({ code: 9020 });
  });
});

describe('what older Outlooks lack', () => {
  it('is empty: headers, and whose mailbox it is', async () => {
    const one = readItem({ getAllInternetHeadersAsync: (done: Done) => done(failed(9000)) });
    const outlook = outlookOf(mockOffice(one).mailbox);
    expect(await outlook.headers(outlook.item())).toBe('');
    expect(await outlook.shared(outlook.item())).toBeNull();
    const shared = readItem({
      getSharedPropertiesAsync: (done: Done) => done(succeeded({ owner: 'sales@own.example' })),
    });
    const other = outlookOf(mockOffice(shared).mailbox);
    expect(await other.shared(other.item())).toEqual({ owner: 'sales@own.example' });
  });

  it('is said before anything is shown', async () => {
    mockOffice({ ...readItem(), sets: [] });
    await expect(connectToOutlook()).rejects.toMatchObject({ why: 'old' });
    Object.assign(globalThis, { Office: undefined });
    await expect(connectToOutlook()).rejects.toMatchObject({ why: 'script' });
  });

  it.each([
    [{}, true],
    [{ sets: ['Mailbox 1.8'] }, false],
    [{ hostName: 'Outlook', platform: 'PC' }, false],
    [{ hostName: 'Outlook', platform: 'Mac' }, true],
    [{ hostName: 'newOutlookWindows', platform: 'PC' }, true],
  ])('sending is told of where Outlook is %j: %s', (parts, tells) => {
    expect(outlookOf(mockOffice({ ...readItem(), ...parts }).mailbox).tellsOfSending).toBe(tells);
  });
});

it('Outlook is as dark as its ground, and says nothing where it paints none', () => {
  const office = mockOffice(readItem());
  const outlook = outlookOf(office.mailbox);
  const heard: (boolean | null)[] = [];
  outlook.onTheme(() => heard.push(outlook.isDark()));
  for (const ground of ['#1f1f1f', '#FFFFFF', undefined, 'white']) office.paint(ground);
  expect(heard).toEqual([true, false, null, null]);
});

describe('a draft', () => {
  const draftItem = (parts: Record<string, unknown>) =>
    readItem({ subject: { getAsync: () => undefined }, ...parts });

  it.each([
    ['html', '<p>Léa</p>'],
    ['text', 'Léa'],
  ])('takes a piece in as %s', async (kind, taken) => {
    const inserted: unknown[] = [];
    const body = {
      getTypeAsync: (done: Done) => done(succeeded(kind)),
      setSelectedDataAsync(data: string, options: unknown, done: Done) {
        inserted.push([data, options]);
        done(succeeded());
      },
    };
    const outlook = outlookOf(mockOffice(draftItem({ body })).mailbox);
    await outlook.insert(outlook.item() as Draft, { text: 'Léa', html: '<p>Léa</p>' });
    expect(inserted).toEqual([[taken, { coercionType: kind }]]);
  });

  it('keeps what is to be done when it is sent, and forgets it', async () => {
    const notes = new Map<string, string>();
    const sessionData = {
      getAsync: (key: string, done: Done) => done(notes.has(key) ? succeeded(notes.get(key)) : failed(9020)),
      setAsync(key: string, value: string, done: Done) {
        notes.set(key, value);
        done(succeeded());
      },
      removeAsync(key: string, done: Done) {
        notes.delete(key);
        done(succeeded());
      },
    };
    const outlook = outlookOf(mockOffice(draftItem({ sessionData })).mailbox);
    const draft = outlook.item() as Draft;
    expect(await outlook.onSend(draft)).toBeNull();
    const wish = { draftId: 'draft-0001', records: [{ module: 'Contacts' as const, id: '1' }] };
    await outlook.keepOnSend(draft, wish);
    expect(await outlook.onSend(draft)).toEqual(wish);
    await outlook.keepOnSend(draft, null);
    expect(notes.size).toBe(0);
    notes.set('liaison.log', '{"half');
    expect(await outlook.onSend(draft)).toBeNull();
  });

  it('tells whom it is to', async () => {
    const field = (emailAddress: string) => ({
      getAsync: (done: Done) => done(succeeded([{ displayName: 'X', emailAddress }])),
    });
    const outlook = outlookOf(
      mockOffice(draftItem({ to: field('a@x.example'), cc: field('b@x.example') })).mailbox,
    );
    const found = await outlook.recipients(outlook.item() as Draft);
    expect(found.map(({ address }) => address)).toEqual(['a@x.example', 'b@x.example']);
  });
});
