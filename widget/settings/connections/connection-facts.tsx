import type { ReactNode } from 'react';
import type { Connection } from '../../../server/api/contract.ts';
import { useSpeech } from '../../language/language.tsx';
import { Moment } from '../../pieces/moment.tsx';

/** Whose account is connected, and when it was last asked something. */
export function ConnectionFacts({ connection }: { connection: Connection }) {
  const { texts, say, formats } = useSpeech();
  const words = texts.connections;
  const { account, since, health, lastSuccessAt, lastFailure } = connection;
  const { name, id, user, dataCentre } = account;
  // While it is what is wrong now, its sentence stands above.
  const isPast = health === 'works' || health === 'unused';
  return (
    <dl className="fact-grid">
      <Fact title={words.account}>
        {name}{' '}
        {name.toLowerCase() !== id.toLowerCase() && <span className="quiet">{words.accountId(id)}</span>}
      </Fact>
      {user !== null && <Fact title={words.user}>{user}</Fact>}
      {dataCentre !== null && (
        <Fact title={words.dataCentre}>{dataCentre.titles ? say(dataCentre.titles) : dataCentre.id}</Fact>
      )}
      <Fact title={words.since}>{formats.day(since)}</Fact>
      <Fact title={words.lastSuccess}>
        {lastSuccessAt === null ? words.never : <Moment instant={lastSuccessAt} />}
      </Fact>
      {lastFailure !== null && (
        <Fact title={words.lastFailure}>
          <Moment instant={lastFailure.at} />
          {isPast && <span className="quiet"> {say(lastFailure.sentence)}</span>}
        </Fact>
      )}
    </dl>
  );
}

function Fact({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div>
      <dt>{title}</dt>
      <dd>{children}</dd>
    </div>
  );
}
