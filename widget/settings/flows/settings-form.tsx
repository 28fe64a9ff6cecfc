import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import type { Flow, IntegrationChange } from '../../../server/api/contract.ts';
import type { Sentence } from '../../../server/core/sentence.ts';
import { useSpeech } from '../../language/language.tsx';
import { ProblemNotice, problemWords } from '../../pieces/problem-notice.tsx';
import { savedMeanwhile } from '../drafts/changed-meanwhile.ts';
import { MeanwhileNotice } from '../drafts/meanwhile-notice.tsx';
import { useDraft } from '../drafts/use-draft.ts';
import { useOnceSaved } from '../leaving/on-once-saved.ts';
import { useUnsaved } from '../leaving/unsaved.ts';
import { FlowPreview } from './flow-preview.tsx';
import { focusFirstWrong } from './focus-first-wrong.ts';
import { type SettingField, settingFields } from './setting-fields.ts';
import { SettingInput } from './setting-input.tsx';
import { settingRefusal } from './setting-refusal.ts';

type Values = Readonly<Record<string, unknown>>;
type Saved = Pick<Flow['settings'], 'values' | 'version'>;

interface SettingsFormProps {
  readonly flow: string;
  readonly settings: Flow['settings'];
  /** It can show what it would send. */
  readonly previews: boolean;
  /** It is open, and worth asking vendors for. */
  readonly shown: boolean;
  readonly disabled: boolean;
  readonly saving: boolean;
  readonly saved: boolean;
  readonly error: unknown;
  /** What could not be checked of what was saved, by setting. */
  readonly unchecked: readonly { readonly setting: string; readonly sentence: Sentence }[];
  readonly onEdit: () => void;
  readonly onSave: (
    change: IntegrationChange,
    ends: { readonly onSuccess: () => void; readonly onError: (error: unknown) => void },
  ) => void;
  /** Other settings turn out to be saved than those that were shown. */
  readonly onOtherSaved: (saved: Saved) => void;
  /** Only these fields; absent: all of them. */
  readonly only?: (field: SettingField) => boolean;
  /** The form as it stands, whenever it changes. */
  readonly onDraft?: (values: Values) => void;
  /** What is saved with the settings, and stands in the same form. */
  readonly beside?: Beside;
  /** One of several steps: saved or not, it is gone on from here. */
  readonly onwards?: () => void;
}

/** Something that a form edits beside its settings. */
export interface Beside {
  /** Names of what is changed and not saved. */
  readonly isChanged: boolean;
  /** What is sent of it; null: it cannot be sent as it is, and says why itself. */
  change(): IntegrationChange | null;
  onSaved(): void;
  /** Whether what is refused under this name is told beside it. */
  tells(field: string): boolean;
  show(draft: Values): ReactNode;
}

const partsOf = (values: Values) => new Map(Object.entries(values));
const valuesOf = (parts: ReadonlyMap<string, unknown>): Values => Object.fromEntries(parts);

