import { useQuery } from '@tanstack/react-query';
import type { SyncDetail } from '../../../server/api/contract.ts';
import { useSpeech } from '../../language/language.tsx';
import { Loading } from '../../pieces/loading.tsx';
import { ProblemNotice } from '../../pieces/problem-notice.tsx';
import { ForecastTables } from './forecast-tables.tsx';
import { NextStep } from './next-step.tsx';
import { PauseNotice } from './pause-notice.tsx';
import { PreviewRecords } from './preview-records.tsx';
import { syncPreview } from './sync-queries.ts';

/** What became of a preview that is not to be applied now. */
function sinceThen({ phase, pause }: SyncDetail): 'stale' | 'applying' | 'halfApplied' | 'old' {
  if (phase === 'new') return 'stale';
  if (phase === 'applying') return 'applying';
  return phase === 'paused' && pause?.phase === 'applying' ? 'halfApplied' : 'old';
}

/** What an apply would do, in numbers and record by record; or what the last one had foretold. */
export function PreviewTab({ sync }: { sync: SyncDetail }) {
  const { texts, formats } = useSpeech();
  const words = texts.syncs.preview;
  const { data, error, refetch } = useQuery(syncPreview(sync.id));
  if (error && !data) return <ProblemNotice error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  const { pass, forecast, samples } = data;
  const isNow = sync.phase === 'previewed';
  return (
    <section className="tab" aria-label={texts.syncs.tabs.preview}>
      {sync.phase === 'previewing' && <p>{words.running}</p>}
      {pass === null && (
        <div className="nothing">
          <h2>{words.none}</h2>
          <p className="quiet">{words.noneHint}</p>
        </div>
      )}
      {pass?.state === 'cancelled' && sync.phase !== 'previewing' && <p>{words.cancelled}</p>}
      {pass !== null && forecast !== null && sync.phase !== 'previewing' && (
        <p className={isNow ? 'quiet' : ''}>
          {words.made(formats.moment(pass.finishedAt ?? pass.startedAt))} {!isNow && words[sinceThen(sync)]}
        </p>
      )}
      <PauseNotice sync={sync} />
      {(isNow || sync.phase === 'new') && <NextStep sync={sync} onPreview />}
      {forecast !== null && sync.phase !== 'previewing' && (
        <>
          <ForecastTables sync={sync} forecast={forecast} />
          <PreviewRecords sync={sync} samples={samples} />
        </>
      )}
    </section>
  );
}
