import { type FormEvent, useId, useState } from 'react';
import type { IntegrationChange, SyncDetail } from '../../../server/api/contract.ts';
import type { Sentence } from '../../../server/core/sentence.ts';
import { useSpeech } from '../../language/language.tsx';
import { ProblemNotice, problemWords } from '../../pieces/problem-notice.tsx';
import { go } from '../address.ts';
import { savedMeanwhile } from '../drafts/changed-meanwhile.ts';
import { focusFirstWrong } from '../flows/focus-first-wrong.ts';
import { useOnceSaved } from '../leaving/on-once-saved.ts';
import { useUnsaved } from '../leaving/unsaved.ts';
import { Conditions } from './filter/conditions.tsx';
import { type DraftGroup, draftOfFilter, filterOfDraft, unfinished } from './filter/filter-draft.ts';
import { FilterMeanwhile } from './filter/filter-meanwhile.tsx';
import { isUnder, refusalsOf } from './filter/refusals.ts';
import { useShownFilter } from './filter/use-shown-filter.ts';
import { setupHref } from './setup-address.ts';
import { useSetupChange } from './setup-queries.ts';
import type { StepProps } from './setup-screen.tsx';
import { stepAfter } from './setup-steps.ts';

type Leaving = NonNullable<SyncDetail['filter']>['leaving'];

const SIDES = ['left', 'right'] as const;
/** The first stands where nobody chose: nothing is lost by it. */
const LEAVINGS: readonly Leaving[] = ['unlinked', 'kept', 'removed'];

/** Which records of each side take part, and what becomes of a pair of which one stops fitting. */
export function SyncRecordsStep({ integration: sync, step, steps }: StepProps<SyncDetail>) {
  const { texts, say } = useSpeech();
  const save = useSetupChange(sync.id);
  const [drafts, setDrafts] = useState(() => draftsOf(sync));
  const [leaving, setLeaving] = useState<Leaving>(sync.filter?.leaving ?? 'unlinked');
  const [isTried, setTried] = useState(false);
  const filter = filterOf(drafts, leaving);
  const wish = JSON.stringify(filter);
  // As it is written here: the server may write the same filter in another way.
  const [saved, setSaved] = useState(wish);
  const isChanged = wish !== saved;
  useUnsaved(isChanged);
  const shown = useShownFilter<ShownOfSync>({
    saved: sync,
    isChanged,
    error: save.error,
    adopt(other) {
      const theirs = draftsOf(other);
      const leaves = other.filter?.leaving ?? 'unlinked';
      setDrafts(theirs);
      setLeaving(leaves);
      setSaved(JSON.stringify(filterOf(theirs, leaves)));
    },
    forget: save.reset,
  });
  const onwards = () => go(setupHref(sync.id, stepAfter(step, steps) ?? step));
  const goOn = useOnceSaved(isChanged, onwards);
  const error: unknown = save.error;
  const refused = error === null ? [] : problemWords(error, texts).fields;
  const isTold = refused.some(({ field }) => SIDES.some((side) => isUnder(field, `filter.${side}`)));

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    setTried(true);
    if (shown.other !== null) return;
    if (SIDES.some((side) => unfinished(drafts[side]).size > 0)) focusFirstWrong(event.currentTarget);
    else if (!isChanged) onwards();
    else
      save.mutate(
        { filter, filterBasedOn: shown.version },
        {
          onSuccess() {
            setTried(false);
            setSaved(wish);
            goOn();
          },
        },
      );
  }
  return (
    <form className="settings" noValidate onSubmit={submit}>
      {shown.other !== null && (
        <FilterMeanwhile
          title={texts.setup.record.which}
          words={bothWords(shown.other)}
          choose={shown.choose}
        />
      )}
      {SIDES.map((side) => (
        <Conditions
          key={side}
          about={{ integration: sync.id, side }}
          isPersonal={sync.owner === 'person'}
          title={say(sync[side].titles)}
          draft={drafts[side]}
          refusals={refusalsOf(drafts[side], error, { under: `filter.${side}`, isTried, texts })}
          onChange={(draft) => {
            setDrafts({ ...drafts, [side]: draft });
            save.reset();
          }}
        />
      ))}
      {filter !== null && <LeavingChoice leaving={leaving} onChange={setLeaving} />}
      {error !== null && !isTold && savedMeanwhile(error) === null && <ProblemNotice error={error} />}
      <div className="actions">
        <button type="submit" className="primary" disabled={save.isPending}>
          {save.isPending ? texts.flows.saving : isChanged ? texts.setup.saveAndGoOn : texts.setup.goOn}
        </button>
      </div>
    </form>
  );
}

type ShownOfSync = Pick<SyncDetail, 'filter' | 'filterWords' | 'filterVersion'>;

const draftsOf = ({ filter }: Pick<ShownOfSync, 'filter'>) => ({
  left: draftOfFilter(filter?.left ?? null),
  right: draftOfFilter(filter?.right ?? null),
});

/** The filters of both sides in words; null: every record takes part. */
function bothWords({ filterWords }: Pick<ShownOfSync, 'filterWords'>): Sentence | null {
  const words = SIDES.flatMap((side) => filterWords?.[side] ?? []);
  if (words.length === 0) return null;
  return { en: words.map(({ en }) => en).join('; '), fr: words.map(({ fr }) => fr).join(' ; ') };
}

function filterOf(
  { left, right }: Readonly<Record<(typeof SIDES)[number], DraftGroup>>,
  leaving: Leaving,
): NonNullable<IntegrationChange['filter']> | null {
  const sides = { left: filterOfDraft(left), right: filterOfDraft(right) };
  return sides.left === null && sides.right === null ? null : { ...sides, leaving };
}

/** What becomes of a pair of which one record stops fitting. */
function LeavingChoice({ leaving, onChange }: { leaving: Leaving; onChange: (leaving: Leaving) => void }) {
  const { texts } = useSpeech();
  const words = texts.setup.record;
  const group = useId();
  return (
    <fieldset className="setup-takes">
      <legend>{words.leaving}</legend>
      {LEAVINGS.map((one) => (
        <label key={one} className="start-choice">
          <input type="radio" name={group} checked={leaving === one} onChange={() => onChange(one)} />{' '}
          {words.leave[one]}
        </label>
      ))}
    </fieldset>
  );
}
