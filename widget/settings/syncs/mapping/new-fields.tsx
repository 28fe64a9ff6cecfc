import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { SyncFields } from '../../../../server/api/contract.ts';
import type { Side } from '../../../../server/core/sync/mapping.ts';
import { call } from '../../../api/client.ts';
import { useSpeech } from '../../../language/language.tsx';
import { ProblemNotice } from '../../../pieces/problem-notice.tsx';
import { SYNC_KEYS } from '../sync-keys.ts';
import { type Draft, type Row, withRows } from './mapping-draft.ts';

interface NewFieldsProps {
  readonly syncId: string;
  readonly draft: Draft;
  readonly offered: SyncFields;
  readonly sideName: (side: Side) => string;
  readonly onChange: (draft: Draft) => void;
}

const OTHER = { left: 'right', right: 'left' } as const;

/** What one side tells and no row carries over yet, where the other side can make fields to hold it. */
export function NewFields({ syncId, draft, offered, sideName, onChange }: NewFieldsProps) {
  const { texts, say } = useSpeech();
  const words = texts.syncs.mapping;
  const queries = useQueryClient();
  const make = useMutation({
    mutationFn: (wish: { side: Side; holding: string[] }) =>
      call('makeSyncFields', { params: { id: syncId }, body: wish }),
    async onSuccess({ fields }, { side }) {
      await queries.invalidateQueries({ queryKey: SYNC_KEYS.allFields(syncId) });
      const rows = fields.map(({ holding, id }): Row => {
        const ids = side === 'right' ? { left: holding, right: id } : { left: id, right: holding };
        return { ...ids, direction: `to-${side}`, master: OTHER[side], blank: 'leave' };
      });
      onChange(withRows(draft, rows));
    },
  });
  return (['right', 'left'] as const).map((side) => {
    const source = OTHER[side];
    const mapped = new Set(draft.rows.map((row) => row[source]));
    const open = (offered[source].fields ?? []).filter(
      ({ id, newName }) => newName !== null && !mapped.has(id),
    );
    if (!offered[side].takesNewFields || open.length === 0) return null;
    return (
      <div key={side} className="new-fields">
        <p>
          {words.untold(sideName(source))}{' '}
          <strong>{open.map(({ titles }) => say(titles)).join(' · ')}</strong>
        </p>
        <button
          type="button"
          className="small"
          disabled={make.isPending}
          onClick={() => make.mutate({ side, holding: open.map(({ id }) => id) })}
        >
          {make.isPending ? words.making : words.make(open.length, sideName(side))}
        </button>
        <p className="quiet">{words.makeHint(sideName(side))}</p>
        {make.error && <ProblemNotice error={make.error} />}
      </div>
    );
  });
}
