import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { Flow } from '../../../server/api/contract.ts';
import { useSpeech } from '../../language/language.tsx';
import { Icon } from '../../pieces/icon.tsx';
import { ProblemNotice, problemWords } from '../../pieces/problem-notice.tsx';
import { hrefOf } from '../address.ts';
import { settingFields } from '../flows/setting-fields.ts';
import { startChoice } from '../flows/start-dialog.tsx';
import { StandingRows } from '../flows/try-panel.tsx';
import { tryRecords } from '../flows/try-queries.ts';
import { setupHref } from './setup-address.ts';
import { useSetupChange } from './setup-queries.ts';
import type { StepProps } from './setup-screen.tsx';
import { stepOfField } from './setup-steps.ts';

/** What was chosen, at a glance; of a polled source what to begin with; and the switch. */
export function OnStep({ integration: flow }: StepProps<Flow>) {
  const { texts, say, language } = useSpeech();
  const words = texts.setup.on;
  const change = useSetupChange(flow.id);
  const choice = startChoice(flow, language);
  const saved = choice === undefined ? undefined : flow.settings.values[choice.name];
  const [begin, setBegin] = useState(saved);
  const accounts = Object.values(flow.connections).flatMap(({ connector, account }) =>
    connector === null || account === null ? [] : [`${say(connector.titles)} · ${account.name}`],
  );
  const titleOf = (refused: string) =>
    settingFields(flow.settings.schema, language).find(({ name }) => refused === `settings.${name}`)?.title;
  const refused = change.error ? problemWords(change.error, texts).fields : [];
  const toMend = new Set(refused.flatMap(({ field }) => stepOfField(field, flow) ?? []));
  const turnOn = () =>
    change.mutate({
      enabled: true,
      ...(choice !== undefined && begin !== saved && { settings: { [choice.name]: begin } }),
    });
  return (
    <>
      <dl className="fact-grid">
        <div>
          <dt>{words.accounts}</dt>
          {accounts.map((account) => (
            <dd key={account}>{account}</dd>
          ))}
        </div>
        {flow.filters && (
          <div>
            <dt>{words.records}</dt>
            <dd>{flow.filterWords ? say(flow.filterWords) : texts.setup.record.every}</dd>
          </div>
        )}
      </dl>
      <p className="quiet">
        {texts.flows.frequency} {say(flow.frequency)}
      </p>
      {choice !== undefined && !flow.enabled && (
        <Beginning flow={flow} choice={choice} chosen={begin} onChoose={setBegin} />
      )}
      {change.error && <ProblemNotice error={change.error} nameOf={titleOf} />}
      {[...toMend].map((step) => (
        <p key={step}>
          <a href={setupHref(flow.id, step)}>{words.mend(texts.setup.step[step])}</a>
        </p>
      ))}
      <p role="status" className={flow.enabled ? 'notice good' : 'quiet'}>
        {flow.enabled && <Icon name="done" />} {flow.enabled ? words.isOn : words.isOff}
      </p>
      <div className="actions">
        {flow.enabled ? (
          <>
            <a className="button primary" href={hrefOf('log', { integration: flow.id })}>
              {words.toLog}
            </a>
            <button
              type="button"
              disabled={change.isPending}
              onClick={() => change.mutate({ enabled: false })}
            >
              {words.turnOff}
            </button>
          </>
        ) : (
          <button type="button" className="primary" disabled={change.isPending} onClick={turnOn}>
            {words.turnOn}
          </button>
        )}
      </div>
    </>
  );
}

interface BeginningProps {
  readonly flow: Flow;
  readonly choice: NonNullable<ReturnType<typeof startChoice>>;
  readonly chosen: unknown;
  readonly onChoose: (value: string) => void;
}

/** Shows some of what stands in the source, and asks whether it is taken too. */
function Beginning({ flow, choice, chosen, onChoose }: BeginningProps) {
  const { texts, say, formats } = useSpeech();
  const words = texts.setup.on;
  const group = useId();
  const { data, error, isPending } = useQuery(tryRecords(flow.id, '', null));
  const standing = data?.standing;
  return (
    <fieldset className="setup-role">
      <legend>{choice.title}</legend>
      {isPending && <p role="status">{texts.tries.looking}</p>}
      {error && <ProblemNotice error={error} />}
      {data?.problem && <p className="wrong">{say(data.problem.sentence)}</p>}
      {standing && (
        <>
          <p>
            {standing.said
              ? say(standing.said)
              : standing.count === 0
                ? words.noRows
                : words.rows(formats.number(standing.count), standing.count === 1)}
          </p>
          <StandingRows shown={standing.shown} />
        </>
      )}
      {choice.kind.choices.map((one) => (
        <label key={one} className="start-choice">
          <input type="radio" name={group} checked={chosen === one} onChange={() => onChoose(one)} />{' '}
          {choice.kind.titles[one] ?? one}
        </label>
      ))}
    </fieldset>
  );
}
