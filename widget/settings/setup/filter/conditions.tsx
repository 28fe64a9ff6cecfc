import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useSpeech } from '../../../language/language.tsx';
import { ProblemNotice } from '../../../pieces/problem-notice.tsx';
import { FilterCount } from './filter-count.tsx';
import type { DraftGroup, EditedField } from './filter-draft.ts';
import { FilterEditor } from './filter-editor.tsx';
import { type FilterAbout, filterFields } from './filter-queries.ts';

interface ConditionsProps {
  readonly about: FilterAbout;
  /** It is one person’s own, who can be named as “me”. */
  readonly isPersonal: boolean;
  readonly title: string;
  readonly draft: DraftGroup;
  /** What is wrong, by where it stands: `all.0.value`. */
  readonly refusals: ReadonlyMap<string, string>;
  readonly onChange: (draft: DraftGroup) => void;
  /** What is asked besides. @param again a record may come again and again. */
  readonly besides?: (again: boolean) => ReactNode;
}

/** The conditions on one kind of records, with how many fit now. */
export function Conditions({
  about,
  isPersonal,
  title,
  draft,
  refusals,
  onChange,
  besides,
}: ConditionsProps) {
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
            fields={
              isPersonal ? data.fields.map((field) => withMe(field, texts.setup.filter.me)) : data.fields
            }
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

/** The person whose integration it is stands first among the users. */
const withMe = (field: EditedField, title: string): EditedField =>
  field.me === true ? { ...field, choices: [{ value: 'me', title }, ...(field.choices ?? [])] } : field;
