import type { ReadMail } from '../office/item.ts';
import { mailOf } from './mail-of.ts';

const file = (id: string, size: number, parts: object = {}) => ({
  ...{ id, name: `${id}.pdf`, contentType: 'application/pdf', size, inline: false, isFile: true },
  ...parts,
});
const MAIL: ReadMail = {
  mode: 'read',
  key: 'one',
  messageId: '',
  conversationId: 'c1',
  subject: 'Devis',
  from: { name: 'Léa', address: 'lea@acme.example' },
  sender: { name: 'Léa', address: 'lea@acme.example' },
  to: [
    { name: 'Me', address: 'me@own.example' },
    { name: 'A list', address: '' },
  ],
  cc: [],
  at: '2026-11-30T08:00:00.000Z',
  attachments: [file('a', 3), file('b', 30 * 1024 * 1024), file('mail', 9, { isFile: false }), file('c', 5)],
};

/** An Outlook that gives each file its name, one at a time. */
function outlook() {
  const read: string[] = [];
  let isBusy = false;
  return {
    read,
    body: async () => '<p>Bonjour</p>',
    async attachment(_mail: unknown, { id }: { id: string }) {
      if (isBusy) throw new Error('Outlook refuses many at once');
      isBusy = true;
      await Promise.resolve();
      isBusy = false;
      read.push(id);
      return `content of ${id}`;
    },
  };
}

it('a mail goes with its files one after the other, those that do not fit by their names', async () => {
  const from = outlook();
  const { attachments, messageId, to } = await mailOf(from, MAIL, { files: true, sent: false });
  expect(from.read).toEqual(['a', 'c']);
  expect(attachments?.map(({ name, content }) => [name, content])).toEqual([
    ['a.pdf', 'content of a'],
    ['b.pdf', null],
    ['c.pdf', 'content of c'],
  ]);
  expect([messageId, to]).toEqual([null, [{ name: 'Me', address: 'me@own.example' }]]);
});

it('a mail without its files reads none, and who wrote it is as it was found', async () => {
  const from = outlook();
  const mail = await mailOf(from, { ...MAIL, messageId: '<1@acme.example>' }, { files: false, sent: true });
  expect([from.read, mail.attachments]).toEqual([[], []]);
  expect(mail).toMatchObject({ messageId: '<1@acme.example>', sent: true, body: { format: 'html' } });
});

it('where Outlook fails midway nothing is half a mail', async () => {
  const from = { ...outlook(), attachment: () => Promise.reject(new Error('gone')) };
  await expect(mailOf(from, MAIL, { files: true, sent: false })).rejects.toThrow('gone');
});
