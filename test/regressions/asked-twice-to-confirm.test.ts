import { LiaisonError } from '../../server/core/errors.ts';
import type { SyncObject } from '../../server/core/sync-object.ts';
import { memoryVendor } from '../sync/memory-object.ts';
import { FIELDS, openShared, openSyncRig, type SharedDatabase } from '../sync/rig.ts';

let shared: SharedDatabase;
beforeAll(async () => {
  shared = await openShared();
});
afterAll(() => shared.close());

const LOST = { en: 'no answer', fr: 'pas de réponse' };

/** A list whose people are shown once they confirmed, and asked by mail each time that they are put in. */
function listWithForm() {
  const list = memoryVendor('list', { fields: FIELDS });
  const asked: string[] = [];
  const confirmed = new Set<string>();
  const questions: string[] = [];
  const isShown = ({ id }: { readonly id: string }): boolean => confirmed.has(id);
  const object: SyncObject = {
    ...list.object,
    isListed: () => false,
    staysGone: {
      why: { en: 'Not in the list.', fr: 'Pas dans la liste.' },
      idOf: ({ email }) => (typeof email === 'string' ? email : null),
      mayBeUnseen: async () => {
        questions.push('may somebody be unseen?');
        return true;
      },
    },
    async changes(client, wish) {
      const page = await list.object.changes(client, wish);
      return { ...page, records: page.records.filter(isShown) };
    },
    async read(client, wish) {
      return (await list.object.read(client, wish)).filter(isShown);
    },
    async create(_client, drafts) {
      for (const { values } of drafts) {
        const email = String(values.email);
        asked.push(email);
        list.put(email, { ...values });
      }
      if (list.troubles.shift() === 'lose-answer')
        throw new LiaisonError('retry-later', { sentence: LOST, mayHaveHappened: true });
      return drafts.map(({ values }) => ({ ok: true, id: String(values.email), version: 'v1' }));
    },
  };
  return { list: { ...list, object }, asked, confirmed, questions };
}

it('who was asked to confirm, and of whom no answer told, is asked no second time: by no retry and by no edit', async () => {
  const left = memoryVendor('crm', { fields: FIELDS });
  const { list, asked, confirmed } = listWithForm();
  const rig = await openSyncRig(shared, {
    left,
    right: list,
    rules: { matchBy: [['email']], remove: { left: 'keep', right: 'keep' } },
  });
  await rig.previewAndApply();
  list.troubles.push('lose-answer');
  const lea = left.put(null, { name: 'Léa', email: 'lea@x.example' });
  for (let look = 0; look < 3; look += 1) await rig.settle();
  left.edit(lea, { note: 'edited' });
  for (let look = 0; look < 3; look += 1) await rig.settle();
  expect(asked).toEqual(['lea@x.example']);
  const [row] = await shared.database.query<{ why: string }>(
    `select excluded->>'en' as why from sync_records where organisation_id = $1 and side = 'left' and record_id = $2`,
    [rig.key.organisationId, lea],
  );
  expect(row?.why).toBe('Not in the list.');
  // Once she confirms the two are one, and what was changed meanwhile arrives.
  confirmed.add('lea@x.example');
  list.edit('lea@x.example', {});
  for (let look = 0; look < 2; look += 1) await rig.settle();
  left.edit(lea, { note: 'later' });
  await rig.settle();
  expect(list.records.get('lea@x.example')?.values.note).toBe('later');
  expect(asked).toEqual(['lea@x.example']);
  await rig.close();
});

it('whether somebody may be unseen is asked once for all whose answer was lost', async () => {
  const left = memoryVendor('crm', { fields: FIELDS });
  const { list, asked, questions } = listWithForm();
  const rig = await openSyncRig(shared, { left, right: list, rules: { matchBy: [['email']] } });
  await rig.previewAndApply();
  list.troubles.push('lose-answer');
  for (const name of ['lea', 'max', 'zoe']) left.put(null, { name, email: `${name}@x.example` });
  for (let look = 0; look < 3; look += 1) await rig.settle();
  expect(asked).toHaveLength(3);
  expect(questions).toHaveLength(1);
  await rig.close();
});

it('what a list shows at once, and did not show after a lost answer, was not made and is made once', async () => {
  const left = memoryVendor('crm', { fields: FIELDS });
  const list = memoryVendor('list', { fields: FIELDS });
  const rig = await openSyncRig(shared, {
    left,
    right: {
      ...list,
      object: {
        ...list.object,
        staysGone: {
          why: LOST,
          idOf: ({ email }) => (typeof email === 'string' ? email : null),
          mayBeUnseen: async () => false,
        },
      },
    },
  });
  await rig.previewAndApply();
  let isLost = true;
  list.onCreate = async () => {
    if (!isLost) return;
    isLost = false;
    throw new LiaisonError('retry-later', { sentence: LOST, mayHaveHappened: true });
  };
  left.put(null, { name: 'Léa', email: 'lea@x.example' });
  for (let look = 0; look < 3; look += 1) await rig.settle();
  expect(list.live()).toHaveLength(1);
  await rig.close();
});
