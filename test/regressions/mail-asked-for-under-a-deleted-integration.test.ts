import { createHash } from 'node:crypto';
import { LiaisonError } from '../../server/core/errors.ts';
import { deleteIntegration } from '../../server/store/delete-integration.ts';
import { addMailLogs, forgetLost } from '../../server/store/mail-logs.ts';
import { ORGANISATION, ok, openRig, type Rig, testFlow, words } from '../engine/rig.ts';

/**
 * A mail that could not be logged went with its integration, when that was deleted or its person left: what it had taken
 * on for all integrations stayed taken, and its place in the log filled. Nobody could have it logged any more, and was
 * told that it was there.
 */

let rig: Rig;
beforeEach(async () => {
  rig = await openRig();
});
afterEach(() => rig.close());

const MAIL = 'mail of one record';
const refused = () => new LiaisonError('rejected', { sentence: words('refused') });
const deleted = (integration: string) =>
  rig.database.transaction((sql) =>
    deleteIntegration(sql, { organisationId: ORGANISATION.id, integration }, words('deleted')),
  );

it('what a deleted integration took on and did not do is another’s to do', async () => {
  let isRefused = true;
  const taken: [string, boolean][] = [];
  const taking = (id: string) =>
    testFlow(
      async ({ onceForAll }) => {
        taken.push([id, await onceForAll(MAIL)]);
        if (isRefused) throw refused();
        return ok;
      },
      { id },
    );
  const first = await rig.engine([taking('first-flow')]);
  await rig.send(first, 'm1');
  await rig.settled();
  await rig.end(first, 1_000);
  await deleted('first-flow');
  expect(await rig.states()).toEqual(['skipped']);
  isRefused = false;
  const second = await rig.engine([taking('second-flow')]);
  await rig.send(second, 'm2');
  await rig.settled();
  expect(taken).toEqual([
    ['first-flow', true],
    ['second-flow', true],
  ]);
});

it('its place in the log is free at once, and that of a mail which is on its record stays', async () => {
  const engine = await rig.engine([
    testFlow(async ({ event }) => {
      if (event.recordId === 'm1') throw refused();
      return ok;
    }),
  ]);
  const mail = createHash('sha256').update(MAIL).digest();
  const logOf = (recordId: string) => ({
    ...{ organisationId: ORGANISATION.id, mail, message: null, module: 'Contacts', recordId },
    ...{ recordName: null, integration: 'test-flow', eventKey: `event ${recordId}` },
    ...{ askedBy: null, askedName: null },
  });
  const wishes = ['m1', 'm2', 'm3'].map(logOf);
  await addMailLogs(rig.database, wishes);
  for (const record of ['m1', 'm2']) await rig.send(engine, record, `event ${record}`);
  await rig.settled();
  const free = async () => {
    await forgetLost(rig.database, ORGANISATION.id, mail, 'vendor');
    return [...(await addMailLogs(rig.database, wishes))];
  };
  // The first is set aside and can be taken up again, the third is about to begin.
  expect(await free()).toEqual([]);
  await deleted('test-flow');
  expect(await free()).toEqual(['event m1']);
});
