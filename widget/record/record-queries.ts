import { type QueryClient, useMutation, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import type { RecordCard, RecordPage } from '../../server/api/contract.ts';
import { call } from '../api/client.ts';

export interface RecordAddress {
  readonly module: string;
  readonly id: string;
}

const keyOf = ({ module, id }: RecordAddress) => ['record', module, id] as const;

export const RECORD_KEYS = {
  all: ['record'] as const,
  page: (record: RecordAddress) => [...keyOf(record), 'page'] as const,
  now: (record: RecordAddress) => [...keyOf(record), 'now'] as const,
  cards: (record: RecordAddress) => [...keyOf(record), 'card'] as const,
  card: (record: RecordAddress, connector: string) => [...keyOf(record), 'card', connector] as const,
  activity: (record: RecordAddress) => [...keyOf(record), 'activity'] as const,
  /** Looked at again whenever the activity is. */
  why: (record: RecordAddress) => [...keyOf(record), 'activity', 'why'] as const,
};

/** A vendor that is down is asked again this often, for as long as somebody looks. */
const ASK_AGAIN_MS = 30_000;

/** What is kept of the record, at once; then what the CRM says now takes its place. */
export function useRecord(record: RecordAddress) {
  const queries = useQueryClient();
  const page = useQuery({
    queryKey: RECORD_KEYS.page(record),
    queryFn: () => call('getRecord', { params: { ...record }, query: {} }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  useQuery({
    queryKey: RECORD_KEYS.now(record),
    queryFn: async () => {
      const now = await call('getRecord', { params: { ...record }, query: { fresh: 'true' } });
      queries.setQueryData(RECORD_KEYS.page(record), now);
      return now.at;
    },
    enabled: page.data !== undefined,
  });
  return page;
}

/** A card as it is known now, and what is being done about it. */
export interface KnownCard {
  readonly card: RecordCard;
  /** Liaison itself could not be asked. */
  readonly error: Error | null;
  readonly isAsking: boolean;
  readonly ask: () => void;
}

/**
 * Cards as they are kept, each until its vendor has answered: none waits for another.
 *
 * @param wanted false: nobody is asked, and what is kept stands.
 */
export function useCards(record: RecordAddress, kept: readonly RecordCard[], wanted: boolean): KnownCard[] {
  return useQueries({
    queries: kept.map(({ connector, state: known }) => ({
      queryKey: RECORD_KEYS.card(record, connector.id),
      queryFn: () => call('getRecordCard', { params: { ...record, connector: connector.id } }),
      enabled: wanted && isAsked(known),
      refetchInterval: ({ state }: { state: { data?: RecordCard | undefined; status: string } }) =>
        state.data?.state === 'failing' || state.status === 'error' ? ASK_AGAIN_MS : (false as const),
    })),
    combine: (answers) =>
      kept.map((card, index) => {
        const answer = answers[index];
        if (answer === undefined || !isAsked(card.state)) return { card, ...UNASKED };
        return {
          card: answer.data ?? card,
          error: answer.error,
          isAsking: answer.isFetching,
          ask: () => void answer.refetch(),
        };
      }),
  });
}

/** What is not connected is not asked. */
const isAsked = (state: RecordCard['state']): boolean => state !== 'absent' && state !== 'reconnect';
const UNASKED = { error: null, isAsking: false, ask: () => undefined };

export function useActivity(record: RecordAddress) {
  return useQuery({
    queryKey: RECORD_KEYS.activity(record),
    queryFn: () => call('getRecordActivity', { params: { ...record } }),
  });
}

/** Does what a card offers; the answer is the card as it is then. */
export function useAct(record: RecordAddress, connector: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (action: string) => call('actOnRecord', { params: { ...record, connector, action } }),
    onSuccess(card) {
      queries.setQueryData(RECORD_KEYS.card(record, connector), card);
      void queries.invalidateQueries({ queryKey: RECORD_KEYS.activity(record) });
    },
  });
}

/** Makes the record's syncs look, and asks everybody again. */
export function useSyncNow(record: RecordAddress) {
  const queries = useQueryClient();
  return useMutation({
    async mutationFn() {
      await call('syncRecord', { params: { ...record } });
      await queries.invalidateQueries({ queryKey: RECORD_KEYS.now(record) });
      await Promise.all([askAgain(queries, record), lookAgain(queries, record)]);
    },
  });
}

/** Asks these vendors again, or all of them. */
export function askAgain(
  queries: QueryClient,
  record: RecordAddress,
  connectors?: readonly string[],
): Promise<unknown> {
  if (connectors === undefined) return queries.invalidateQueries({ queryKey: RECORD_KEYS.cards(record) });
  return Promise.all(
    connectors.map((id) => queries.invalidateQueries({ queryKey: RECORD_KEYS.card(record, id) })),
  );
}

export const lookAgain = (queries: QueryClient, record: RecordAddress): Promise<unknown> =>
  queries.invalidateQueries({ queryKey: RECORD_KEYS.activity(record) });

/** Cards that are read together, in the order of the page. */
export function groupsOf(page: RecordPage): { id: string; cards: RecordCard[] }[] {
  const groups = new Map<string, RecordCard[]>();
  for (const card of page.cards) groups.set(card.group, [...(groups.get(card.group) ?? []), card]);
  return [...groups].map(([id, cards]) => ({ id, cards }));
}
