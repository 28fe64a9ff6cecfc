import { useQuery } from '@tanstack/react-query';
import { useEffect, useId } from 'react';
import type { OfferedFlow } from '../../../server/api/contract.ts';
import { useSpeech } from '../../language/language.tsx';
import { Loading } from '../../pieces/loading.tsx';
import { ProblemNotice } from '../../pieces/problem-notice.tsx';
import { connectionList } from '../connections/connection-queries.ts';
import { JustConnected } from '../connections/just-connected.tsx';
import { asIntegrationField } from '../flows/integration-fields.tsx';
import { useRefused } from '../flows/refused.ts';
import type { AccountsDraft } from './accounts-draft.ts';
import { RoleAccounts } from './role-accounts.tsx';

interface AccountsStepProps {
  readonly flow: OfferedFlow;
  readonly draft: AccountsDraft;
  readonly busy: boolean;
  readonly error: unknown;
  readonly onChange: (draft: AccountsDraft) => void;
  readonly onDone: () => void;
}

const LONGEST_NAME = 80;

type Roles = OfferedFlow['roles'];

/** Whether every role that must have an account has one of those that there are. */
const isWhole = (roles: Roles, chosen: AccountsDraft['chosen']): boolean =>
  Object.entries(roles).every(
    ([role, { optional, accounts }]) =>
      optional || accounts.some(({ connection }) => connection === chosen[role]),
  );

/** What is chosen without asking: the only account there is, and one that was connected on the way. */
function withChosen(roles: Roles, { chosen, seen }: AccountsDraft): Record<string, string> {
  const next = { ...chosen };
  for (const [role, { accounts }] of Object.entries(roles)) {
    const fresh = seen === null ? [] : accounts.filter(({ connection }) => !seen.includes(connection));
    const [only] = fresh.length === 1 ? fresh : accounts.length === 1 ? accounts : [];
    const stands = accounts.some(({ connection }) => connection === next[role]);
    if (only !== undefined && (fresh.length === 1 || !stands)) next[role] = only.connection;
  }
  return next;
}

/** The name and the accounts, role by role; what is missing is connected from here. */
export function AccountsStep({ flow, draft, busy, error, onChange, onDone }: AccountsStepProps) {
  const { texts, say } = useSpeech();
  const words = texts.setup;
  const id = useId();
  const connections = useQuery(connectionList());
  const refused = useRefused(error);
  const known = JSON.stringify(Object.values(flow.roles).flatMap(({ accounts }) => accounts));
  useEffect(() => {
    const all = (JSON.parse(known) as { connection: string }[]).map(({ connection }) => connection);
    const chosen = withChosen(flow.roles, draft);
    const isSame =
      JSON.stringify(chosen) === JSON.stringify(draft.chosen) &&
      all.every((one) => draft.seen?.includes(one));
    if (!isSame) onChange({ ...draft, chosen, seen: all });
  }, [known, flow.roles, draft, onChange]);
  const whole = isWhole(flow.roles, draft.chosen);
  return (
    <div className="settings">
      {connections.error && (
        <ProblemNotice error={connections.error} retry={() => void connections.refetch()} />
      )}
      {!connections.data && !connections.error && <Loading />}
      {connections.data && <JustConnected connections={connections.data.connections} />}
      {connections.data &&
        Object.entries(flow.roles).map(([role, facts]) => (
          <RoleAccounts
            key={role}
            role={facts}
            chosen={draft.chosen[role]}
            known={connections.data}
            refusal={refused.get(`connections.${role}`)}
            onChoose={(connection) => onChange({ ...draft, chosen: { ...draft.chosen, [role]: connection } })}
          />
        ))}
      {/* Keys are sent by forms of their own, which cannot stand in another one. */}
      <form
        className="settings"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (whole) onDone();
        }}
      >
        <div className="setting">
          <label htmlFor={id}>{texts.flows.integrations.name}</label>
          <input
            id={id}
            value={draft.name}
            placeholder={say(flow.titles)}
            maxLength={LONGEST_NAME}
            aria-invalid={refused.has('name')}
            aria-describedby={`${id}-hint`}
            onChange={(event) => onChange({ ...draft, name: event.target.value })}
          />
          <span id={`${id}-hint`} className={refused.has('name') ? 'wrong' : 'quiet'}>
            {refused.get('name') ?? texts.flows.integrations.nameHint}
          </span>
        </div>
        {Boolean(error) && <ProblemNotice error={error} nameOf={asIntegrationField} />}
        <div className="actions">
          <button type="submit" className="primary" disabled={busy || !whole}>
            {busy ? texts.flows.saving : words.goOn}
          </button>
          <span className="quiet" role="status">
            {connections.data && !whole && words.account.missing(missingRole(flow, draft, say))}
          </span>
        </div>
      </form>
    </div>
  );
}

/** The first role that lacks an account, in words. */
const missingRole = (
  { roles }: OfferedFlow,
  { chosen }: AccountsDraft,
  say: (sentence: { readonly en: string; readonly fr: string }) => string,
): string => {
  const found = Object.entries(roles).find(([role, one]) => !isWhole({ [role]: one }, chosen));
  return found === undefined ? '' : say(found[1].titles);
};
