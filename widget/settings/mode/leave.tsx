import { useId, useState } from 'react';
import type { ModeView } from '../../../server/api/contract.ts';
import { useSpeech } from '../../language/language.tsx';
import { ConfirmDialog } from '../../pieces/confirm-dialog.tsx';
import { ProblemNotice } from '../../pieces/problem-notice.tsx';
import { CONFIRMATION, useLeave } from './mode-queries.ts';

/** Asks twice, the second time for a word, before the sandbox is deleted. */
export function Leave({ view }: { view: ModeView }) {
  const { texts, say } = useSpeech();
  const words = texts.start.mode;
  const [asked, setAsked] = useState<0 | 1 | 2>(0);
  const [written, setWritten] = useState('');
  const leave = useLeave();
  const input = useId();
  const reason = useId();
  // Also after the answer: the page waits for the server to come back.
  if (leave.isSuccess || (leave.isPending && leave.data !== undefined)) return <Restarting />;
  const cancel = () => {
    setAsked(0);
    setWritten('');
    leave.reset();
  };
  return (
    <div className="leave">
      {view.hindrance !== null && (
        <p id={reason}>
          {words.blocked} {say(view.hindrance)}
        </p>
      )}
      <button
        type="button"
        className="danger"
        // Not `disabled`: it is found by keyboard, with why it cannot be pressed.
        aria-disabled={!view.possible}
        aria-describedby={view.possible ? undefined : reason}
        onClick={() => view.possible && setAsked(1)}
      >
        {words.button}
      </button>
      {asked === 1 && (
        <ConfirmDialog
          title={words.firstTitle}
          yes={words.firstYes}
          danger
          onYes={() => setAsked(2)}
          onCancel={cancel}
        >
          <p>{words.firstBody}</p>
          <p>{words.consequences.rows}</p>
        </ConfirmDialog>
      )}
      {asked === 2 && (
        <ConfirmDialog
          title={words.secondTitle}
          yes={words.secondYes}
          danger
          busy={leave.isPending || written.trim() !== CONFIRMATION}
          onYes={() => leave.mutate()}
          onCancel={cancel}
        >
          <p>{words.secondBody(CONFIRMATION)}</p>
          <p>{words.consequences.next}</p>
          <div className="setting">
            <label htmlFor={input}>{words.secondLabel}</label>
            <input
              id={input}
              type="text"
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              value={written}
              onChange={(event) => setWritten(event.target.value)}
            />
          </div>
          {leave.isPending && <p role="status">{words.restarting}</p>}
          {leave.error && <ProblemNotice error={leave.error} />}
        </ConfirmDialog>
      )}
    </div>
  );
}

function Restarting() {
  const { texts } = useSpeech();
  const words = texts.start.mode;
  return (
    <p className="notice pending" role="status">
      {words.restarting} {words.restartingHint}
    </p>
  );
}
