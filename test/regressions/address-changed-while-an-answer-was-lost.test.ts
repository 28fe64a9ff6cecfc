import { openShared, type SharedDatabase } from '../sync/rig.ts';
import { openSetting, person, type Setting } from '../sync/setting.ts';

let shared: SharedDatabase;
let setting: Setting;
beforeAll(async () => {
  shared = await openShared();
  setting = await openSetting(shared);
});
afterAll(async () => {
  await setting.rig.close();
  await shared.close();
});

it('two records matched by their address stay one pair when the first write’s answer is lost and the address changes', async () => {
  const { left, right, rig } = setting;
  left.put('here', person(1));
  right.put('there', { ...person(1), note: 'cliente depuis 2019' });
  left.onUpdate = (moment) => {
    if (moment !== 'after') return;
    left.onUpdate = () => {};
    // The write is done; nobody hears of it, and the person gets another address before the next look.
    right.edit('there', { email: 'nouvelle@clients.example' });
    throw Object.assign(new Error('The connection was reset.'), { code: 'ECONNRESET' });
  };
  await rig.previewAndApply();
  await rig.settle();
  await rig.settle();
  const expected = [{ ...person(1), email: 'nouvelle@clients.example', note: 'cliente depuis 2019' }];
  expect(left.live().map(({ values }) => values)).toMatchObject(expected);
  expect(right.live().map(({ values }) => values)).toMatchObject(expected);
});
