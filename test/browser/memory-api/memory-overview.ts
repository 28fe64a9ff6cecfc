import { applicationView } from '../../../server/api/connections/application-view.ts';
import type {
  Integration,
  OfferedFlow,
  Overview,
  RunState,
  RunSummary,
} from '../../../server/api/contract.ts';
import { standingOf } from '../../../server/api/integrations/standing.ts';
import { connectors } from '../../../server/connectors/index.ts';

const known = new Map(connectors.map((connector) => [connector.id, connector]));

export const applicationsOf = (connections: Integration['connections']): OfferedFlow['applications'] =>
  Object.values(connections).flatMap(({ connector }) =>
    connector === null ? [] : [{ ...applicationView(known, connector.id), titles: connector.titles }],
  );

/** What the list says of integrations that are held in memory: all runs are today's. */
export function memoryOverview(all: readonly Integration[], runs: readonly RunSummary[]): Overview {
  const count = (id: string, state: RunState) =>
    runs.filter((run) => run.integration.id === id && run.state === state).length;
  return {
    since: '2026-01-01T00:00:00.000Z',
    integrations: all.map((one) => {
      const { id, flow, name, titles, owner, enabled, connections, kind, direction } = one;
      return {
        ...{ id, flow, name, titles, owner, enabled, connections, kind, direction },
        applications: applicationsOf(connections),
        person: owner === 'person' ? { name: 'Claire Fontaine' } : null,
        standing: standing(one, count(id, 'shelved')),
        fresh: null,
        today: {
          done: count(id, 'done'),
          skipped: count(id, 'skipped'),
          shelved: count(id, 'shelved'),
          open: count(id, 'waiting') + count(id, 'running'),
          written: 0,
          refused: 0,
        },
      };
    }),
  };
}

function standing(one: Integration, shelved: number) {
  const { enabled, connections } = one;
  const always = { enabled, connections, offSince: null, wasOn: true };
  if (one.kind === 'automation')
    return standingOf({ ...always, failure: one.looks?.failure ?? null, shelved, sync: null });
  const { phase, begun, counts, pause, error } = one;
  return standingOf({
    ...always,
    failure: error?.sentence ?? null,
    shelved: counts.failing,
    sync: {
      phase,
      begun,
      conflicts: counts.conflicts,
      pause: pause && {
        isByPerson: pause.code === 'admin' || pause.code === 'undo',
        sentence: pause.sentence,
      },
    },
  });
}
