import { useEffect, useRef } from 'react';
import type { SyncDetail, SyncRecordState } from '../../../server/api/contract.ts';
import { useSpeech } from '../../language/language.tsx';
import { useMediaQuery } from '../../pieces/media-query.ts';
import { go, hrefOf, useAddress } from '../address.ts';
import { IncludeAll } from './include-all.tsx';
import { LinkPanel } from './link-panel.tsx';
import { Nothing } from './nothing.tsx';
import { RecordPages } from './record-pages.tsx';
import { linkId, RecordRow } from './record-row.tsx';
import { SearchField } from './search-field.tsx';

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
          hint={words.searchHint}
          choose={(typed) => go(hrefWith({ search: typed, link: null }), { replace: true })}
        />
        {state === 'differing' && <IncludeAll sync={sync} />}
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
