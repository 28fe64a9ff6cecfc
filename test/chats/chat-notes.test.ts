import { generateKeyPairSync, sign } from 'node:crypto';
import { contacts } from '../../sandbox/company/index.ts';
import type { ZohoCrmClient } from '../../server/connectors/zoho-crm/client.ts';
import { zohoCrm } from '../../server/connectors/zoho-crm/connector.ts';
import { chatNotes } from '../../server/flows/chat-notes/flow.ts';
import type { Row } from '../desk/flow-rig.ts';
import { type OpenChats, openChats } from './rig.ts';

const KARIM = contacts.find(({ key }) => key === 'karim');

let chats: OpenChats;
let crm: ZohoCrmClient;
beforeAll(async () => {
  chats = await openChats(chatNotes as never);
  ({ client: crm } = await chats.sandbox.connect(zohoCrm));
});
afterAll(() => chats.close());
beforeEach(() => chats.set());

let people = 0;
const stranger = (): string => {
  people += 1;
  return `visiteur${people}@exemple.example`;
};
const last = async () => (await chats.runs()).at(-1);
const summary = async () => (await last())?.summary?.en ?? '';
const begun = (who: object, question = 'Livrez-vous à Lyon ?') =>
  chats.act({ act: 'begin', ...who, question });
const deed = (act: string, conversation: string, more: object = {}) =>
  chats.act({ act, conversation, ...more });

/** A chat from its first word to its end; SalesIQ tells of its beginning and its end. */
async function chat(who: object, lines: readonly string[] = ['Bonjour !']) {
  const one = await begun(who);
  await deed('pick-up', one.id);
  for (const text of lines) await deed('say', one.id, { by: 'operator', text });
  await deed('end', one.id);
  await chats.settled(2);
  return one;
}
const told = (event: string, conversation: string, times = 1) =>
  chats.act({ act: 'announce', event, conversation, times });
const isOn = (id: unknown) => (note: Row) => (note.Parent_Id as { id?: unknown } | null)?.id === id;
const notesOf = async (id: unknown): Promise<string[]> =>
  (await chats.made('Notes')).filter(isOn(id)).map(({ Note_Content }) => String(Note_Content));
const leadsOf = async (email: string): Promise<Row[]> =>
  (await chats.made('Leads')).filter(({ Email }) => Email === email);
const made = async (module: string, values: object): Promise<string> =>
  (await crm.createOne(module, values as never, [])).id;

