import type { SyncDetail, SyncSettingsChange } from '../../../../server/api/contract.ts';
import { useSpeech } from '../../../language/language.tsx';
import { asksForPreview } from './mapping-draft.ts';

interface SaveBarProps {
  readonly sync: SyncDetail;
  readonly change: SyncSettingsChange | null;
  /** Why it cannot be saved; null: it can. */
  readonly hindrance: string | null;
  readonly saving: boolean;
  readonly saved: boolean;
  readonly onDiscard: () => void;
  readonly onDefaults: () => void;
}

/** Saves, and says before what that does, or why it cannot be done yet. */
export function SaveBar(props: SaveBarProps) {
  const { texts } = useSpeech();
  const words = texts.syncs.mapping;
  const { sync, change, hindrance } = props;
  const stops = asksForPreview(change) && sync.phase !== 'new';
  const said =
    change === null ? (props.saved ? words.saved : '') : (hindrance ?? (stops ? words.needsPreview : ''));
  return (
    <div className="actions save-bar">
      <button
        type="submit"
        className="primary"
        disabled={props.saving || change === null || hindrance !== null}
      >
        {props.saving ? words.saving : stops ? words.saveAndStop : words.save}
      </button>
      {change !== null && (
        <button type="button" className="link" onClick={props.onDiscard}>
          {words.discard}
        </button>
      )}
      <button type="button" className="link" disabled={props.saving} onClick={props.onDefaults}>
        {words.defaults}
      </button>
      <span className={change !== null && hindrance !== null ? 'wrong' : 'quiet'} role="status">
        {said}
      </span>
    </div>
  );
}
