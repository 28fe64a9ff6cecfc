import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { Flow } from '../../../server/api/contract.ts';
import { useSpeech } from '../../language/language.tsx';
import { ConfirmDialog } from '../../pieces/confirm-dialog.tsx';
import { Loading } from '../../pieces/loading.tsx';
import { flowPreview } from './flow-queries.ts';
import { type SettingField, settingFields } from './setting-fields.ts';

type Choice = SettingField & { readonly kind: Extract<SettingField['kind'], { type: 'choice' }> };

interface StartDialogProps {
  readonly flow: Flow;
  readonly choice: Choice;
  readonly busy: boolean;
  readonly onStart: (settings: Record<string, unknown>) => void;
  readonly onCancel: () => void;
}

/** The choice that a flow asks for when it is turned on, where it has one: what becomes of what is there already. */
export function startChoice(flow: Flow, language: 'en' | 'fr'): Choice | undefined {
  return settingFields(flow.settings.schema, language).find(
    (field): field is Choice => field.atStart && field.kind.type === 'choice',
  );
}

/** Shows what is there, and asks what to begin with. */
export function StartDialog({ flow, choice, busy, onStart, onCancel }: StartDialogProps) {
  const { texts, say } = useSpeech();
  const words = texts.flows.start;
  const group = useId();
  const [chosen, setChosen] = useState(choice.kind.choices[0] ?? '');
  const { data, error } = useQuery(flowPreview(flow.id, flow.settings.values));
  return (
    <ConfirmDialog
      title={words.title(say(flow.titles))}
      yes={words.yes}
      busy={busy}
      onYes={() => onStart({ ...flow.settings.values, [choice.name]: chosen })}
      onCancel={onCancel}
    >
      {!data && !error && <Loading />}
      {data?.preview && (
        <>
          <p>{say(data.preview.basis)}</p>
          {data.preview.text !== '' && <pre className="start-rows">{data.preview.text}</pre>}
          {data.preview.warnings.map((warning) => (
            <p key={warning.en} className="quiet">
              {say(warning)}
            </p>
          ))}
        </>
      )}
      {data?.problem && <p className="wrong">{say(data.problem.sentence)}</p>}
      <fieldset>
        <legend>{choice.title}</legend>
        {choice.kind.choices.map((one) => (
          <label key={one} className="start-choice">
            <input type="radio" name={group} checked={chosen === one} onChange={() => setChosen(one)} />{' '}
            {choice.kind.titles[one] ?? one}
          </label>
        ))}
      </fieldset>
    </ConfirmDialog>
  );
}
