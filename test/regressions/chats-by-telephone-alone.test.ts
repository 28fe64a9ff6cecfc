import { chatNotes } from '../../server/flows/chat-notes/flow.ts';
import { type OpenChats, openChats } from '../chats/rig.ts';
import type { Row } from '../desk/flow-rig.ts';

let chats: OpenChats;
beforeAll(async () => {
  chats = await openChats(chatNotes as never);
});
afterAll(() => chats.close());

const begun = (who: object) => chats.act({ act: 'begin', ...who, question: 'Rappelez-moi.' });
const end = (conversation: string) => chats.act({ act: 'end', conversation });
const leadsOf = async (figures: string): Promise<Row[]> =>
  (await chats.made('Leads')).filter(({ Phone }) => String(Phone).replace(/\D/g, '').endsWith(figures));
const notesOn = async (id: unknown): Promise<number> =>
  (await chats.made('Notes')).filter(({ Parent_Id: of }) => (of as { id?: unknown } | null)?.id === id)
    .length;

it.each([
  ['who says no name', {}, '39987711'],
  ['with a name', { name: 'Iris Sonne' }, '39987722'],
])(
  'two chats at once of a visitor %s and leaves a telephone number alone are one lead with a note each',
  async (_who, who, figures) => {
    const one = await begun({ ...who, phone: `+33 6 ${figures}` });
    const other = await begun({ ...who, phone: `06${figures}` });
    await end(one.id);
    await end(other.id);
    await chats.settled(4);
    const leads = await leadsOf(figures);
    expect(leads).toHaveLength(1);
    expect(await notesOn(leads[0]?.id)).toBe(2);
  },
);

it('another name with the same number is another lead', async () => {
  for (const name of ['Anne Foyer', 'Marc Bureau']) {
    const one = await begun({ name, phone: '+33639987733' });
    await end(one.id);
    await chats.settled(2);
  }
  expect(await leadsOf('39987733')).toHaveLength(2);
});
