import { webhook } from '../../server/connectors/webhook/connector.ts';
import { chatNotes } from '../../server/flows/chat-notes/flow.ts';
import { type OpenChats, openChats } from '../chats/rig.ts';
import { type OpenForm, openForm, SECRET } from '../forms/rig.ts';

/** A visitor or a respondent with a last name longer than the CRM's field had no record: the CRM refused what was made up in its place. */

const LONG = `X${'y'.repeat(120)}`;

describe('a chat', () => {
  let chats: OpenChats;
  beforeAll(async () => {
    chats = await openChats(chatNotes as never);
  });
  afterAll(() => chats.close());

  it.each([
    ['with an address', { name: `Ada ${LONG}`, email: 'longue@exemple.example' }, 'Ada'],
    ['whose name is one word', { name: LONG, email: 'seule@exemple.example' }, 'seule'],
  ])(
    'of a visitor with a very long name, %s, is a note on a lead that something shorter names',
    async (_what, who, called) => {
      const { id } = await chats.act({ act: 'begin', ...who, question: 'Bonjour ?' });
      await chats.act({ act: 'pick-up', conversation: id });
      await chats.act({ act: 'say', conversation: id, by: 'operator', text: 'Bonjour !' });
      await chats.act({ act: 'end', conversation: id });
      await chats.settled(2);
      const lead = (await chats.made('Leads')).at(-1);
      expect(lead).toMatchObject({ Last_Name: called, Email: who.email });
      const note = (await chats.made('Notes')).at(-1);
      expect(note?.Parent_Id).toMatchObject({ id: lead?.id });
      expect((await chats.runs()).at(-1)).toMatchObject({
        state: 'done',
        summary: { en: expect.stringContaining('is longer than the 80 characters') },
      });
    },
  );
});

describe('an answer', () => {
  let form: OpenForm;
  beforeAll(async () => {
    form = await openForm(webhook as never);
    await form.happens({ act: 'set-webhook', url: form.url, secret: SECRET }, 0);
  });
  afterAll(() => form.close());

  it('that nothing else names has the beginning of the name, which says that it goes on', async () => {
    await form.happens({ act: 'answer', values: { nom: LONG, message: 'Bonjour' } });
    const lead = (await form.made('Leads')).at(-1);
    expect(String(lead?.Last_Name)).toMatch(/^Xy+…$/);
    expect(String(lead?.Last_Name)).toHaveLength(80);
    expect(String((await form.made('Notes')).at(-1)?.Note_Content)).toContain(LONG);
  });
});
