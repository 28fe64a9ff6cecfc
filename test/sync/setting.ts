import { type MemoryOptions, type MemoryVendor, memoryVendor } from './memory-object.ts';
import { FIELDS, openSyncRig, type RigOptions, type SharedDatabase, type SyncRig } from './rig.ts';

/** Two pretended vendors and the sync between them. */
export interface Setting {
  readonly left: MemoryVendor;
  readonly right: MemoryVendor;
  readonly rig: SyncRig;
}

export type SettingOptions = Partial<RigOptions> & { readonly vendors?: Partial<MemoryOptions> };

export const person = (index: number) => ({
  name: `Personne ${index}`,
  email: `p${index}@clients.example`,
});

export async function openSetting(shared: SharedDatabase, options: SettingOptions = {}): Promise<Setting> {
  const left = memoryVendor('left', { fields: FIELDS, ...options.vendors });
  const right = memoryVendor('right', { fields: FIELDS, ...options.vendors });
  return { left, right, rig: await openSyncRig(shared, { left, right, ...options }) };
}

export const forget = ({ left, right }: Setting): void => {
  left.forget();
  right.forget();
};

/** So many pairs, linked and in sync; the calls and writes that it took are forgotten. */
export async function linkedSetting(
  shared: SharedDatabase,
  count: number,
  options: SettingOptions = {},
): Promise<Setting> {
  const setting = await openSetting(shared, options);
  for (let index = 0; index < count; index += 1) setting.left.put(null, person(index));
  await setting.rig.previewAndApply();
  await setting.rig.settle();
  expect((await setting.rig.counts()).inSync).toBe(count);
  forget(setting);
  return setting;
}

export const values = (vendor: MemoryVendor) =>
  vendor
    .live()
    .map((held) => held.values)
    .sort((a, b) => String(a.email).localeCompare(String(b.email)));