/** Made from the flow's own schema; the server has the last word on every value. */
export function SettingsForm(props: SettingsFormProps) {
  const { texts, language, formats, say } = useSpeech();
  const form = useDraft<Values>(props.settings.values, partsOf, valuesOf);
  /** What somebody else had saved meanwhile, once this form is saved too. */
  const [toldLast, setToldLast] = useState<readonly string[]>([]);
  const [isTried, setTried] = useState(false);
  const all = settingFields(props.settings.schema, language);
  const fields = props.only === undefined ? all : all.filter(props.only);
  const { beside, onwards } = props;
  const { draft, changed, contested } = form;
  const isChanged = changed.length > 0 || beside?.isChanged === true;
  useUnsaved(isChanged);
  const goOn = useOnceSaved(isChanged, onwards);
  const tellDraft = useRef(props.onDraft);
  tellDraft.current = props.onDraft;
  const draftText = JSON.stringify(draft);
  useEffect(() => tellDraft.current?.(JSON.parse(draftText) as Values), [draftText]);
  const refused = props.error ? problemWords(props.error, texts).fields : [];
  const missing = new Map(
    fields.flatMap((field) => {
      const why = isTried ? settingRefusal(field, draft[field.name], texts.flows, formats.number) : undefined;
      return why === undefined ? [] : [[field.name, why]];
    }),
  );
  const refusalOf = (name: string) =>
    missing.get(name) ?? refused.find(({ field }) => field === name || field === `settings.${name}`)?.detail;
  const titleOf = (name: string) => fields.find((field) => field.name === name)?.title ?? name;
  const textOf = (value: unknown) =>
    typeof value === 'boolean'
      ? texts.syncs.value[value ? 'yes' : 'no']
      : typeof value === 'string'
        ? value
        : JSON.stringify(value ?? '');

  function save(values: Values, on: Saved, told: readonly string[], more: IntegrationChange) {
    const settings = Object.fromEntries(
      Object.entries(values).filter(
        ([name, value]) => JSON.stringify(value) !== JSON.stringify(on.values[name]),
      ),
    );
    props.onSave(
      { ...more, ...(Object.keys(settings).length > 0 && { settings, basedOn: on.version }) },
      {
        onSuccess() {
          form.discard();
          beside?.onSaved();
          setTried(false);
          setToldLast(told);
          goOn();
        },
        onError(error) {
          const current = savedMeanwhile<Saved | object>(error);
          // What stands beside the settings was changed: it is told there.
          if (current === null || !('values' in current)) return;
          const next = form.over(current.values);
          props.onOtherSaved(current);
          if (next.contested.length === 0) save(next.draft, current, next.told, more);
        },
      },
    );
  }
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    setTried(true);
    const isFit = fields.every(
      (field) => settingRefusal(field, draft[field.name], texts.flows, formats.number) === undefined,
    );
    const more = beside === undefined ? {} : beside.change();
    if (!isFit || more === null || contested.length > 0) {
      if (onwards !== undefined) focusFirstWrong(event.currentTarget);
    } else if (isChanged) save(draft, props.settings, form.told, more);
    else onwards?.();
  }

  if (fields.length === 0 && beside === undefined && onwards === undefined)
    return <p className="quiet">{texts.flows.noSettings}</p>;
  const isOther = savedMeanwhile(props.error) !== null;
  return (
    // The browser's own bubbles speak the browser's language.
    <form className="settings" noValidate onSubmit={submit}>
      {fields.map((field) => (
        <SettingInput
          key={field.name}
          field={field}
          value={draft[field.name]}
          refusal={refusalOf(field.name)}
          flow={props.flow}
          shown={props.shown}
          form={formBeside(fields, draft, field.name)}
          offered={
            props.settings.offered.includes(field.name)
              ? { flow: props.flow, form: formBeside(fields, draft, field.name) }
              : undefined
          }
          disabled={props.disabled}
          onChange={(value) => {
            props.onEdit();
            setToldLast([]);
            form.edit({ ...draft, [field.name]: value });
          }}
        />
      ))}
      {Boolean(props.error) &&
        !isOther &&
        !refused.some(
          ({ field }) => fields.some(({ name }) => field.endsWith(name)) || beside?.tells(field) === true,
        ) && <ProblemNotice error={props.error} nameOf={(field) => nameOf(field, all)} />}
      {beside?.show(draft)}
      {props.previews && !props.disabled && <FlowPreview flow={props.flow} form={draft} />}
      {props.unchecked.map(({ setting, sentence }) => (
        <p key={setting} className="notice" role="status">
          {fields.find(({ name }) => name === setting)?.title ?? setting} : {say(sentence)}
        </p>
      ))}
      <MeanwhileNotice
        told={changed.length > 0 ? form.told : toldLast}
        contested={contested}
        titleOf={titleOf}
        mine={(name) => textOf(draft[name])}
        saved={(name) => textOf(props.settings.values[name])}
        choose={form.choose}
      />
      <div className="actions">
        <button
          type="submit"
          className="primary"
          disabled={
            props.disabled || props.saving || (!isChanged && onwards === undefined) || contested.length > 0
          }
        >
          {props.saving
            ? texts.flows.saving
            : onwards === undefined
              ? texts.flows.save
              : isChanged
                ? texts.setup.saveAndGoOn
                : texts.setup.goOn}
        </button>
        {changed.length > 0 && (
          <button
            type="button"
            className="link"
            onClick={() => {
              props.onEdit();
              setTried(false);
              form.discard();
            }}
          >
            {texts.flows.undo}
          </button>
        )}
        <span className="quiet" role="status">
          {contested.length > 0
            ? texts.drafts.chooseFirst
            : props.saved && changed.length === 0 && texts.flows.saved}
        </span>
      </div>
    </form>
  );
}

/** The form's other short values: what is offered for one may depend on them. */
const formBeside = (fields: readonly SettingField[], draft: Values, name: string): Values =>
  Object.fromEntries(
    fields
      .filter((field) => field.name !== name && !(field.kind.type === 'text' && field.kind.long))
      .map((field) => [field.name, draft[field.name]]),
  );

/** What a refused field is called, where it is one of the settings. */
const nameOf = (refused: string, fields: readonly SettingField[]): string | undefined =>
  fields.find(({ name }) => refused === `settings.${name}`)?.title;
