import { useState } from 'react';
import type { Flow } from '../../../server/api/contract.ts';
import { useSpeech } from '../../language/language.tsx';
import { ProblemNotice, problemWords } from '../../pieces/problem-notice.tsx';
import { settingFields } from './setting-fields.ts';
import { SettingInput } from './setting-input.tsx';

interface SettingsFormProps {
  readonly settings: Flow['settings'];
  readonly disabled: boolean;
  readonly saving: boolean;
  readonly saved: boolean;
  readonly error: unknown;
  readonly onEdit: () => void;
  readonly onSave: (values: Record<string, unknown>) => void;
}

/** Made from the flow's own schema; the server has the last word on every value. */
export function SettingsForm(props: SettingsFormProps) {
  const { texts, language } = useSpeech();
  const [edited, setEdited] = useState<Record<string, unknown>>({});
  const fields = settingFields(props.settings.schema, language);
  const values = { ...props.settings.values, ...edited };
  const changed = Object.keys(edited).some((name) => edited[name] !== props.settings.values[name]);
  const refused = props.error ? problemWords(props.error, texts).fields : [];
  const refusalOf = (name: string) =>
    refused.find(({ field }) => field === name || field === `settings.${name}`)?.detail;
  if (fields.length === 0) return <p className="quiet">{texts.flows.noSettings}</p>;
  return (
    <form
      className="settings"
      onSubmit={(event) => {
        event.preventDefault();
        props.onSave(values);
      }}
    >
      {fields.map((field) => (
        <SettingInput
          key={field.name}
          field={field}
          value={values[field.name]}
          refusal={refusalOf(field.name)}
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
