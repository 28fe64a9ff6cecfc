import { z } from 'zod';
import { FACT_TYPES, FACTS, isFactType } from '../../core/facts/facts.ts';
import { MESSAGES, toldOf } from '../../core/facts/message.ts';
import { integrationTitle } from '../../core/integration-title.ts';
import type { Sentence } from '../../core/sentence.ts';
import type { LoggedDispatch } from '../../store/dispatch-log.ts';
import type { ReceiverStanding } from '../../store/receivers.ts';
import type { Dispatch, Receiver, Receivers } from '../contract.ts';
import { failureOf } from '../log/run-view.ts';

/** What flows and syncs are called. */
export type FlowTitles = Parameters<typeof integrationTitle>[1];

const TEST_TITLES: Sentence = { en: 'Test', fr: 'Essai' };

let offered: Receivers['offered'] | null = null;

/** What receivers can be told of, made for whoever asks first. */
export function offeredFacts(): Receivers['offered'] {
  offered ??= FACT_TYPES.map((id) => {
    const { titles, says, version } = FACTS[id];
    return { id, titles, says, version, schema: z.toJSONSchema(MESSAGES[id].schema) };
  });
  return offered;
}

export const receiverView = (
  row: ReceiverStanding,
  applicationTitles: (id: string) => Sentence,
): Receiver => ({
  id: row.id,
  url: row.url,
  description: row.description,
  facts: [...row.facts],
  integrations: row.integrations === null ? null : [...row.integrations],
  state: row.state,
  failingSince: row.failingSince?.toISOString() ?? null,
  lastTakenAt: row.lastDoneAt?.toISOString() ?? null,
  waiting: row.waiting,
  failed: row.failed,
  twoSecretsUntil: row.twoUntil?.toISOString() ?? null,
  createdAt: row.createdAt.toISOString(),
  application:
    row.application === null ? null : { id: row.application, titles: applicationTitles(row.application) },
});

export const dispatchView = (row: LoggedDispatch, titles: FlowTitles): Dispatch => ({
  id: row.id,
  fact: row.fact,
  titles: isFactType(row.fact) ? FACTS[row.fact].titles : TEST_TITLES,
  integration: row.integration && {
    id: row.integration.id,
    titles: integrationTitle(row.integration, titles),
  },
  happenedAt: row.happenedAt.toISOString(),
  state: row.state,
  tries: row.tries,
  triedAt: row.triedAt?.toISOString() ?? null,
  dueAt: row.state === 'waiting' ? row.dueAt.toISOString() : null,
  status: row.status,
  answer: row.answer,
  error: row.error === null ? null : failureOf(row.error),
  message: toldOf(row),
});
