import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { TryRecords } from '../../../server/api/contract.ts';
import { call } from '../../api/client.ts';

/** A record that a try is offered on. */
export type OfferedRecord = NonNullable<TryRecords['records']>[number];

/**
 * One try at a time: another one, and leaving the page, ends the one before.
 *
 * @param unsaved what stands in the form and is not saved; null: nothing.
 */
export function useTry(integration: string, unsaved: Readonly<Record<string, unknown>> | null) {
  const stop = useRef<AbortController | null>(null);
  useEffect(() => () => stop.current?.abort(), []);
  const trying = useMutation({
    mutationFn: ({ id }: OfferedRecord) =>
      call('tryIntegration', {
        params: { id: integration },
        body: { record: id, ...(unsaved !== null && { settings: unsaved }) },
        ...(stop.current && { signal: stop.current.signal }),
      }),
  });
  return {
    trying,
    start(record: OfferedRecord) {
      stop.current?.abort();
      stop.current = new AbortController();
      trying.mutate(record);
    },
    cancel() {
      stop.current?.abort();
      trying.reset();
    },
  };
}
