import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import type { SyncDetail, SyncRecord } from '../../../server/api/contract.ts';
import { otherSide, type Side } from '../../../server/core/sync/mapping.ts';
import { call } from '../../api/client.ts';
import { useSpeech } from '../../language/language.tsx';
import { ConfirmDialog } from '../../pieces/confirm-dialog.tsx';
import { ProblemNotice } from '../../pieces/problem-notice.tsx';
import { useSideName } from './field-names.ts';
import { nameOf } from './record-pages.tsx';
import { SYNC_KEYS } from './sync-keys.ts';
import { useSyncAction } from './use-sync-action.ts';

/** Lets a person say which record of the other side is the same as this one. */
export function HandLink({ sync, record, side }: { sync: SyncDetail; record: SyncRecord; side: Side }) {
  const { texts, say } = useSpeech();
  const [asking, setAsking] = useState(false);
  const words = texts.syncs.records;
  return (
    <>
      <button
        type="button"
        className="small"
        aria-label={words.linkNamed(nameOf(record, say))}
        onClick={() => setAsking(true)}
      >
        {words.link}
      </button>
      {asking && <LinkDialog sync={sync} record={record} side={side} close={() => setAsking(false)} />}
    </>
  );
}

interface LinkDialogProps {
  readonly sync: SyncDetail;
  readonly record: SyncRecord;
  readonly side: Side;
  readonly close: () => void;
}

const SHOWN = 20;

function LinkDialog({ sync, record, side, close }: LinkDialogProps) {
  const { texts, say } = useSpeech();
  const words = texts.syncs.records;
  const sideName = useSideName(sync);
  const there = otherSide(side);
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  const search = useDeferredValue(typed.trim());
  const query = { unlinked: there, limit: SHOWN, ...(search !== '' && { search }) };
  const { data, error } = useQuery({
    queryKey: SYNC_KEYS.records(sync.id, query),
    queryFn: () => call('listSyncRecords', { params: { id: sync.id }, query }),
  });
  const link = useSyncAction((other: string) => {
    const own = record[side]?.id ?? '';
    const body = side === 'left' ? { left: own, right: other } : { left: other, right: own };
    return call('linkSyncRecords', { params: { id: sync.id }, body });
  });
  return (
    <ConfirmDialog
      title={words.linkTitle(nameOf(record, say))}
      yes={words.linkYes}
      busy={chosen === null || link.isPending}
      onCancel={close}
      onYes={() => chosen !== null && link.mutate(chosen, { onSuccess: close })}
    >
      <p>{words.linkHint}</p>
      <label className="setting">
        <span>{words.search}</span>
        <input
          type="search"
          value={typed}
          maxLength={200}
          placeholder={words.searchHint}
          onChange={(event) => setTyped(event.target.value)}
        />
      </label>
      {error && <ProblemNotice error={error} />}
      <fieldset className="candidates" aria-label={sideName(there)}>
        {data?.records.map((candidate) => {
          const other = candidate[there];
          return (
            other && (
              <label key={other.id} className="check">
                <input
                  type="radio"
                  name="candidate"
                  checked={chosen === other.id}
                  onChange={() => setChosen(other.id)}
                />
                <span>
                  {nameOf(candidate, say)} <code className="quiet">{other.id}</code>
                </span>
              </label>
            )
          );
        })}
        {data?.records.length === 0 && <p className="quiet">{words.linkNone}</p>}
      </fieldset>
      {link.error && <ProblemNotice error={link.error} />}
    </ConfirmDialog>
  );
}
