import { contacts } from '../../sandbox/company/index.ts';
import { chatNotes } from '../../server/flows/chat-notes/flow.ts';
import { type OpenChats, openChats } from './rig.ts';

const KARIM = contacts.find(({ key }) => key === 'karim');

let chats: OpenChats;
beforeAll(async () => {
  chats = await openChats(chatNotes as never);
});
afterAll(() => chats.close());
beforeEach(() => chats.set());

const last = async () => (await chats.runs()).at(-1);
const summary = async () => (await last())?.summary?.en ?? '';

/** A chat from its first word to its end; SalesIQ tells of its beginning and its end. */
async function chat(who: object, lines: readonly string[] = ['Bonjour !'], more: object = {}) {
  const begun = await chats.act({ act: 'begin', ...who, question: 'Livrez-vous à Lyon ?' });
  await chats.act({ act: 'pick-up', conversation: begun.id });
  for (const text of lines) await chats.act({ act: 'say', conversation: begun.id, by: 'operator', text });
  await chats.act({ act: 'end', conversation: begun.id, ...more });
  await chats.settled(2);
  return begun;
}
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
});
