import { newPlace, removePlace, startLiaison } from '../system/liaison-process.ts';
import { type SystemSync, seed, systemSync } from '../system/syncs.ts';
import { countCalls } from '../system/vendor-calls.ts';

const FLOW = 'contacts-google-crm';
const GOOGLE = { vendor: 'google-people', list: 1_000, create: 200 };
const CRM = { vendor: 'zoho-crm', list: 2_000, create: 100 };
const PATIENCE_MS = 600_000;

/** What an initial sync of so many contacts, all on one side, took. */
export interface InitialSync {
  readonly direction: string;
  readonly previewSeconds: number;
  readonly applySeconds: number;
  /** Of preview and apply. */
  readonly calls: number;
  /** Reading each side once, and writing in full batches. */
  readonly leastCalls: number;
}

async function initialSync(
  sync: SystemSync,
  sandboxUrl: string,
  count: number,
  [from, to]: readonly [typeof GOOGLE, typeof CRM],
): Promise<InitialSync> {
  await sync.startOver();
  await seed(sandboxUrl, to.vendor, { contacts: 0, replace: true });
  await seed(sandboxUrl, from.vendor, { contacts: count, replace: true });
  const spent = await countCalls(sandboxUrl, [GOOGLE.vendor, CRM.vendor]);
  const began = performance.now();
  await sync.preview(PATIENCE_MS);
  const previewed = performance.now();
  await sync.apply();
  const applied = performance.now();
  const { inSync } = await sync.counts();
  if (inSync !== count) throw new Error(`${inSync} of ${count} contacts are in sync`);
  const calls = Object.values(await spent()).reduce((sum, { total }) => sum + total, 0);
  return {
    direction: `${from.vendor} to ${to.vendor}`,
    previewSeconds: (previewed - began) / 1_000,
    applySeconds: (applied - previewed) / 1_000,
    calls,
    leastCalls: Math.ceil(count / from.list) + 1 + Math.ceil(count / to.create),
  };
}

/** Both ways between an address book and the CRM, on a whole server over the sandbox. */
export async function initialSyncs(connectionString: string, count: number): Promise<InitialSync[]> {
  const place = await newPlace({ DATABASE_URL: connectionString, LIAISON_SWEEP_SECONDS: '86400' });
  const liaison = await startLiaison(place);
  const sync = await systemSync(connectionString, FLOW);
  try {
    const there = await initialSync(sync, liaison.sandboxUrl, count, [GOOGLE, CRM]);
    return [there, await initialSync(sync, liaison.sandboxUrl, count, [CRM, GOOGLE])];
  } finally {
    await sync.close();
    await liaison.stop();
    await removePlace(place);
  }
}
