import type { Flow, RunSummary } from '../../../server/api/contract.ts';
import { useSpeech } from '../../language/language.tsx';
import { hrefOf } from '../address.ts';
import { useMe } from '../me.tsx';
import type { StepId } from './first-steps.ts';

interface StepHelpProps {
  readonly step: StepId;
  readonly flows: readonly Flow[];
  /** The latest one. */
  readonly run: RunSummary | null;
}

const SHOWN_FLOWS = 3;

/** What the next step is for, and the one button that leads there. */
export function StepHelp({ step, flows, run }: StepHelpProps) {
  const { texts, say } = useSpeech();
  const { sandboxUrl } = useMe();
  const words = texts.start.steps;
  const { hint, action } = words[step];
  const screens: Readonly<Record<StepId, string>> = {
    crm: hrefOf('connections'),
    vendor: hrefOf('connections'),
    flow: hrefOf('integrations'),
    try: hrefOf('integrations'),
    see: hrefOf('log', { run: run?.id }),
    alerts: hrefOf('alerts'),
  };
  if (step === 'try' && sandboxUrl !== null) {
    return (
      <>
        <p className="quiet">{words.try.hintSandbox}</p>
        <a className="button primary" href={sandboxUrl} target="_blank" rel="noopener">
          {words.try.actionSandbox}
        </a>
      </>
    );
  }
  return (
    <>
      <p className="quiet">{hint}</p>
      {step === 'try' && (
        <ul className="quiet triggers">
          {flows
            .filter(({ enabled }) => enabled)
            .slice(0, SHOWN_FLOWS)
            .map((flow) => (
              <li key={flow.id}>{say(flow.direction)}</li>
            ))}
        </ul>
      )}
      {step === 'see' && run?.state === 'shelved' && <p className="wrong">{texts.start.failed}</p>}
      <a className="button primary" href={screens[step]}>
        {action}
      </a>
    </>
  );
}
