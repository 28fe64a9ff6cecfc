import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { Flow, IntegrationChange } from '../../../server/api/contract.ts';
import type { Takes } from '../../../server/core/filter/filter.ts';
import { useSpeech } from '../../language/language.tsx';
import { ProblemNotice, problemWords } from '../../pieces/problem-notice.tsx';
import { settingFields } from '../flows/setting-fields.ts';
import type { Beside } from '../flows/settings-form.tsx';
import { FilterCount } from './filter/filter-count.tsx';
import { type DraftGroup, draftOfFilter, filterOfDraft, unfinished } from './filter/filter-draft.ts';
import { FilterEditor } from './filter/filter-editor.tsx';
import { filterFields } from './filter/filter-queries.ts';
import type { StepProps } from './setup-screen.tsx';
import { StepForm } from './step-form.tsx';

/** Which records take part: the settings that say where they come from, and the conditions that they have to fit. */
export function RecordsStep(props: StepProps<Flow>) {
  const { integration: flow } = props;
  const { texts } = useSpeech();
  const [draft, setDraft] = useState(() => draftOfFilter(flow.filter));
  const [takes, setTakes] = useState<Takes>(flow.filterTakes ?? 'once');
  const [isTried, setTried] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const filter = filterOfDraft(draft);
  const wish = JSON.stringify([filter, filter === null ? null : takes]);
  // As it is written here: the server may write the same filter in another way.
  const [saved, setSaved] = useState(wish);
  const isChanged = wish !== saved;
  const missing = isTried ? unfinished(draft) : new Map<string, never>();
  const refused = error === null ? [] : problemWords(error, texts).fields;
  const refusals = new Map([
    ...refused
      .filter(({ field }) => isOfFilter(field))
      .map(({ field, detail }): [string, string] => [field.replace(/^filter\.?/, ''), detail]),
    ...[...missing].map(([at, what]): [string, string] => [
      at,
      what === 'field' ? texts.setup.filter.noField : texts.setup.filter.noValue,
    ]),
  ]);
  const change = (next: DraftGroup) => {
    setDraft(next);
    setError(null);
  };
  const beside: Beside = {
    isChanged,
    change(): IntegrationChange | null {
      setTried(true);
      if (unfinished(draft).size > 0) return null;
      return isChanged ? { filter, filterTakes: takes } : {};
    },
    onSaved() {
      setTried(false);
      setSaved(wish);
    },
    tells: isOfFilter,
    show: (settings) => (
      <Conditions
        flow={flow}
        settings={settings}
        draft={draft}
        takes={takes}
        refusals={refusals}
        onChange={change}
        onTakes={setTakes}
      />
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

const isOfFilter = (field: string): boolean => field === 'filter' || field.startsWith('filter.');

interface ConditionsProps {
  readonly flow: Flow;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly draft: DraftGroup;
  readonly takes: Takes;
  readonly refusals: ReadonlyMap<string, string>;
  readonly onChange: (draft: DraftGroup) => void;
  readonly onTakes: (takes: Takes) => void;
}

function Conditions({ flow, settings, draft, takes, refusals, onChange, onTakes }: ConditionsProps) {
  const { texts, say, language } = useSpeech();
  const words = texts.setup.record;
  const group = useId();
  const about = ofRecords(flow, settings, language);
  const { data, error, refetch } = useQuery(filterFields(flow.id, about));
  return (
    <fieldset className="setup-role">
      <legend>{words.which}</legend>
      {error && <ProblemNotice error={error} retry={() => void refetch()} />}
      {data?.problem && <p className="notice wrong">{say(data.problem.sentence)}</p>}
      {data === undefined && !error && <p className="quiet">{texts.setup.filter.looking}</p>}
      {data?.fields && (
        <>
          <FilterEditor
            fields={data.fields}
            draft={draft}
            disabled={false}
            refusals={refusals}
            onChange={onChange}
          />
          <FilterCount integration={flow.id} draft={draft} settings={about} />
        </>
      )}
      {data?.again && draft.parts.length > 0 && (
        <fieldset className="setup-takes">
          <legend>{words.takes}</legend>
          {(['once', 'each'] as const).map((one) => (
            <label key={one} className="start-choice">
              <input type="radio" name={group} checked={takes === one} onChange={() => onTakes(one)} />{' '}
              {words[one]}
            </label>
          ))}
        </fieldset>
      )}
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
