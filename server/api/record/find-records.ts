import type { Connector } from '../../core/connector.ts';
import type { RecordRef } from '../../core/flow.ts';
import { integrationTitle } from '../../core/integration-title.ts';
import type { Sentence } from '../../core/sentence.ts';
import { type SyncFlow, syncFor } from '../../core/sync-flow.ts';
import type { Database } from '../../store/database.ts';
import { integrationNames, integrationsOf } from '../../store/integrations.ts';
import { type NamedRecord, recordsNamed } from '../../store/record-names.ts';
import { recordsOfId } from '../../store/runs-of-records.ts';
import type { FoundRecords } from '../contract.ts';

export interface FindRecordsParts {
  readonly database: Database;
  readonly connectors: ReadonlyMap<string, Connector>;
  readonly syncs: ReadonlyMap<string, SyncFlow>;
  readonly titles: ReadonlyMap<string, { readonly titles: Sentence }>;
}

type Found = FoundRecords['records'][number];

const MOST_NAMES = 200;
const MOST_RECORDS = 20;

/** What people call the records of an object, as the connectors know it. */
export function objectTitles(connectors: ReadonlyMap<string, Connector>, object: string): Sentence | null {
  for (const { objects } of connectors.values()) {
    const declared = objects.find(({ id }) => id === object);
    if (declared !== undefined) return declared.titles;
  }
  return null;
}

/**
 * Records by their name, an address or an id, over all integrations that may be told of: each once, the exact id
 * first, then the latest.
 */
export async function findRecords(
  { database, connectors, syncs, titles }: FindRecordsParts,
  organisationId: string,
  sought: string,
  hidden: ReadonlySet<string>,
): Promise<Found[]> {
  const [names, integrations, named] = await Promise.all([
    integrationNames(database, organisationId),
    integrationsOf(database, organisationId),
    recordsNamed(database, organisationId, sought, { limit: MOST_NAMES, hidden }),
  ]);
  const open = names.map(({ id }) => id).filter((id) => !hidden.has(id));
  const objects = [...connectors.values()].flatMap((connector) => connector.objects.map(({ id }) => id));
  const ofId = await recordsOfId(database, organisationId, sought, { integrations: open, objects });
  const known = new Map(names.map((one) => [one.id, integrationTitle(one, titles)]));
  const sides = new Map(
    integrations.flatMap((of) => {
      const flow = syncs.get(of.flow);
      const sync = flow && syncFor(flow, of);
      return sync ? [[of.id, { left: sync.left.object.id, right: sync.right.object.id }] as const] : [];
    }),
  );
  const objectOf = ({ object, part, integration }: NamedRecord): string | null =>
    part === 'left' || part === 'right' ? (sides.get(integration ?? '')?.[part] ?? null) : object;
  const records = new Map<string, Found>();
  const add = ({ object, id }: RecordRef, one: NamedRecord | null): void => {
    const key = `${object} ${id}`;
    const found = records.get(key) ?? {
      object,
      id,
      titles: objectTitles(connectors, object),
      label: null,
      integrations: [],
      at: null,
    };
    const by = one?.integration ?? null;
    const isNew = by !== null && !found.integrations.some((told) => told.id === by);
    records.set(key, {
      ...found,
      label: found.label ?? (one?.label || null),
      at: found.at ?? one?.at.toISOString() ?? null,
      integrations: isNew
        ? [...found.integrations, { id: by, titles: known.get(by) ?? { en: by, fr: by } }]
        : found.integrations,
    });
  };
  for (const ref of ofId) add(ref, null);
  for (const one of named) {
    const object = objectOf(one);
    if (object !== null) add({ object, id: one.id }, one);
  }
  return [...records.values()].slice(0, MOST_RECORDS);
}
