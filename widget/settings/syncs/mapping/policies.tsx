import type { Side } from '../../../../server/core/sync/mapping.ts';
import { useSpeech } from '../../../language/language.tsx';
import type { Draft } from './mapping-draft.ts';

interface PoliciesProps {
  readonly draft: Draft;
  readonly sideName: (side: Side) => string;
  readonly disabled: boolean;
  readonly refusals: ReadonlyMap<string, string>;
  readonly onChange: (draft: Draft) => void;
}

const SIDES = ['left', 'right'] as const;

/** What happens to records without a counterpart, and to deletions. */
export function Policies({ draft, sideName, disabled, refusals, onChange }: PoliciesProps) {
  const { texts } = useSpeech();
  const words = texts.syncs.mapping;
  return (
    <>
      <fieldset className="setting-group">
        <legend>{words.without}</legend>
        {SIDES.map((side) => (
          <div key={side}>
            <label className="check">
              <input
                type="checkbox"
                checked={draft.create[side]}
                disabled={disabled}
                onChange={(event) =>
                  onChange({ ...draft, create: { ...draft.create, [side]: event.target.checked } })
                }
              />
              {words.create(sideName(side))}
            </label>
            {refusals.has(side) && (
              <p className="wrong" role="alert">
                {refusals.get(side)}
              </p>
            )}
          </div>
        ))}
      </fieldset>
      <fieldset className="setting-group">
        <legend>{words.deletions}</legend>
        {SIDES.map((side) => (
          <label key={side} className="inline">
            <span>{words.deleteIn(sideName(side))}</span>
            <select
              value={draft.remove[side]}
              disabled={disabled}
              onChange={(event) =>
                onChange({
                  ...draft,
                  remove: { ...draft.remove, [side]: event.target.value as 'delete' | 'keep' },
                })
              }
            >
              {(['keep', 'delete'] as const).map((policy) => (
                <option key={policy} value={policy}>
                  {words.policies[policy]}
                </option>
              ))}
            </select>
          </label>
        ))}
      </fieldset>
    </>
  );
}
