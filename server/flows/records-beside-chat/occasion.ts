import type { ZohoCrmClient } from '../../connectors/zoho-crm/client.ts';
import { sweepRecords } from '../../connectors/zoho-crm/record-sweep.ts';
import type { FoundEvent, SweepResult, SweepSource } from '../../core/flow.ts';
import type { Settings } from './settings.ts';

export type ToldModule = 'Leads' | 'Contacts' | 'Deals';

const MODULES: Readonly<Record<Settings['of'], readonly ToldModule[]>> = {
  all: ['Leads', 'Contacts', 'Deals'],
  leads: ['Leads'],
  contacts: ['Contacts', 'Deals'],
};

export const modulesOf = ({ of }: Settings): readonly ToldModule[] => MODULES[of];

/** Any topic that `topicsOf` may give. */
export const ANY_TOPIC = /^(Leads|Contacts|Deals)\.(insert|update|delete)$/;

export const topicsOf = (settings: Settings): readonly string[] =>
  modulesOf(settings).flatMap((module) => ['insert', 'update', 'delete'].map((what) => `${module}.${what}`));

export const moduleOf = (topic: string): ToldModule => (topic.split('.')[0] ?? '') as ToldModule;

/** Changes of each of the modules that no delivery told of. A module that was not looked at before begins now. */
export async function look(
  client: ZohoCrmClient,
  settings: Settings,
  { cursor, onForMs, graceMs }: Pick<SweepSource<unknown>, 'cursor' | 'onForMs' | 'graceMs'>,
): Promise<SweepResult> {
  const before = (cursor ?? {}) as Readonly<Record<string, unknown>>;
  const events: FoundEvent[] = [];
  const next: Record<string, unknown> = {};
  for (const module of modulesOf(settings)) {
    const about = { module, field: 'Modified_Time', topic: `${module}.update` } as const;
    const own = before[module] ?? null;
    // Of a module that the settings took in later, only what changes from then on.
    const since = { cursor: own, graceMs, onForMs: own === null && cursor !== null ? 0 : onForMs };
    const found = await sweepRecords(client, about, since);
    events.push(...found.events);
    next[module] = found.cursor;
  }
  return { events: events.sort((one, other) => other.ageMs - one.ageMs), cursor: next };
}
