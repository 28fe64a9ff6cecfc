import { useState } from 'react';
import type { SyncDetail } from '../../../server/api/contract.ts';
import { call } from '../../api/client.ts';
import { useSpeech } from '../../language/language.tsx';
import { ConfirmDialog } from '../../pieces/confirm-dialog.tsx';
import { Icon } from '../../pieces/icon.tsx';
import { ProblemNotice } from '../../pieces/problem-notice.tsx';
import { useIsAdmin } from '../me.tsx';
import { useSyncAction } from './use-sync-action.ts';

type Deletes = 'look' | 'delete' | 'keep';

/** Why a sync is paused, and how it goes on. */
export function PauseNotice({ sync }: { sync: SyncDetail }) {
  const { texts, say } = useSpeech();
  const admin = useIsAdmin();
  const resume = useSyncAction((deletes: Deletes) =>
    call('resumeSync', { params: { id: sync.id }, body: { deletes } }),
  );
  const { pause } = sync;
  if (sync.phase !== 'paused' || pause === null) return null;
  const mild = pause.code === 'admin' || pause.code === 'undo';
  return (
    <section className={`notice ${mild ? 'pending' : 'bad'}`} aria-label={texts.syncs.status.paused}>
      <Icon name={mild ? 'waiting' : 'failed'} />
      <div>
        {pause.code === 'brake' && <h2>{texts.syncs.brake.title}</h2>}
        <p>{say(pause.sentence)}</p>
        {pause.code === 'account' && <p>{texts.syncs.brake.account}</p>}
        {resume.error && <ProblemNotice error={resume.error} />}
        {admin && pause.code === 'brake' && (
          <BrakeChoices count={pause.count ?? 0} busy={resume.isPending} choose={resume.mutate} />
        )}
        {admin && pause.code !== 'brake' && (
          <button type="button" disabled={resume.isPending} onClick={() => resume.mutate('look')}>
            {texts.syncs.overview.resume}
          </button>
        )}
      </div>
    </section>
  );
}

/** The three ways to go on after the brake, each with what it does. */
function BrakeChoices(props: { count: number; busy: boolean; choose: (deletes: Deletes) => void }) {
  const { texts, formats } = useSpeech();
  const [asking, setAsking] = useState(false);
  const words = texts.syncs.brake;
  const count = formats.number(props.count);
  return (
    <>
      <h3>{words.choose}</h3>
      <dl className="choices">
        <Choice
          name={words.look}
          hint={words.lookHint}
          busy={props.busy}
          onPress={() => props.choose('look')}
        />
        <Choice
          name={words.keep}
          hint={words.keepHint}
          busy={props.busy}
          onPress={() => props.choose('keep')}
        />
        <Choice
          name={words.delete}
          hint={words.deleteHint(props.count, count)}
          busy={props.busy}
          onPress={() => setAsking(true)}
        />
      </dl>
      {asking && (
        <ConfirmDialog
          danger
          title={words.deleteTitle}
          yes={words.deleteYes}
          busy={props.busy}
          onCancel={() => setAsking(false)}
          onYes={() => {
            setAsking(false);
            props.choose('delete');
          }}
        >
          <p>{words.deleteBody(props.count, count)}</p>
        </ConfirmDialog>
      )}
    </>
  );
}

function Choice(props: { name: string; hint: string; busy: boolean; onPress: () => void }) {
  return (
    <div>
      <dt>
        <button type="button" disabled={props.busy} onClick={props.onPress}>
          {props.name}
        </button>
      </dt>
      <dd>{props.hint}</dd>
    </div>
  );
}
