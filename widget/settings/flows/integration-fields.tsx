import { useId } from 'react';
import type { OfferedFlow } from '../../../server/api/contract.ts';
import { useSpeech } from '../../language/language.tsx';

interface IntegrationFieldsProps {
  readonly roles: OfferedFlow['roles'];
  readonly name: string;
  readonly placeholder: string;
  /** By role. */
  readonly chosen: Readonly<Record<string, string>>;
  /** What is refused, by field: `name`, `connections.<role>`. */
  readonly refused: ReadonlyMap<string, string>;
  readonly onName: (name: string) => void;
  readonly onChoose: (role: string, connection: string) => void;
}

type Account = OfferedFlow['roles'][string]['accounts'][number];

const LONGEST_NAME = 80;

/** What is said beside its own field here needs no second word below. */
export const asIntegrationField = (field: string): null | undefined =>
  field === 'name' || field.startsWith('connections.') ? null : undefined;

/** The name of an integration, and where there are several accounts for a role which one it uses. */
export function IntegrationFields(props: IntegrationFieldsProps) {
  const { roles, name, placeholder, chosen, refused, onName, onChoose } = props;
  const { texts, say } = useSpeech();
  const words = texts.flows.integrations;
  const id = useId();
  return (
    <>
      <div className="field">
        <label htmlFor={`${id}-name`}>{words.name}</label>
        <input
          id={`${id}-name`}
          value={name}
          placeholder={placeholder}
          maxLength={LONGEST_NAME}
          aria-invalid={refused.has('name')}
          aria-describedby={`${id}-name-hint`}
          onChange={(event) => onName(event.target.value)}
        />
        <p id={`${id}-name-hint`} className={refused.has('name') ? 'wrong' : 'quiet'}>
          {refused.get('name') ?? words.nameHint}
        </p>
      </div>
      {Object.entries(roles).map(([role, { titles, offers, accounts }]) => {
        // Of several applications: which of them it is of is said too.
        const nameOf = ({ account, connector }: Account): string =>
          offers === null ? account.name : `${say(connector.titles)} · ${account.name}`;
        const refusal = refused.get(`connections.${role}`);
        const [only] = accounts;
        if (only === undefined || accounts.length === 1)
          return (
            <p key={role} className={refusal === undefined ? 'quiet' : 'wrong'}>
              {refusal ??
                (only === undefined
                  ? words.noAccount(say(titles))
                  : words.onlyAccount(say(titles), nameOf(only)))}
            </p>
          );
        return (
          <div key={role} className="field">
            <label htmlFor={`${id}-${role}`}>{words.account(say(titles))}</label>
            <select
              id={`${id}-${role}`}
              value={chosen[role] ?? ''}
              aria-invalid={refusal !== undefined}
              onChange={(event) => onChoose(role, event.target.value)}
            >
              <option value="" disabled>
                {words.chooseAccount}
              </option>
              {accounts.map((one) => (
                <option key={one.connection} value={one.connection}>
                  {nameOf(one)}
                </option>
              ))}
            </select>
            {refusal !== undefined && <p className="wrong">{refusal}</p>}
          </div>
        );
      })}
    </>
  );
}
