import { useQuery } from '@tanstack/react-query';
import type { SyncSummary } from '../../../server/api/contract.ts';
import type { Side } from '../../../server/core/sync/mapping.ts';
import { useSpeech } from '../../language/language.tsx';
import { syncFields } from './sync-queries.ts';

export type FieldName = (side: Side, field: string) => string;

/** What fields are called; a vendor that cannot be asked leaves them under their own ids. Until it answers: “…”. */
export function useFieldName(syncId: string): FieldName {
  const { say } = useSpeech();
  const { data, isPending } = useQuery({ ...syncFields(syncId), retry: false });
  return (side, id) => {
    if (isPending) return '…';
    const found = data?.[side].fields?.find((field) => field.id === id);
    return found === undefined ? id : say(found.titles);
  };
}

/** What the records of each side are called. */
export function useSideName(sync: Pick<SyncSummary, 'left' | 'right'>): (side: Side) => string {
  const { say } = useSpeech();
  return (side) => say(sync[side].titles);
}
