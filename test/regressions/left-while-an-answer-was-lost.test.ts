import { endLeaving, leavingPair } from './leaving-pair.ts';

afterAll(endLeaving);

it.each(['kept', 'unlinked', 'removed'] as const)(
  '%s: what stops fitting while the answer to its creation is lost leaves as one of the pair that it became',
  async (leaving) => {
    const { rig, left, right } = await leavingPair(leaving);
    right.troubles.push('lose-answer');
    const id = left.put(null, { name: 'N2', email: 'p2@x.example', city: 'Lyon', note: 'first' });
    await rig.settle();
    left.edit(id, { city: 'Paris', note: 'gone' });
    for (let look = 0; look < 4; look += 1) await rig.settle();
    const notes = () => right.live().flatMap(({ values }) => (values.name === 'N2' ? values.note : []));
    expect(notes()).toEqual(leaving === 'removed' ? [] : ['first']);
    const [row] = await rig.database.query<{ code: string; linked: boolean }>(
      `select excluded->>'code' as code, link_id is not null as linked from sync_records
       where organisation_id = $1 and side = 'left' and record_id = $2`,
      [rig.key.organisationId, id],
    );
    expect(row).toEqual({ code: 'filter', linked: leaving === 'kept' });
    left.edit(id, { city: 'Lyon', note: 'back' });
    for (let look = 0; look < 3; look += 1) await rig.settle();
    // Two that were unlinked meet as for the first time: what the master holds stands.
    expect(notes()).toEqual([leaving === 'unlinked' ? 'first' : 'back']);
  },
);
