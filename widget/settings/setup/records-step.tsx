import { useId, useState } from 'react';
import type { Flow, IntegrationChange } from '../../../server/api/contract.ts';
import type { Takes } from '../../../server/core/filter/filter.ts';
import { useSpeech } from '../../language/language.tsx';
import { settingFields } from '../flows/setting-fields.ts';
import type { Beside } from '../flows/settings-form.tsx';
import { Conditions } from './filter/conditions.tsx';
import { type DraftGroup, draftOfFilter, filterOfDraft, unfinished } from './filter/filter-draft.ts';
import { FilterMeanwhile } from './filter/filter-meanwhile.tsx';
import { isUnder, refusalsOf } from './filter/refusals.ts';
import { useShownFilter } from './filter/use-shown-filter.ts';
import type { StepProps } from './setup-screen.tsx';
import { StepForm } from './step-form.tsx';

/** Which records take part: the settings that say where they come from, and the conditions that they have to fit. */
export function RecordsStep(props: StepProps<Flow>) {
  const { integration: flow } = props;
  const { texts, language } = useSpeech();
  const [draft, setDraft] = useState(() => draftOfFilter(flow.filter));
  const [takes, setTakes] = useState<Takes>(flow.filterTakes ?? 'once');
  const [isTried, setTried] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const filter = filterOfDraft(draft);
  const wish = wishOf(draft, takes);
  // As it is written here: the server may write the same filter in another way.
  const [saved, setSaved] = useState(wish);
  const isChanged = wish !== saved;
  const shown = useShownFilter<ShownOfFlow>({
    saved: flow,
    isChanged,
    error,
    adopt(other) {
      const theirs = draftOfFilter(other.filter);
      setDraft(theirs);
      setTakes(other.filterTakes ?? 'once');
      setSaved(wishOf(theirs, other.filterTakes ?? 'once'));
    },
    forget: () => setError(null),
  });
  const refusals = refusalsOf(draft, error, { under: 'filter', isTried, texts });
  const change = (next: DraftGroup) => {
    setDraft(next);
    setError(null);
  };
  const beside: Beside = {
    isChanged,
    change(): IntegrationChange | null {
      setTried(true);
      if (unfinished(draft).size > 0 || shown.other !== null) return null;
      return isChanged ? { filter, filterTakes: takes, filterBasedOn: shown.version } : {};
    },
    onSaved() {
      setTried(false);
      setSaved(wish);
    },
    tells: isOfFilter,
    show: (settings) => (
      <>
        {shown.other !== null && (
          <FilterMeanwhile
            title={texts.setup.record.which}
            words={shown.other.filterWords}
            choose={shown.choose}
          />
        )}
        <Conditions
          about={{ integration: flow.id, settings: ofRecords(flow, settings, language) }}
          isPersonal={flow.owner === 'person'}
          title={texts.setup.record.which}
          draft={draft}
          refusals={refusals}
          onChange={change}
          besides={(again) =>
            again && draft.parts.length > 0 && <TakesChoice takes={takes} onChange={setTakes} />
          }
        />
      </>
    ),
  };
  return (
    <StepForm
      {...props}
      only={({ ofRecords }) => ofRecords}
      previews={false}
      error={setError}
      {...(flow.filters && { beside })}
    />
  );
}

type ShownOfFlow = Pick<Flow, 'filter' | 'filterTakes' | 'filterWords' | 'filterVersion'>;

const wishOf = (draft: DraftGroup, takes: Takes): string => {
  const filter = filterOfDraft(draft);
  return JSON.stringify([filter, filter === null ? null : takes]);
};

const isOfFilter = (field: string): boolean => isUnder(field, 'filter');

/** Whether a record that comes again is taken again. */
function TakesChoice({ takes, onChange }: { takes: Takes; onChange: (takes: Takes) => void }) {
  const { texts } = useSpeech();
  const words = texts.setup.record;
  const group = useId();
  return (
    <fieldset className="setup-takes">
      <legend>{words.takes}</legend>
      {(['once', 'each'] as const).map((one) => (
        <label key={one} className="start-choice">
          <input type="radio" name={group} checked={takes === one} onChange={() => onChange(one)} />{' '}
          {words[one]}
        </label>
      ))}
    </fieldset>
  );
}

/** What of the form conditions depend on: which fields there are, and which records are counted. */
function ofRecords(
  { settings: { schema, values } }: Flow,
  draft: Readonly<Record<string, unknown>>,
  language: 'en' | 'fr',
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    settingFields(schema, language).flatMap(({ name, ofRecords: isOne }) =>
      isOne ? [[name, draft[name] ?? values[name]]] : [],
    ),
  );
}
