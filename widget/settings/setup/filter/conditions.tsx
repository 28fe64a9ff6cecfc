import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useSpeech } from '../../../language/language.tsx';
import { ProblemNotice } from '../../../pieces/problem-notice.tsx';
import { FilterCount } from './filter-count.tsx';
import type { DraftGroup } from './filter-draft.ts';
import { FilterEditor } from './filter-editor.tsx';
import { type FilterAbout, filterFields } from './filter-queries.ts';

interface ConditionsProps {
  readonly about: FilterAbout;
  readonly title: string;
  readonly draft: DraftGroup;
  /** What is wrong, by where it stands: `all.0.value`. */
  readonly refusals: ReadonlyMap<string, string>;
  readonly onChange: (draft: DraftGroup) => void;
  /** What is asked besides. @param again a record may come again and again. */
  readonly besides?: (again: boolean) => ReactNode;
}

/** The conditions on one kind of records, with how many fit now. */
export function Conditions({ about, title, draft, refusals, onChange, besides }: ConditionsProps) {
  const { texts, say } = useSpeech();
  const { data, error, refetch } = useQuery(filterFields(about));
  return (
    <fieldset className="setup-role">
      <legend>{title}</legend>
      {error && <ProblemNotice error={error} retry={() => void refetch()} />}
      {data?.problem && (
        <div className="notice wrong" role="alert">
          <div>
            <p>{say(data.problem.sentence)}</p>
            <button type="button" onClick={() => void refetch()}>
              {texts.problem.retry}
            </button>
          </div>
        </div>
      )}
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
          <FilterCount about={about} draft={draft} />
        </>
      )}
      {besides?.(data?.again === true)}
    </fieldset>
  );
}
