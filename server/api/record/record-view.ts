import type { Connector } from '../../core/connector.ts';
import type { LiaisonError } from '../../core/errors.ts';
import type { CardData } from '../../core/record-card.ts';
import type { Sentence } from '../../core/sentence.ts';
import { storedError } from '../../engine/stored-error.ts';
import type { ActEntry, SyncWriteEntry } from '../../store/record-history.ts';
import type { LoggedRun } from '../../store/run-log.ts';
import type { RecordActivity, RecordCard } from '../contract.ts';
import { failureOf } from '../log/run-view.ts';

/** One card as the page is told of it. */
export function cardView(
  connector: Connector,
  connectors: ReadonlyMap<string, Connector>,
  known: {
    readonly state: RecordCard['state'];
    readonly data: CardData | null;
    readonly at: Date | null;
    readonly error?: LiaisonError;
  },
): RecordCard {
  const group = connector.card?.group ?? connector.id;
  const members = [...connectors.values()].filter(({ card }) => card?.group === group);
  const titles = members.find(({ card }) => card?.groupTitles)?.card?.groupTitles;
  return {
    connector: { id: connector.id, titles: connector.titles },
    group,
    groupTitles: titles ?? connectors.get(group)?.titles ?? connector.titles,
    state: known.state,
    data: known.data === null ? null : shown(known.data),
    at: known.at?.toISOString() ?? null,
    error: known.error === undefined ? null : failureView(known.error),
  };
}

export const failureView = (error: LiaisonError) => failureOf(storedError(error));

/** Without what is for the server alone. */
function shown({ refs: _refs, ...data }: CardData): NonNullable<RecordCard['data']> {
  return structuredClone(data) as NonNullable<RecordCard['data']>;
}

type Entry = RecordActivity['entries'][number];

export function runEntry(run: LoggedRun, titles: Sentence): Entry {
  const failed = run.state === 'shelved';
  const sentence = run.summary ?? run.error?.sentence ?? UNDER_WAY;
  return {
    id: `run ${run.id}`,
    kind: 'run',
    titles,
    sentence,
    state: failed ? 'failed' : run.state === 'done' ? 'done' : 'waiting',
    runState: run.state,
    at: (run.finishedAt ?? run.createdAt).toISOString(),
    by: null,
  };
}

const UNDER_WAY: Sentence = { en: 'Under way.', fr: 'En cours.' };

const fieldCount = (count: number): Sentence => ({
  en: count === 1 ? '1 field' : `${count} fields`,
  fr: count === 1 ? '1 champ' : `${count} champs`,
});

/** @param where what the records of the written side are called, plural. */
export function writeEntry(write: SyncWriteEntry, titles: Sentence, where: Sentence): Entry {
  const fields = fieldCount(write.fields.length);
  const done: Readonly<Record<SyncWriteEntry['operation'], Sentence>> = {
    create: { en: `Created among the ${where.en}.`, fr: `Créée parmi\u00a0: ${where.fr}.` },
    update: {
      en: `${fields.en} updated in ${where.en}.`,
      fr: `${fields.fr} mis à jour dans\u00a0: ${where.fr}.`,
    },
    remove: { en: `Removed from ${where.en}.`, fr: `Retirée de\u00a0: ${where.fr}.` },
  };
  return {
    id: `sync ${write.id}`,
    kind: 'sync',
    titles,
    sentence: write.state === 'failed' ? (write.error?.sentence ?? UNDER_WAY) : done[write.operation],
    state: write.state === 'failed' ? 'failed' : write.undone ? 'undone' : 'done',
    runState: null,
    at: write.at.toISOString(),
    by: null,
  };
}

export function actEntry(act: ActEntry, titles: Sentence): Entry {
  return {
    id: `act ${act.id}`,
    kind: 'act',
    titles,
    sentence: act.sentence,
    state: 'done',
    runState: null,
    at: act.at.toISOString(),
    by: act.userName,
  };
}
