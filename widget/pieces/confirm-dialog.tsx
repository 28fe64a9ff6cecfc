import { type ReactNode, useEffect, useId, useRef } from 'react';
import { useSpeech } from '../language/language.tsx';

interface ConfirmDialogProps {
  readonly title: string;
  readonly yes: string;
  /** Other words for «cancel», where what is asked is itself a cancelling. */
  readonly no?: string;
  readonly danger?: boolean;
  readonly busy?: boolean;
  readonly onYes: () => void;
  readonly onCancel: () => void;
  readonly children: ReactNode;
}

/** Asks before something that is not undone by one click. The focus starts on «cancel» and goes back after. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { texts } = useSpeech();
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useId();
  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={title}
      onCancel={(event) => {
        event.preventDefault();
        props.onCancel();
      }}
      // Escape must not also close what lies below.
      onKeyDown={(event) => event.stopPropagation()}
    >
      <h2 id={title}>{props.title}</h2>
      {props.children}
      <div className="actions">
        <button type="button" onClick={props.onCancel}>
          {props.no ?? texts.dialog.cancel}
        </button>
        <button
          type="button"
          className={props.danger ? 'danger' : 'primary'}
          disabled={props.busy}
          onClick={props.onYes}
        >
          {props.yes}
        </button>
      </div>
    </dialog>
  );
}
