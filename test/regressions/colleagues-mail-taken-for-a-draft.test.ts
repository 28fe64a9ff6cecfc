import { randomUUID } from 'node:crypto';
import { conversations } from '../../server/api/mail/conversations.ts';
import {
  conversationLink,
  followedText,
  type SentDraft,
  sentAs,
  sentIn,
  sentLink,
  sentText,
} from '../../server/core/mail/conversation.ts';
import { exclusiveLocks } from '../../server/engine/exclusive.ts';
import { conversationToCrm } from '../../server/flows/conversation-to-crm/flow.ts';
import { linkedRecords, saveLinks } from '../../server/store/links.ts';
import { ORGANISATION, openRig, type Rig } from '../engine/rig.ts';

/**
 * A draft that was logged and then never sent took the next mail of its subject for itself, a colleague's, too, which
 * was then logged nowhere. And of two drafts told of at once, one was forgotten: its mail was logged twice.
 */

const DRAFT: SentDraft = {
  draftId: 'draft-0001',
  from: 'claire@atelier.example',
  subject: 'RE: Devis',
  at: '2026-11-23T09:00:00Z',
  records: [{ module: 'Contacts', id: '1' }],
  mail: null,
};

it('a mail of a colleague is no draft of somebody else, whatever its subject', () => {
  const mail = { subject: 'Re: Devis', at: '2026-11-23T09:10:00Z' };
  expect(sentAs([DRAFT], { ...mail, from: 'ines@atelier.example' }, 'm')).toBeNull();
  expect(sentAs([DRAFT], { ...mail, from: null }, 'm')).toBeNull();
  expect(sentAs([DRAFT], { ...mail, from: 'claire@atelier.example' }, 'm')).toBe(DRAFT);
});

describe('what is told of at once', () => {
  const PERSON = randomUUID();
  let rig: Rig;
  let locks: ReturnType<typeof exclusiveLocks>;
  beforeAll(async () => {
    rig = await openRig();
    locks = exclusiveLocks(rig.connectionString, () => {});
  });
  afterAll(async () => {
    await locks.close();
    await rig.close();
  });

  it('stands beside each other, and beside what a run notes meanwhile', async () => {
    const { database } = rig;
    const of = { organisationId: ORGANISATION.id, integration: 'mine' };
    await database.query(
      `insert into users (organisation_id, id, external_id, name, role) values ($1, $2, '1', 'Claire', 'rep')`,
      [ORGANISATION.id, PERSON],
    );
    await database.query(
      `insert into integrations (organisation_id, id, flow, enabled, owner) values ($1, 'mine', $2, true, $3)`,
      [ORGANISATION.id, conversationToCrm.id, PERSON],
    );
    const chosen = followedText([{ module: 'Contacts', id: '1', name: 'Anne' }]);
    const met = sentText([{ ...DRAFT, draftId: 'met' }]);
    await saveLinks(database, [
      { ...of, leftId: conversationLink('AAQk'), rightId: chosen },
      { ...of, leftId: sentLink('AAQk'), rightId: met },
    ]);
    const told = conversations({
      database,
      flows: new Map([[conversationToCrm.id, conversationToCrm]]),
      connectors: new Map(),
      integrations: () => {
        throw new Error('no integration is made in this test');
      },
      exclusively: locks.exclusively,
    });
    const asker = { organisationId: ORGANISATION.id, user: { id: PERSON, name: 'Claire' } };
    const ids = Array.from({ length: 8 }, (_, place) => `draft-${place}`);
    const stored = async () => {
      const [kept = null] = await linkedRecords(database, [{ ...of, leftId: sentLink('AAQk') }]);
      return sentIn(kept);
    };
    // As a run does it: what it read stands while it holds the key.
    const key = `${ORGANISATION.id} ${conversationToCrm.id} ${sentLink('AAQk')}`;
    let telling: Promise<unknown> = Promise.resolve();
    await locks.exclusively(key, async () => {
      const read = await stored();
      telling = Promise.all(ids.map((draftId) => told.sent(asker as never, 'AAQk', { ...DRAFT, draftId })));
      // Time enough for all that waits for nobody.
      for (const _ of ids) await stored();
      const rightId = sentText(read.map((one) => ({ ...one, mail: 'its mail' })));
      await saveLinks(database, [{ ...of, leftId: sentLink('AAQk'), rightId }]);
    });
    await telling;
    const all = await stored();
    expect(all.map(({ draftId }) => draftId).sort()).toEqual([...ids, 'met'].sort());
    expect(all.find(({ draftId }) => draftId === 'met')?.mail).toBe('its mail');
  });
});
