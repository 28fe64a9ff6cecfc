import { z } from 'zod';
import type { ZohoCrmClient } from '../../connectors/zoho-crm/client.ts';
import { isOfRecords, sweepRecords } from '../../connectors/zoho-crm/record-sweep.ts';
import { topicWhen } from '../../connectors/zoho-crm/rules.ts';
import { sweepStage } from '../../connectors/zoho-crm/stage-sweep.ts';
import type { Awaits, SweepResult, SweepSource } from '../../core/flow.ts';

/** When something is announced: a deal comes into a stage, a record of a module is made, or is made or changed. */
export type Occasion = 'reached' | 'created' | 'edited';

/** What an integration announces, whatever its flow calls its settings. */
export interface Announcement {
  /** API name of the module. */
  readonly module: string;
  readonly when: Occasion;
  /** Where it is `reached`. */
  readonly stage: string;
  readonly place: string;
  readonly template: string;
}

export const WON_TOPIC = 'Deals.workflow';
/** Any topic that `topicsOf` may give. */
export const ANY_TOPIC = /^\w+\.(workflow|insert|update)$/;

/** What begins it: a workflow rule for a stage, else what the CRM notifies of the module. */
export function topicsOf({ module, when }: Announcement): readonly string[] {
  if (when === 'reached') return [WON_TOPIC];
  return when === 'created' ? [`${module}.insert`] : [`${module}.insert`, `${module}.update`];
}

/** Where a filter may delay it: the edits by which a record begins to fit. */
export const editTopicsOf = ({ module, when }: Announcement): readonly string[] =>
  when === 'edited' ? [] : [`${module}.update`];

/** What is asked of the CRM for these topics. */
export const listensTo = (about: Announcement): readonly string[] =>
  about.when === 'reached' ? [topicWhen(WON_TOPIC, about.stage)] : topicsOf(about);

/** The cursor of a look for a stage that none has. */
const NO_STAGE = { stage: '', from: 0, known: [] };

/** What a look with a filter remembers: how far it is with each of both that it looks for. */
const bothSchema = z.strictObject({ occasion: z.unknown(), edits: z.unknown() });
/** From so far back edits are looked for, once something is waited for: looks are closer to each other than this. */
const EDITS_BACK_MS = 3_600_000;

type Since = Pick<SweepSource<unknown>, 'cursor' | 'onForMs' | 'graceMs'>;

/**
 * Finds what no delivery told of; with a filter also the edits of records that it waits for. Another occasion, module
 * or stage than at the last look begins now.
 */
export async function look(
  client: ZohoCrmClient,
  about: Announcement,
  { awaits, ...since }: Since & Pick<SweepSource<unknown>, 'awaits'>,
): Promise<SweepResult> {
  const both = bothSchema.safeParse(since.cursor);
  const before = both.success ? both.data : { occasion: since.cursor, edits: null };
  const occasions = await lookForOccasions(client, about, { ...since, cursor: before.occasion ?? null });
  if (awaits === null || about.when === 'edited') return occasions;
  // Where nothing is waited for the CRM is not asked: what is from then on is edited later.
  const edits = (await awaits.any())
    ? await lookForEdits(client, about, awaits, { ...since, cursor: before.edits ?? null })
    : { events: [], cursor: null };
  return {
    ...occasions,
    events: [...occasions.events, ...edits.events],
    cursor: { occasion: occasions.cursor, edits: edits.cursor },
  };
}

async function lookForEdits(
  client: ZohoCrmClient,
  { module }: Announcement,
  awaits: Awaits,
  since: Since,
): Promise<SweepResult> {
  const found = await sweepRecords(
    client,
    { module, field: 'Modified_Time', topic: `${module}.update` },
    { ...since, onForMs: Math.min(since.onForMs, EDITS_BACK_MS) },
  );
  const awaited = await awaits.among(found.events.flatMap(({ recordId }) => recordId ?? []));
  return { ...found, events: found.events.filter(({ recordId }) => awaited.has(recordId ?? '')) };
}

function lookForOccasions(
  client: ZohoCrmClient,
  { module, when, stage }: Announcement,
  since: Since,
): Promise<SweepResult> {
  if (when === 'reached') {
    const cursor = isOfRecords(since.cursor) ? NO_STAGE : since.cursor;
    return sweepStage(client, { stage, topic: WON_TOPIC }, { ...since, cursor });
  }
  // Under the topic of what was looked for: another integration may announce nothing but what is made.
  const sought =
    when === 'created'
      ? ({ field: 'Created_Time', topic: `${module}.insert` } as const)
      : ({ field: 'Modified_Time', topic: `${module}.update` } as const);
  return sweepRecords(client, { module, ...sought }, since);
}
