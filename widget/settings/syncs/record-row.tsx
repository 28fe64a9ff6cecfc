import type { SyncDetail, SyncRecord } from '../../../server/api/contract.ts';
import { call } from '../../api/client.ts';
import { useSpeech } from '../../language/language.tsx';
import { ProblemNotice } from '../../pieces/problem-notice.tsx';
import { useIsAdmin } from '../me.tsx';
import { useSideName } from './field-names.ts';
import { HandLink } from './hand-link.tsx';
import { nameOf } from './record-pages.tsx';
import { useSyncAction } from './use-sync-action.ts';

interface RecordRowProps {
  readonly sync: SyncDetail;
  readonly record: SyncRecord;
  /** Where the pair opens; none: it does not. */
  readonly href?: string | null;
  readonly open?: boolean;
}

/** Of the link of a pair in the list: the focus goes back there. */
export const linkId = (link: string): string => `link-${link}`;

/** One record or pair in a list: its state, its name, what is wrong, and what can be done. */
export function RecordRow({ sync, record, href = null, open = false }: RecordRowProps) {
  const { texts, say } = useSpeech();
  const admin = useIsAdmin();
  const sideName = useSideName(sync);
  const name = nameOf(record);
  const missing = record.left === null ? 'left' : record.right === null ? 'right' : null;
  return (
    <div className={open ? 'record open' : 'record'}>
      <span className={`state record-${record.state}`}>{texts.syncs.states[record.state]}</span>
      <span className="record-name">
        {href === null || record.link === null ? (
          name
        ) : (
          <a id={linkId(record.link)} href={href}>
            {name}
          </a>
        )}
        {missing !== null && (
          <span className="quiet">
            {' '}
            {sideName(missing === 'left' ? 'right' : 'left')}, {texts.syncs.records.nowhere}
          </span>
        )}
      </span>
      {record.failure && <p className="wrong">{say(record.failure.sentence)}</p>}
      {admin && record.state === 'alone' && missing !== null && (
        <HandLink sync={sync} record={record} side={missing === 'left' ? 'right' : 'left'} />
      )}
      {record.exclusion && <Exclusion sync={sync} record={record} exclusion={record.exclusion} />}
    </div>
  );
}

interface ExclusionProps {
  readonly sync: SyncDetail;
  readonly record: SyncRecord;
  readonly exclusion: NonNullable<SyncRecord['exclusion']>;
}

/** Why a record takes no part, and the way back in. */
function Exclusion({ sync, record, exclusion }: ExclusionProps) {
  const { texts, say } = useSpeech();
  const admin = useIsAdmin();
  const { side } = exclusion;
  const include = useSyncAction(() =>
    call('includeSyncRecord', { params: { id: sync.id, side, record: record[side]?.id ?? '' } }),
  );
  return (
    <div className="record-why">
      <p>{say(exclusion.sentence)}</p>
      {include.error && <ProblemNotice error={include.error} />}
      {admin && exclusion.canInclude && (
        <button
          type="button"
          className="small"
          disabled={include.isPending}
          aria-label={`${texts.syncs.records.include} : ${nameOf(record)}`}
          onClick={() => include.mutate()}
        >
          {texts.syncs.records.include}
        </button>
      )}
      {admin && exclusion.canInclude && record.link === null && (
        <HandLink sync={sync} record={record} side={side} />
      )}
    </div>
  );
}
