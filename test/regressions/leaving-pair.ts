import type { Leaving, SideFilter } from '../../server/core/sync/side-filter.ts';
import { type MemoryVendor, memoryVendor } from '../sync/memory-object.ts';
import { FIELDS, openShared, openSyncRig, type SharedDatabase, type SyncRig } from '../sync/rig.ts';

const words = (text: string) => ({ en: text, fr: text });
const ALL = [...FIELDS, { id: 'city', titles: words('City'), kind: 'text' as const }];

/** The left records that take part. */
export const LYON: SideFilter = {
  filter: { all: [{ field: 'city', is: 'equals', value: 'Lyon' }] },
  fields: [{ name: 'city', kind: 'text', titles: words('City') }],
};

export interface Parts {
  readonly rig: SyncRig;
  readonly left: MemoryVendor;
  readonly right: MemoryVendor;
  /** Ids of the two that are linked. */
  readonly l: string;
  readonly r: string;
}

let shared: SharedDatabase | undefined;
const open: SyncRig[] = [];

/** A running sync with one linked pair, of which the left one fits the filter. */
export async function leavingPair(leaving: Leaving): Promise<Parts> {
  shared ??= await openShared();
  const vendor = (name: string) => memoryVendor(name, { fields: ALL, shows: { marker: true } });
  const [left, right] = [vendor('left'), vendor('right')];
  const rig = await openSyncRig(shared, { left, right });
  open.push(rig);
  const l = left.put(null, { name: 'N1', email: 'p1@x.example', city: 'Lyon', note: 'first' });
  await rig.filter({ left: LYON, right: null, leaving });
  await rig.previewAndApply();
  return { rig, left, right, l, r: right.live()[0]?.id ?? '' };
}

export async function endLeaving(): Promise<void> {
  for (const rig of open.splice(0)) await rig.close();
  await shared?.close();
  shared = undefined;
}
