import { useEffect, useId, useRef, useState } from 'react';
import type { RecordCard } from '../../server/api/contract.ts';
import { useSpeech } from '../language/language.tsx';
import { ProblemNotice } from '../pieces/problem-notice.tsx';
import { type RecordAddress, useAct } from './record-queries.ts';

interface ActionButtonProps {
  readonly record: RecordAddress;
  readonly connector: string;
  readonly action: NonNullable<RecordCard['data']>['actions'][number];
  readonly onDone: () => void;
}

/** Says what will happen, and does it on the second press. In the page: a frame has no room for dialogs. */
export function ActionButton({ record, connector, action, onDone }: ActionButtonProps) {
  const { say, texts } = useSpeech();
  const [isOpen, setOpen] = useState(false);
  const explains = useId();
  const yes = useRef<HTMLButtonElement>(null);
  const act = useAct(record, connector);
  useEffect(() => {
    if (isOpen) yes.current?.focus();
  }, [isOpen]);
  if (!isOpen) {
    return (
      <button type="button" onClick={() => setOpen(true)} aria-expanded={false}>
        {say(action.titles)}
      </button>
    );
  }
  return (
    <div className="confirm">
      <p id={explains}>{say(action.explains)}</p>
      <div className="actions">
        <button
          ref={yes}
          type="button"
          className="primary"
          aria-describedby={explains}
          disabled={act.isPending}
          onClick={() => act.mutate(action.id, { onSuccess: onDone })}
        >
          {act.isPending ? texts.record.working : say(action.titles)}
        </button>
        <button type="button" disabled={act.isPending} onClick={() => setOpen(false)}>
          {texts.dialog.cancel}
        </button>
      </div>
      {act.error && <ProblemNotice error={act.error} />}
    </div>
  );
}
