import { useState } from 'react';
import type { Flow } from '../../../server/api/contract.ts';
import type { Sentence } from '../../../server/core/sentence.ts';
import { useSpeech } from '../../language/language.tsx';
import { ProblemNotice, problemWords } from '../../pieces/problem-notice.tsx';
import { settingFields } from './setting-fields.ts';
import { SettingInput } from './setting-input.tsx';
import { unfitValue } from './unfit-value.ts';

interface SettingsFormProps {
  readonly flow: string;
  readonly settings: Flow['settings'];
  /** It is open, and worth asking vendors for. */
  readonly shown: boolean;
  readonly disabled: boolean;
  readonly saving: boolean;
  readonly saved: boolean;
  readonly error: unknown;
  /** What could not be checked of what was saved, by setting. */
  readonly unchecked: readonly { readonly setting: string; readonly sentence: Sentence }[];
  readonly onEdit: () => void;
  readonly onSave: (values: Record<string, unknown>) => void;
}

/** Made from the flow's own schema; the server has the last word on every value. */
export function SettingsForm(props: SettingsFormProps) {
  const { texts, language, say } = useSpeech();
  const [submitted, setSubmitted] = useState(false);
  const [edited, setEdited] = useState<Record<string, unknown>>({});
  const fields = settingFields(props.settings.schema, language);
  const values = { ...props.settings.values, ...edited };
  const changed = Object.keys(edited).some((name) => !same(edited[name], props.settings.values[name]));
  const refused = props.error ? problemWords(props.error, texts).fields : [];
  const refusalOf = (name: string) =>
    refused.find(({ field }) => field === name || field === `settings.${name}`)?.detail;
  const unfit = new Map(
    fields.flatMap((field) => {
      const sentence = unfitValue(field, values[field.name], texts);
      return sentence === undefined ? [] : [[field.name, sentence] as const];
    }),
  );
  const shownUnfit = (name: string) => (submitted || name in edited ? unfit.get(name) : undefined);
  const short = Object.fromEntries(
    fields.flatMap(({ name, kind }) =>
      (kind.type === 'text' && kind.long) || unfit.has(name) ? [] : [[name, values[name]]],
    ),
  );
  if (fields.length === 0) return <p className="quiet">{texts.flows.noSettings}</p>;
  return (
    <form
      className="settings"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setSubmitted(true);
        if (unfit.size === 0) props.onSave(values);
      }}
    >
      {fields.map((field) => (
        <SettingInput
          key={field.name}
          field={field}
          value={values[field.name]}
          refusal={shownUnfit(field.name) ?? refusalOf(field.name)}
          shown={props.shown}
          flow={props.flow}
          form={without(short, field.name)}
          offered={
            props.settings.offered.includes(field.name)
              ? { flow: props.flow, form: without(short, field.name) }
              : undefined
          }
          disabled={props.disabled}
          onChange={(value) => {
            props.onEdit();
            setEdited((before) => ({ ...before, [field.name]: value }));
          }}
        />
      ))}
      {Boolean(props.error) &&
        !refused.some(({ field }) => fields.some(({ name }) => field.endsWith(name))) && (
          <ProblemNotice error={props.error} />
        )}
      {props.unchecked.map(({ setting, sentence }) => (
        <p key={setting} className="notice" role="status">
          {fields.find(({ name }) => name === setting)?.title ?? setting} : {say(sentence)}
        </p>
      ))}
      <div className="actions">
        <button type="submit" className="primary" disabled={props.disabled || props.saving || !changed}>
          {props.saving ? texts.flows.saving : texts.flows.save}
        </button>
        {changed && (
          <button type="button" className="link" onClick={() => setEdited({})}>
            {texts.flows.undo}
          </button>
        )}
        <span className="quiet" role="status">
          {props.saved && !changed && texts.flows.saved}
        </span>
      </div>
    </form>
  );
}

const without = (values: Readonly<Record<string, unknown>>, name: string): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).filter(([one]) => one !== name));

/** Lists are new ones after each answer: what they hold counts. */
const same = (left: unknown, right: unknown): boolean => JSON.stringify(left) === JSON.stringify(right);
