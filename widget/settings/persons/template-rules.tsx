import { type FormEvent, useState } from 'react';
import type { Template, TemplateChange } from '../../../server/api/contract.ts';
import { call } from '../../api/client.ts';
import { useSpeech } from '../../language/language.tsx';
import { ProblemNotice } from '../../pieces/problem-notice.tsx';
import { usePersonAction } from './person-queries.ts';

const SIDES = ['left', 'right'] as const;
type Side = (typeof SIDES)[number];
type Rules = Template['settings']['rules'];

/** The side that wins every field; `''`: it differs by field. */
const masterOf = ({ fields }: Rules): Side | '' => {
  const [first] = fields;
  return first !== undefined && fields.every(({ master }) => master === first.master) ? first.master : '';
};

/** What an admin most often changes of a template, and saves for everybody. */
export function TemplateRules({ template, onSaved }: { template: Template; onSaved: () => void }) {
  const { say, texts } = useSpeech();
  const words = texts.persons.templates;
  const [rules, setRules] = useState<Rules>(template.settings.rules);
  const [approves, setApproves] = useState(template.approves);
  const save = usePersonAction((body: TemplateChange) =>
    call('setTemplate', { params: { template: template.id }, body }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const isOther = JSON.stringify(rules) !== JSON.stringify(template.settings.rules);
    const fields = rules.fields.map(({ kind: _kind, ...row }) => row);
    save.mutate(
      {
        approves,
        basedOn: template.version,
        ...(isOther && { settings: { rules: { ...rules, fields } } }),
      },
      { onSuccess: onSaved },
    );
  };
  return (
    <form className="template-rules" onSubmit={submit}>
      {SIDES.map((side) => (
        <fieldset key={side}>
          <legend>{say(template.sides[side])}</legend>
          <label>
            <input
              type="checkbox"
              checked={rules.create[side]}
              onChange={({ target }) =>
                setRules({ ...rules, create: { ...rules.create, [side]: target.checked } })
              }
            />{' '}
            {words.create(say(template.sides[side]))}
          </label>
          <label>
            <input
              type="checkbox"
              checked={rules.remove[side] === 'delete'}
              onChange={({ target }) =>
                setRules({
                  ...rules,
                  remove: { ...rules.remove, [side]: target.checked ? 'delete' : 'keep' },
                })
              }
            />{' '}
            {words.remove(say(template.sides[side]))}
          </label>
        </fieldset>
      ))}
      <label>
        {words.wins}{' '}
        <select
          value={masterOf(rules)}
          onChange={({ target }) => {
            const master = target.value as Side;
            setRules({ ...rules, fields: rules.fields.map((row) => ({ ...row, master })) });
          }}
        >
          {masterOf(rules) === '' && <option value="">{words.mixed}</option>}
          {SIDES.map((side) => (
            <option key={side} value={side}>
              {say(template.sides[side])}
            </option>
          ))}
        </select>
      </label>
      <label>
        {words.approves}{' '}
        <input
          type="number"
          min={0}
          max={1_000_000}
          required
          value={approves}
          onChange={({ target }) => setApproves(target.valueAsNumber || 0)}
        />
      </label>
      <p className="quiet">{words.approvesHint}</p>
      {save.error && <ProblemNotice error={save.error} />}
      <button type="submit" className="primary" disabled={save.isPending}>
        {words.save}
      </button>
    </form>
  );
}
