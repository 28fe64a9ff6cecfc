import type { LiaisonError } from '../../core/errors.ts';
import { conversationLink, followedIn, followedText, sentAs } from '../../core/mail/conversation.ts';
import { isInternal, ownAddresses } from '../../core/mail/internal.ts';
import type { MailHead, MailsOffer } from '../../core/mail/offer.ts';
import { followConversation } from './follow-conversation.ts';
import { isPrivateFolder, settings } from './settings.ts';
import type { Context } from './steps.ts';

const CONTACT = { module: 'Contacts', id: '1', name: 'Anne' };

/** A run over a mailbox that says of a mail what the test says, and whatever else is asked fails. */
function run(head: MailHead | null, followed: readonly (typeof CONTACT)[]) {
  const offer = {
    fileSize: 1,
    head: async () => head,
    folders: async () => null,
  } as unknown as MailsOffer<unknown>;
  const context = {
    event: { recordId: 'm1', receivedAt: new Date(0) },
    settings: settings.parse({}),
    role: () => ({ connector: { id: 'any', offers: { mails: offer } }, client: null }),
    read: async (_step: string, fetch: () => Promise<unknown>) => fetch(),
    linked: async (left: string) => (left === conversationLink('AAQk') ? followedText(followed) : null),
  };
  return followConversation(context as unknown as Context);
}
const HEAD: MailHead = { conversation: 'AAQk', isDraft: false, folder: 'f' };

describe('a mail that came or went', () => {
  it('is asked for nothing but its conversation where that is not logged, a draft too', async () => {
    for (const isDraft of [false, true])
      expect(await run({ ...HEAD, isDraft }, [])).toMatchObject({ state: 'skipped' });
    expect(await run(null, [CONTACT])).toMatchObject({ state: 'skipped' });
  });

  it('is looked at again until it is sent, and that is no failure', async () => {
    const waiting = await run({ ...HEAD, isDraft: true }, [CONTACT]).catch((thrown: LiaisonError) => thrown);
    expect(waiting).toMatchObject({ kind: 'retry-later', details: { againInMs: expect.any(Number) } });
    expect(await run(HEAD, [CONTACT])).toMatchObject({
      state: 'skipped',
      summary: { en: expect.stringContaining('bin') },
    });
  });
});

it('a conversation is the same however its id is spelled, and is logged nowhere once that was said', () => {
  expect(conversationLink('AAQk-x_y==')).toBe(conversationLink('AAQk/x+y'));
  expect(followedIn(followedText([CONTACT]))).toEqual([CONTACT]);
  expect([followedIn(null), followedIn(followedText([]))]).toEqual([[], []]);
});

it('a folder is private by its name or that of one around it, in any case', () => {
  const own = settings.parse({ privateFolders: ' Privé ,, Famille ' });
  expect(isPrivateFolder(own, ['Vacances', 'FAMILLE', 'Racine'])).toBe(true);
  expect(isPrivateFolder(own, ['Clients', 'Racine', ''])).toBe(false);
});

describe('colleagues', () => {
  const isOwn = ownAddresses(['Anne@Atelier.example', 'paul@gmail.com']);
  it.each([
    [['anne@atelier.example', 'new@atelier.example'], true],
    [['anne@atelier.example', 'paul@gmail.com'], true],
    [['anne@atelier.example', 'client@gmail.com'], false],
    [['client@bank.example', 'anne@atelier.example'], false],
    [['anne@atelier.example.evil.example'], false],
    [[], true],
  ])('%j alone: %s', (people, internal) => {
    expect(isInternal(people, isOwn)).toBe(internal);
  });
});

describe('a mail that was logged while it was sent', () => {
  const draft = { draftId: 'd', subject: 'RE:  Devis', at: '2026-11-23T09:00:00Z', records: [], mail: null };
  const mail = (at: string, subject = 're: devis') => ({ subject, at, from: 'claire@atelier.example' });
  it.each([
    ['a moment later', mail('2026-11-23T09:00:04Z'), true],
    ['by a clock that is behind', mail('2026-11-23T08:56:00Z'), true],
    ['after a night in the outbox', mail('2026-11-24T08:00:00Z'), true],
    ['long before it', mail('2026-11-23T08:50:00Z'), false],
    ['days later', mail('2026-11-26T09:00:00Z'), false],
    ['of another subject', mail('2026-11-23T09:00:04Z', 'Devis 2'), false],
  ])('%s is that one: %s', (_, met, is) => {
    expect(sentAs([draft], met, 'm')).toBe(is ? draft : null);
  });

  it('is met once, and known again by what it is', () => {
    const met = { ...draft, mail: 'm' };
    expect(sentAs([met], mail('2026-11-23T09:00:04Z'), 'other')).toBeNull();
    expect(sentAs([met], mail('2026-12-23T09:00:04Z'), 'm')).toBe(met);
    const second = { ...draft, draftId: 'e' };
    expect(sentAs([met, second], mail('2026-11-23T09:01:00Z'), 'other')).toBe(second);
  });
});
