import { type ReactNode, useState } from 'react';
import { ApiError } from '../api/client.ts';
import { Speaking, useSpeech } from '../language/language.tsx';
import { ProblemNotice } from '../pieces/problem-notice.tsx';
import { SandboxLine } from '../pieces/sandbox-line.tsx';
import { ActivityCard } from './activity-card.tsx';
import { CardGroup } from './card-group.tsx';
import { FoldingByPerson } from './folding.tsx';
import { NotConnected } from './not-connected.tsx';
import { OWN_ZONE } from './own-zone.ts';
import { PersonalAsk } from './personal-ask.tsx';
import { isCrowded } from './quiet.ts';
import { RecordHead } from './record-head.tsx';
import { groupsOf, type RecordAddress, useActivity, useRecord } from './record-queries.ts';
import { useLiveRecord } from './use-live-record.ts';
import { useWho } from './who.tsx';
import { WhyCard } from './why-card.tsx';

export interface RecordScreenProps {
  /** API name of the module; null where the CRM names none. */
  readonly module: string | null;
  readonly recordIds: readonly string[];
  /** The language of the CRM's user, BCP 47. */
  readonly locale: string;
}

/** What a rep sees beside the records that the CRM's page is about. */
export function RecordScreen({ module, recordIds, locale }: RecordScreenProps) {
  const who = useWho();
  const zone = who?.organisation.timeZone ?? OWN_ZONE;
  const [chosen, setChosen] = useState(0);
  const place = Math.min(chosen, recordIds.length - 1);
  const id = recordIds[place];
  if (module === null || id === undefined) return null;
  return (
    <Speaking locale={locale} timeZone={zone}>
      {who?.mode === 'sandbox' && <SandboxLine sandboxUrl={who.sandboxUrl} />}
      <main className="record">
        {recordIds.length > 1 && <Pager place={place} count={recordIds.length} go={setChosen} />}
        <FoldingByPerson>
          <OneRecord key={`${module} ${id}`} record={{ module, id }} />
        </FoldingByPerson>
      </main>
    </Speaking>
  );
}

function OneRecord({ record }: { record: RecordAddress }) {
  const { data: page, error, refetch } = useRecord(record);
  const activity = useActivity(record);
  const line = useLiveRecord(record);
  if (page === undefined && error) return <NoRecord error={error} retry={() => void refetch()} />;
  const standings = activity.data?.syncs ?? [];
  const groups = page === undefined ? [] : groupsOf(page);
  const isSurelyCrowded = isCrowded(groups.length, standings.length);
  // How many syncs there are is known with the activity: until then a quiet card may open later, and none folds.
  const crowded = activity.isPending || isSurelyCrowded;
  const absent = isSurelyCrowded ? groups.filter(isAbsent) : [];
  const [main, ...side] = groups.filter((group) => !absent.includes(group));
  return (
    <>
      <RecordHead record={record} page={page} line={line} standings={standings} />
      <PersonalAsk />
      <div className="record-cards">
        {page === undefined ? (
          <Placeholder />
        ) : (
          <>
            <Column name="main">
              {main && <CardGroup record={record} {...main} standings={standings} crowded={crowded} />}
            </Column>
            <Column name="side">
              {side.map((group) => (
                <CardGroup
                  key={group.id}
                  record={record}
                  {...group}
                  standings={standings}
                  crowded={crowded}
                />
              ))}
              {absent.length > 0 && <NotConnected cards={absent.flatMap(({ cards }) => cards)} />}
            </Column>
            <Column name="last">
              <ActivityCard
                activity={activity.data}
                error={activity.error}
                retry={() => void activity.refetch()}
              />
              <WhyCard record={record} />
            </Column>
          </>
        )}
      </div>
    </>
  );
}

const isAbsent = ({ cards }: ReturnType<typeof groupsOf>[number]): boolean =>
  cards.every(({ state, at }) => state === 'absent' && at === null);

const Column = ({ name, children }: { name: string; children: ReactNode }) => (
  <div className={`column-${name}`}>{children}</div>
);

function Placeholder() {
  const { texts } = useSpeech();
  return (
    <div className="record-card skeleton" role="status">
      <p className="unseen">{texts.shell.loading}</p>
      <span />
      <span />
      <span />
    </div>
  );
}

function NoRecord({ error, retry }: { error: Error; retry: () => void }) {
  const { texts } = useSpeech();
  if (error instanceof ApiError && error.problem?.status === 404) {
    return (
      <div className="nothing">
        <p>{texts.record.gone}</p>
        <p className="quiet">{texts.record.goneHint}</p>
      </div>
    );
  }
  return <ProblemNotice error={error} retry={retry} />;
}

function Pager({ place, count, go }: { place: number; count: number; go: (place: number) => void }) {
  const { texts } = useSpeech();
  return (
    <nav className="pager" aria-label={texts.record.facts}>
      <button type="button" className="small" disabled={place === 0} onClick={() => go(place - 1)}>
        {texts.record.previous}
      </button>
      <span aria-live="polite">{texts.record.several(place + 1, count)}</span>
      <button type="button" className="small" disabled={place === count - 1} onClick={() => go(place + 1)}>
        {texts.record.next}
      </button>
    </nav>
  );
}
