import { useEffect, useId, useRef, useState } from 'react';
import type { SyncDetail, SyncRecord, SyncRecordState } from '../../../server/api/contract.ts';
import { call } from '../../api/client.ts';
import { useSpeech } from '../../language/language.tsx';
import { useMediaQuery } from '../../pieces/media-query.ts';
import { ProblemNotice } from '../../pieces/problem-notice.tsx';
import { go, hrefOf, useAddress } from '../address.ts';
import { useIsAdmin } from '../me.tsx';
import { useSideName } from './field-names.ts';
import { HandLink } from './hand-link.tsx';
import { LinkPanel } from './link-panel.tsx';
import { Nothing } from './nothing.tsx';
import { nameOf, RecordPages } from './record-pages.tsx';
import { useSyncAction } from './use-sync-action.ts';

/** Every state with the count that the status line shows for it. */
const COUNT_OF = {
  'in-sync': 'inSync',
  waiting: 'waiting',
  failing: 'failing',
  conflict: 'conflicts',
  differing: 'differing',
  excluded: 'excluded',
  alone: 'alone',
} as const satisfies Record<SyncRecordState, keyof SyncDetail['counts']>;
const STATES = Object.keys(COUNT_OF) as SyncRecordState[];

const TYPING_MS = 300;
/** Where there is room for a record beside the list. */
const BESIDE = '(min-width: 62rem)';

/** Linked pairs, and records without a link: filtered, searched, and opened one by one. */
export function RecordsTab({ sync }: { sync: SyncDetail }) {
  const { texts } = useSpeech();
  const words = texts.syncs.records;
  const { search } = useAddress();
  const wish = search.get('state');
  const state = STATES.find((one) => one === wish);
  const wanted = search.get('search') ?? '';
  const open = search.get('link');
  const hrefWith = (changed: Record<string, string | null>) =>
    hrefOf('syncs', {
      sync: sync.id,
      tab: 'records',
      state: state ?? null,
      search: wanted,
      link: open,
      ...changed,
    });
  const covered = !useMediaQuery(BESIDE) && open !== null;
  useFocusReturn(open);
  const filter = { state, ...(wanted !== '' && { search: wanted }) };
  return (
    <section className={open === null ? 'tab' : 'tab with-link'} aria-label={texts.syncs.tabs.records}>
      <div className="tab-list" inert={covered}>
        <StateFilter
          sync={sync}
          state={state}
          choose={(chosen) => go(hrefWith({ state: chosen, link: null }))}
        />
        <SearchField
          value={wanted}
          choose={(typed) => go(hrefWith({ search: typed, link: null }), { replace: true })}
        />
        <RecordPages
          syncId={sync.id}
          filter={filter}
          label={words.list}
          empty={
            state !== undefined || wanted !== '' ? (
              <div className="nothing">
                <h2>{words.noMatch}</h2>
                <button type="button" onClick={() => go(hrefWith({ search: null, state: null }))}>
                  {words.clear}
                </button>
              </div>
            ) : (
              <Nothing title={words.none} hint={words.noneHint} />
            )
          }
          row={(record) => (
            <RecordRow
              sync={sync}
              record={record}
              href={record.link === null ? null : hrefWith({ link: record.link })}
              open={record.link !== null && record.link === open}
            />
          )}
        />
      </div>
      {open !== null && (
        <LinkPanel key={open} sync={sync} id={open} close={() => go(hrefWith({ link: null }))} />
      )}
    </section>
  );
}

/** When a record is closed, the focus goes back to its row. */
function useFocusReturn(open: string | null): void {
  const before = useRef(open);
  useEffect(() => {
    const closed = before.current;
    before.current = open;
    if (closed === null || open !== null || document.activeElement !== document.body) return;
    document.getElementById(linkId(closed))?.focus();
  }, [open]);
}

const linkId = (link: string): string => `link-${link}`;

interface StateFilterProps {
  readonly sync: SyncDetail;
  readonly state: SyncRecordState | undefined;
  readonly choose: (state: string | null) => void;
}

function StateFilter({ sync, state, choose }: StateFilterProps) {
  const { texts, formats } = useSpeech();
  return (
    <fieldset className="chips" aria-label={texts.syncs.records.filter}>
      <button type="button" aria-pressed={state === undefined} onClick={() => choose(null)}>
        {texts.syncs.states.any}
      </button>
      {STATES.filter((one) => sync.counts[COUNT_OF[one]] > 0 || one === state).map((one) => (
        <button key={one} type="button" aria-pressed={one === state} onClick={() => choose(one)}>
          {texts.syncs.states[one]}{' '}
          <span className="count">{formats.number(sync.counts[COUNT_OF[one]])}</span>
        </button>
      ))}
    </fieldset>
  );
}

function SearchField({ value, choose }: { value: string; choose: (typed: string) => void }) {
  const { texts } = useSpeech();
  const id = useId();
  const [typed, setTyped] = useState(value);
  const [shown, setShown] = useState(value);
  const latest = useRef(choose);
  latest.current = choose;
  if (value !== shown) {
    // The address changed from elsewhere (back, clear).
    setShown(value);
    setTyped(value);
  }
  useEffect(() => {
    if (typed.trim() === value) return;
    const timer = setTimeout(() => latest.current(typed.trim()), TYPING_MS);
    return () => clearTimeout(timer);
  }, [typed, value]);
  return (
    <search className="filters">
      <label htmlFor={id}>
        <span>{texts.syncs.records.search}</span>
        <input
          id={id}
          type="search"
          value={typed}
          maxLength={200}
          placeholder={texts.syncs.records.searchHint}
          onChange={(event) => setTyped(event.target.value)}
        />
      </label>
    </search>
  );
}

interface RecordRowProps {
  readonly sync: SyncDetail;
  readonly record: SyncRecord;
  readonly href: string | null;
  readonly open: boolean;
}

function RecordRow({ sync, record, href, open }: RecordRowProps) {
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
