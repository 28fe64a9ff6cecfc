import type { SyncDetail } from '../../../server/api/contract.ts';
import { useSpeech } from '../../language/language.tsx';
import { Moment } from '../../pieces/moment.tsx';
import { hrefOf } from '../address.ts';
import { ChosenAccounts } from '../flows/chosen-accounts.tsx';
import { NativeNote } from '../native-note.tsx';
import { FailureWords } from './failure-words.tsx';
import { useSideName } from './field-names.ts';
import { MissingConnections } from './missing-connections.tsx';
import { NextStep } from './next-step.tsx';
import { PauseNotice } from './pause-notice.tsx';
import { Stopped } from './stopped.tsx';

/** How a sync stands, and what can be done next. */
export function OverviewTab({ sync }: { sync: SyncDetail }) {
  const { texts, say } = useSpeech();
  const words = texts.syncs.overview;
  return (
    <section className="tab" aria-label={texts.syncs.tabs.overview}>
      <p>{say(sync.direction)}</p>
      <ChosenAccounts integration={sync} />
      <MissingConnections sync={sync} />
      {sync.error && sync.phase !== 'paused' && (
        <FailureWords failure={sync.error}>
          <p className="quiet">{words.tryAgain}</p>
        </FailureWords>
      )}
      <PauseNotice sync={sync} />
      {sync.phase === 'new' && sync.begun ? <Stopped sync={sync} /> : <NextStep sync={sync} />}
      {sync.phase !== 'new' && <Looks sync={sync} />}
      <NativeNote native={sync.native} />
      <p>
        <a href={hrefOf('documents', { flow: sync.id })}>{texts.flows.documentation}</a>
      </p>
    </section>
  );
}

/** When each side was last looked at, and how much the webhooks forgot to tell. */
function Looks({ sync }: { sync: SyncDetail }) {
  const { texts, formats } = useSpeech();
  const words = texts.syncs.overview;
  const nameOf = useSideName(sync);
  const moment = (instant: string | null) => (instant === null ? words.never : <Moment instant={instant} />);
  const { next } = sync.looks;
  return (
    <div className="scroll">
      <table className="grid">
        <thead>
          <tr>
            <td />
            <th scope="col">{words.asked}</th>
            <th scope="col">{words.swept}</th>
          </tr>
        </thead>
        <tbody>
          {(['left', 'right'] as const).map((side) => (
            <tr key={side}>
              <th scope="row">{nameOf(side)}</th>
              <td>{moment(sync.looks[side].askedAt)}</td>
              <td>{moment(sync.looks[side].sweptAt)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <dl className="facts">
        {next !== null && (
          <div>
            <dt>{words.next}</dt>
            <dd>{Date.parse(next) <= Date.now() ? words.nextNow : <Moment instant={next} />}</dd>
          </div>
        )}
        <div title={words.gapsHint}>
          <dt>{words.gaps}</dt>
          <dd>{formats.number(sync.gaps)}</dd>
        </div>
      </dl>
    </div>
  );
}
