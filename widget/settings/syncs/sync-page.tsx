import { useQuery } from '@tanstack/react-query';
import { type ComponentType, lazy, Suspense, useEffect, useRef } from 'react';
import type { SyncDetail } from '../../../server/api/contract.ts';
import type { Texts } from '../../language/english.ts';
import { useSpeech } from '../../language/language.tsx';
import { Loading } from '../../pieces/loading.tsx';
import { ProblemNotice } from '../../pieces/problem-notice.tsx';
import { hrefOf, useAddress } from '../address.ts';
import { ConflictsTab } from './conflicts-tab.tsx';
import { ExcludedTab } from './excluded-tab.tsx';
import { HistoryTab } from './history-tab.tsx';
import { OverviewTab } from './overview-tab.tsx';
import { PreviewTab } from './preview-tab.tsx';
import { RecordsTab } from './records-tab.tsx';
import { ShelfTab } from './shelf-tab.tsx';
import { StatusLine } from './status-line.tsx';
import { oneSync } from './sync-queries.ts';
import { WorkInHand } from './work-in-hand.tsx';

export type TabProps = { readonly sync: SyncDetail };

// The choice of a field among hundreds is the heaviest piece of all.
const MappingTab = lazy(() => import('./mapping/mapping-tab.tsx'));

/** Every part of a sync's page, in order. */
const TABS = {
  overview: OverviewTab,
  mapping: MappingTab,
  preview: PreviewTab,
  records: RecordsTab,
  conflicts: ConflictsTab,
  excluded: ExcludedTab,
  shelf: ShelfTab,
  history: HistoryTab,
} as const satisfies Partial<Record<keyof Texts['syncs']['tabs'], ComponentType<TabProps>>>;

type TabName = keyof typeof TABS;
const isTab = (name: string | null): name is TabName => name !== null && Object.hasOwn(TABS, name);

/** One sync: what it does, how it stands, and everything that can be done about it. */
export function SyncPage({ id }: { id: string }) {
  const { texts, say } = useSpeech();
  const { search } = useAddress();
  const { data: sync, error, refetch } = useQuery(oneSync(id));
  const wish = search.get('tab');
  const tab = isTab(wish) ? wish : 'overview';
  const title = useRef<HTMLHeadingElement>(null);
  const tabs = useRef<HTMLElement>(null);
  const Tab: ComponentType<TabProps> = TABS[tab];

  useEffect(() => {
    if (sync) document.title = `${say(sync.titles)} · Liaison`;
  }, [sync, say]);
  useEffect(() => {
    // Opened from the list: its link is gone.
    if (document.activeElement === document.body) title.current?.focus({ preventScroll: true });
  }, []);

  const isKnown = sync !== undefined;
  useEffect(() => {
    // On a narrow screen the tabs are wider than it: the one that is open must not stand out of sight.
    const open = isKnown && tabs.current?.querySelector(`[data-tab="${tab}"]`);
    if (open) open.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [tab, isKnown]);

  return (
    <div className="page wide syncs">
      <p>
        <a href={hrefOf('syncs')}>← {texts.syncs.back}</a>
      </p>
      <h1 ref={title} tabIndex={-1}>
        {sync ? say(sync.titles) : id}
      </h1>
      {error && !sync && <ProblemNotice error={error} retry={() => void refetch()} />}
      {!sync && !error && <Loading />}
      {sync && (
        <>
          <StatusLine sync={sync} />
          <WorkInHand sync={sync} />
          <nav ref={tabs} className="tabs" aria-label={texts.syncs.tabs.label}>
            {Object.keys(TABS).map((name) => (
              <a
                key={name}
                data-tab={name}
                href={hrefOf('syncs', { sync: id, tab: name === 'overview' ? null : name })}
                aria-current={name === tab ? 'page' : undefined}
              >
                {texts.syncs.tabs[name as TabName]}
                <Badge sync={sync} tab={name as TabName} />
              </a>
            ))}
          </nav>
          <Suspense fallback={<Loading />}>
            <Tab sync={sync} />
          </Suspense>
        </>
      )}
    </div>
  );
}

const COUNTED = { conflicts: 'conflicts', excluded: 'excluded', shelf: 'failing' } as const;

/** How many are there that a person may want to see to. */
function Badge({ sync: { counts }, tab }: TabProps & { tab: TabName }) {
  const { formats } = useSpeech();
  const count = tab in COUNTED ? counts[COUNTED[tab as keyof typeof COUNTED]] : 0;
  return count === 0 ? null : <span className="badge">{formats.number(count)}</span>;
}