describe('a chat that ended', () => {
  it('is one note on the contact with the visitor’s address, with everything that was said', async () => {
    const { reference_id: number } = await chat({ name: 'Karim', email: KARIM?.email }, [
      'Bonjour ! Oui, <b>demain</b> & partout.',
      'À bientôt.',
    ]);
    expect((await last())?.state).toBe('done');
    const [note, ...others] = await chats.made('Notes');
    expect(others).toEqual([]);
    expect(note).toMatchObject({ Note_Title: `Chat ${number} (atelierlumen)` });
    const content = String(note?.Note_Content);
    expect(content).toMatch(
      /Karim\u00a0: Livrez-vous à Lyon \?\n.*Bonjour ! Oui, <b>demain<\/b> & partout\.\n/,
    );
    expect(content).toContain(`Visiteur\u00a0: Karim, ${KARIM?.email}`);
    expect(content).not.toContain('picked up');
    expect(await chats.made('Leads')).toEqual([]);
    expect(await summary()).toContain(`Chat ${number}: a note on the contact`);
  });

  it('of a stranger is one lead with one note, however often and in whatever order it is told', async () => {
    const email = stranger();
    const one = await begun({ name: 'Léonie Faure', email, phone: '+33639984410' });
    await deed('pick-up', one.id);
    await deed('end', one.id);
    await deed('rate', one.id, { rating: 5, feedback: 'Merci !' });
    // The rating comes before the end, the end thrice, the beginning last.
    await told('conversation.rated', one.id);
    await told('conversation.completed', one.id, 3);
    await told('conversation.created', one.id);
    await chats.settled(8);
    const [lead, ...others] = await leadsOf(email);
    expect(others).toEqual([]);
    expect(lead).toMatchObject({ First_Name: 'Léonie', Last_Name: 'Faure', Phone: '+33639984410' });
    expect(await notesOf(lead?.id)).toEqual([expect.stringContaining('5/5 «\u00a0Merci !\u00a0»')]);
  });

  it('that goes on, or is rated later, is the same note, and one that somebody deleted is not made again', async () => {
    const email = stranger();
    const one = await chat({ name: 'Nora Petit', email });
    const [lead] = await leadsOf(email);
    await deed('reopen', one.id);
    await deed('say', one.id, { by: 'visitor', text: 'Encore une chose.' });
    await deed('end', one.id);
    await chats.settled(1);
    expect(await notesOf(lead?.id)).toEqual([expect.stringContaining('Encore une chose.')]);
    await deed('rate', one.id, { rating: 3 });
    await chats.settled(1);
    expect(await notesOf(lead?.id)).toEqual([
      expect.stringMatching(/Évaluation\u00a0: 3\/5\n(.*\n)+.*Encore une chose/),
    ]);
    await told('conversation.completed', one.id);
    await chats.settled(1);
    expect(await summary()).toContain('already');
    const [note] = (await chats.made('Notes')).filter(isOn(lead?.id));
    await crm.remove('Notes', [String(note?.id)]);
    await deed('rate', one.id, { rating: 1 });
    await chats.settled(1);
    expect([await notesOf(lead?.id), await summary()]).toEqual([
      [],
      expect.stringContaining('deleted the note'),
    ]);
  });

  it('is noted when SalesIQ tells that it ended, though it still answers that it goes on', async () => {
    const email = stranger();
    const one = await begun({ name: 'Tarde', email });
    await told('conversation.completed', one.id);
    await chats.settled(2);
    const [lead] = await leadsOf(email);
    expect(await notesOf(lead?.id)).toHaveLength(1);
    await deed('say', one.id, { by: 'visitor', text: 'Un dernier mot.' });
    await deed('end', one.id);
    await chats.settled(1);
    expect(await notesOf(lead?.id)).toEqual([expect.stringContaining('Un dernier mot.')]);
  });

  it('two of one new visitor, told at once, are one lead with a note each', async () => {
    const email = stranger();
    const [one, other] = [await begun({ name: 'Ana Sol', email }), await begun({ name: 'Ana Sol', email })];
    await deed('end', one.id);
    await deed('end', other.id);
    await chats.settled(4);
    const leads = await leadsOf(email);
    expect(leads).toHaveLength(1);
    expect(await notesOf(leads[0]?.id)).toHaveLength(2);
  });

  it.each([
    ['the note', { path: 'Notes', methods: ['POST'] }],
    ['the lead', { path: 'Leads/upsert' }],
  ])('is noted once where the answer about %s was lost', async (_what, where) => {
    const email = stranger();
    await chats.sandbox.fault('zoho-crm', { ...where, commitThenFail: 'reset', count: 1 } as never);
    await chat({ name: 'Perdue', email });
    await chats.sandbox.fault('zoho-crm', null);
    const leads = await leadsOf(email);
    expect(leads).toHaveLength(1);
    expect(await notesOf(leads[0]?.id)).toHaveLength(1);
    expect((await last())?.state).toBe('done');
  });

  it('of 400 long lines keeps to what a note holds, from the beginning on, and says how many are left', async () => {
    const email = stranger();
    const one = await begun({ name: 'Long', email });
    for (let count = 0; count < 400; count += 1)
      await deed('say', one.id, { by: 'visitor', text: `Ligne ${count} ${'de ce chat '.repeat(10)}` });
    await deed('end', one.id);
    await chats.settled(2);
    const [lead] = await leadsOf(email);
    const [content = '', ...others] = await notesOf(lead?.id);
    expect(others).toEqual([]);
    expect(content.length).toBeLessThanOrEqual(32_000);
    expect(content.length).toBeGreaterThan(31_000);
    const shown = content.match(/^\[.*Ligne \d+/gm)?.length ?? 0;
    expect(content).toContain(
      `${400 - shown} lignes de plus sont dans le chat.\n\nLe chat entier\u00a0: https://`,
    );
  });
});

describe('whose chat it was', () => {
  it('is asked of contacts before leads, and of several the one of that name', async () => {
    const email = stranger();
    await made('Leads', { Last_Name: 'Roux', First_Name: 'Zoé', Company: 'Essai', Email: email });
    const other = await made('Contacts', { Last_Name: 'Roux', First_Name: 'Paul', Email: email });
    const zoe = await made('Contacts', { Last_Name: 'Roux', First_Name: 'Zoé', Secondary_Email: email });
    await chat({ name: 'Zoé Roux', email: email.toUpperCase() });
    expect([(await notesOf(zoe)).length, await notesOf(other)]).toEqual([1, []]);
  });

  it('is told by phone number and name without an address, and by nothing where neither is there', async () => {
    const phone = '+33 6 39 98 77 01';
    const id = await made('Contacts', { Last_Name: 'Appel', First_Name: 'Iris', Phone: phone });
    await chat({ name: 'Iris Appel', phone: '+33639987701' });
    expect(await notesOf(id)).toHaveLength(1);
    const before = (await chats.made('Leads')).length;
    await chat({ name: 'Quelqu’un' });
    expect([(await chats.made('Leads')).length, await summary()]).toEqual([
      before,
      expect.stringContaining('neither an e-mail address nor a phone number'),
    ]);
  });

  it.each([
    ['nothing, as set', { make: 'nothing' }, 'none is to be made', 0],
    ['a contact, as set', { make: 'contact' }, 'a contact was created', 0],
    ['a lead with its source', { leadSource: 'Chat' }, 'a lead was created', 1],
  ])('is, where nobody has the address, %s', async (_what, set, words, count) => {
    const email = stranger();
    chats.set(set);
    await chat({ name: 'Choix', email });
    expect(await summary()).toContain(words);
    const leads = await leadsOf(email);
    expect(leads).toHaveLength(count);
    if (count > 0) expect(leads[0]?.Lead_Source).toBe('Chat');
    const own = (await chats.made('Contacts')).filter(({ Email }) => Email === email);
    expect(own).toHaveLength(words.includes('contact') ? 1 : 0);
  });
});

describe('what is left out', () => {
  it.each([
    ['a disposable address', { disposable: true }, { email: 'x@yopmail.com' }, 'disposable'],
    ['a chat that nobody picked up, where that is set', { missed: false }, {}, 'Nobody picked the chat up'],
  ])('%s', async (_what, set, who, words) => {
    chats.set(set);
    const email = stranger();
    const one = await begun({ name: 'Robot', email, ...who });
    await deed('miss', one.id);
    await chats.settled(2);
    expect(await summary()).toContain(words);
    expect(await leadsOf(email)).toEqual([]);
  });

  it('a chat that nobody picked up is a note that says so, where nothing else is set', async () => {
    const email = stranger();
    const one = await begun({ name: 'Seul', email });
    await deed('miss', one.id);
    await chats.settled(2);
    const [lead] = await leadsOf(email);
    expect(await notesOf(lead?.id)).toEqual([expect.stringContaining('Personne n’a pris ce chat.')]);
  });

  it('what operators say among themselves, and a chat of another portal', async () => {
    const email = stranger();
    const one = await begun({ name: 'Entre nous', email });
    await deed('say', one.id, { by: 'operator', text: 'client difficile', type: 'notes' });
    await deed('end', one.id);
    await chats.settled(2);
    const [lead] = await leadsOf(email);
    expect(await notesOf(lead?.id)).toEqual([expect.not.stringContaining('difficile')]);
    chats.set({ portal: 'lumendestockage' });
    const other = stranger();
    const elsewhere = await begun({ name: 'Ailleurs', email: other });
    await told('conversation.completed', elsewhere.id);
    await chats.settled(2);
    expect([await leadsOf(other), await summary()]).toEqual([[], expect.stringContaining('no such chat')]);
  });
});

describe('a chat that begins', () => {
  const infoOf = async (id: string): Promise<unknown> =>
    ((await chats.tables('zoho-salesiq')).conversations ?? []).find((one) => one.id === id)?.customerInfo;

  it('shows the operator who writes: contact or lead, whose, with which deals', async () => {
    const [contact] = await crm.searchByEmail('Contacts', KARIM?.email ?? '');
    await made('Deals', {
      ...{ Deal_Name: 'Enseigne', Stage: 'Qualification', Closing_Date: '2026-12-31', Amount: 900 },
      Contact_Name: { id: contact?.id },
    });
    const one = await begun({ email: KARIM?.email });
    await chats.settled(1);
    expect(await infoOf(one.id)).toMatchObject({
      CRM: expect.stringMatching(/^Contact · Karim/),
      Affaires: expect.stringContaining('Enseigne · Qualification · 900 €'),
    });
    expect((await last())?.state).toBe('done');
  });

  it.each([
    ['somebody whom the CRM does not know', {}, stranger(), 'Nobody in the CRM has the address'],
    ['somebody without an address', {}, undefined, 'left no e-mail address'],
    ['anybody, where that is set', { tell: false }, KARIM?.email, 'goes on'],
  ])('says nothing of %s', async (_who, set, email, words) => {
    chats.set(set);
    const one = await begun({ name: 'Qui', email });
    await chats.settled(1);
    // Where nobody wants to hear of beginnings, none begins a run.
    if (!('tell' in set)) expect(await summary()).toContain(words);
    expect(await infoOf(one.id)).toEqual({});
  });
});

describe('a delivery', () => {
  const BODY = JSON.stringify({
    ...{ entity_type: 'conversation', event: 'conversation.completed', entity_id: '481700000010000001' },
    ...{ attempt: 1, version: '1', event_time: '1764490000000', entity: { id: '481700000010000001' } },
  });
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const forged = sign('sha256', Buffer.from(BODY), privateKey).toString('base64');

  it.each([
    ['no signature', {}],
    ['the signature of another organisation’s webhook', { 'x-siqsignature': forged }],
    ['a truncated signature', { 'x-siqsignature': forged.slice(0, 40) }],
    ['an empty signature', { 'x-siqsignature': '' }],
    ['something that is no signature', { 'x-siqsignature': '!!' }],
  ])('leaves nothing with %s', async (_what, headers) => {
    expect(await chats.deliver(BODY, headers as Record<string, string>)).toBe(401);
    expect(chats.taken()).toEqual([]);
  });

  it('whose body was changed on its way leaves nothing', async () => {
    const { webhooks = [] } = await chats.tables('zoho-salesiq');
    const [key] = webhooks.flatMap(({ keys }) => keys as { privateKey: string }[]);
    const own = sign('sha256', Buffer.from(BODY), key?.privateKey ?? '').toString('base64');
    const changed = BODY.replace('completed', 'missed');
    expect(await chats.deliver(changed, { 'x-siqsignature': own })).toBe(401);
    expect(await chats.deliver(BODY, { 'x-siqsignature': own })).toBe(200);
    expect(chats.taken()).toMatchObject([{ topic: 'conversation.completed' }]);
  });

  it('signed with a new key is believed once the key is known, and not before', async () => {
    await chats.sandbox.act('zoho-salesiq', { act: 'rotate-keys' });
    const email = stranger();
    const one = await begun({ name: 'Clé', email });
    await deed('end', one.id);
    await chats.settled(2);
    expect(await leadsOf(email)).toEqual([]);
    await chats.subscribe();
    await told('conversation.completed', one.id);
    await chats.settled(1);
    expect(await leadsOf(email)).toHaveLength(1);
  });
});
