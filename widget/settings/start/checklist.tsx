/// <reference types="vite/client" />
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import '../../styles/start.css';
import { useState } from 'react';
import { useSpeech } from '../../language/language.tsx';
import { Icon } from '../../pieces/icon.tsx';
import { alertSettings } from '../alerts/alert-queries.ts';
import { connectionList } from '../connections/connection-queries.ts';
import { flowList } from '../flows/flow-queries.ts';
import { runCountsOf, runList } from '../log/run-queries.ts';
import { useMe } from '../me.tsx';
import { syncList } from '../syncs/sync-queries.ts';
import { isReadyInSandbox, ownRuns, runsOfPeople, STEPS, stepsDone } from './first-steps.ts';
import { hide, isHidden } from './hidden.ts';
import { StepHelp } from './step-help.tsx';

/** Leads an admin from nothing to the first working flow; gone once everything is true, or put away. */
export default function Checklist() {
  const { texts } = useSpeech();
  const words = texts.start;
  const { organisation, mode } = useMe();
  const [hidden, setHidden] = useState(() => isHidden(organisation.id));
  const connections = useQuery(connectionList());
  const flows = useQuery(flowList());
  const syncs = useQuery(syncList());
  const inSandbox = mode === 'sandbox';
  const counts = useQuery(runCountsOf({}));
  const own = ownRuns(connections.data?.connections ?? [], flows.data?.flows ?? [], inSandbox);
  const ownCounts = useQuery({ ...runCountsOf(own ?? {}), enabled: own !== null });
  const latest = useInfiniteQuery(runList({}));
  const alerts = useQuery(alertSettings());
  if (hidden || !connections.data || !flows.data || !syncs.data || !counts.data || !alerts.data) return null;
  if (own !== null && !ownCounts.data) return null;
  const done = stepsDone({
    ...connections.data,
    ...flows.data,
    ...syncs.data,
    counts: own !== null && ownCounts.data ? runsOfPeople(counts.data, ownCounts.data) : counts.data,
    places: alerts.data.destinations.length,
  });
  if (done.size === STEPS.length) return null;
  const next = STEPS.find((step) => !done.has(step));
  const run = latest.data?.pages[0]?.runs[0] ?? null;
  return (
    <section className="start" aria-labelledby="start-title">
      <header>
        <h2 id="start-title">{words.title}</h2>
        <span className="quiet">{words.progress(done.size, String(STEPS.length))}</span>
        <button
          type="button"
          className="small"
          aria-label={words.hide}
          title={words.hide}
          onClick={() => {
            hide(organisation.id);
            setHidden(true);
            // The button goes with its section: the screen's own title is what comes next.
            document.querySelector<HTMLElement>('main h1')?.focus();
          }}
        >
          <Icon name="close" />
        </button>
      </header>
      <ol>
        {STEPS.map((step) => (
          <li key={step} aria-current={step === next ? 'step' : undefined} data-step={step}>
            <Icon name={done.has(step) ? 'done' : 'not-started'} />
            <div>
              <span className="step-name">{words.steps[step].name}</span>
              {done.has(step) &&
                (inSandbox && isReadyInSandbox(step) ? (
                  <span className="quiet"> ({words.ready})</span>
                ) : (
                  <span className="unseen"> ({words.done})</span>
                ))}
              {step === next && <StepHelp step={step} flows={flows.data.flows} run={run} />}
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}
