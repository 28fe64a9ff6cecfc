import type { SyncDetail, SyncRecord } from '../../../server/api/contract.ts';
import type { Side } from '../../../server/core/sync/mapping.ts';
import { call } from '../../api/client.ts';
import { useSpeech } from '../../language/language.tsx';
import { ProblemNotice } from '../../pieces/problem-notice.tsx';
import { useIsAdmin } from '../me.tsx';
import { useFailureText } from './failure-text.ts';
import { useFieldName, useSideName } from './field-names.ts';
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
  const failureText = useFailureText(sync.id);
  const admin = useIsAdmin();
  const sideName = useSideName(sync);
  const name = nameOf(record, say);
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
      {record.failure && <p className="wrong">{failureText(record.failure)}</p>}
      {admin && record.state === 'alone' && missing !== null && (
        <HandLink sync={sync} record={record} side={missing === 'left' ? 'right' : 'left'} />
      )}
      {record.state === 'differing' && <Differing sync={sync} record={record} />}
      {record.exclusion && <Exclusion sync={sync} record={record} exclusion={record.exclusion} />}
    </div>
  );
}

interface ExclusionProps {
  readonly sync: SyncDetail;
  readonly record: SyncRecord;
  readonly exclusion: NonNullable<SyncRecord['exclusion']>;
}

/** In what a pair differs since an undo, and the way to have it equal again. */
function Differing({ sync, record }: { sync: SyncDetail; record: SyncRecord }) {
  const { texts } = useSpeech();
  const fieldName = useFieldName(sync.id);
  const fields = record.differing.map((field) => fieldName('left', field)).join(', ');
  return (
    <div className="record-why">
      <p>{texts.syncs.records.differing(fields)}</p>
      <Include sync={sync} record={record} side="left" />
    </div>
  );
}

/** Takes one record back in. */
function Include({ sync, record, side }: { sync: SyncDetail; record: SyncRecord; side: Side }) {
  const { texts, say } = useSpeech();
  const admin = useIsAdmin();
  const words = texts.syncs.records;
  const include = useSyncAction(() =>
    call('includeSyncRecord', { params: { id: sync.id, side, record: record[side]?.id ?? '' } }),
  );
  if (!admin) return null;
  return (
    <>
      {include.error && <ProblemNotice error={include.error} />}
      <button
        type="button"
        className="small"
        disabled={include.isPending}
        aria-label={words.includeNamed(nameOf(record, say))}
        onClick={() => include.mutate()}
      >
        {words.include}
      </button>
    </>
  );
}

/** Why a record takes no part, and the way back in. */
function Exclusion({ sync, record, exclusion }: ExclusionProps) {
  const { say } = useSpeech();
  const admin = useIsAdmin();
  const { side } = exclusion;
  return (
    <div className="record-why">
      <p>{say(exclusion.sentence)}</p>
      {exclusion.canInclude && <Include sync={sync} record={record} side={side} />}
      {admin && exclusion.canInclude && record.link === null && (
        <HandLink sync={sync} record={record} side={side} />
      )}
    </div>
  );
}
