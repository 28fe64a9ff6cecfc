/// <reference types="vite/client" />
import { useQuery } from '@tanstack/react-query';
import '../../styles/mode.css';
import type { ModeView } from '../../../server/api/contract.ts';
import { useSpeech } from '../../language/language.tsx';
import { Icon, type IconName } from '../../pieces/icon.tsx';
import { Loading } from '../../pieces/loading.tsx';
import { ProblemNotice } from '../../pieces/problem-notice.tsx';
import { useIsAdmin } from '../me.tsx';
import { Leave } from './leave.tsx';
import { modeOf } from './mode-queries.ts';

const ICONS: Readonly<Record<ModeView['needs'][number]['state'], IconName>> = {
  ready: 'done',
  missing: 'not-started',
  wrong: 'failed',
};

/** What production needs, what a switch does, and the switch itself. */
export default function ModeScreen() {
  const { texts } = useSpeech();
  const words = texts.start.mode;
  const admin = useIsAdmin();
  return (
    <div className="page mode">
      <h1>{words.title}</h1>
      {admin ? <Mode /> : <p className="quiet">{words.adminSwitches}</p>}
    </div>
  );
}

function Mode() {
  const { texts } = useSpeech();
  const words = texts.start.mode;
  const { data, error, refetch } = useQuery(modeOf());
  if (error) return <ProblemNotice error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  const isSandbox = data.mode === 'sandbox';
  return (
    <>
      {isSandbox ? (
        <p>{words.intro}</p>
      ) : (
        <p>
          {words.production} <span className="quiet">{words.productionHint}</span>
        </p>
      )}
      {isSandbox && (
        <section className="card" aria-labelledby="mode-happens">
          <h2 id="mode-happens">{words.happens}</h2>
          <ul className="consequences">
            {(['rows', 'off', 'signIn', 'next'] as const).map((one) => (
              <li key={one}>{words.consequences[one]}</li>
            ))}
          </ul>
        </section>
      )}
      <section className="card" aria-labelledby="mode-needs">
        <h2 id="mode-needs">{words.needs}</h2>
        {isSandbox && <p className="quiet">{words.needsHint}</p>}
        <ul className="needs">
          {data.needs.map((need) => (
            <Need key={need.id} need={need} />
          ))}
        </ul>
      </section>
      {isSandbox && <Leave view={data} />}
    </>
  );
}

function Need({ need }: { need: ModeView['needs'][number] }) {
  const { texts, say } = useSpeech();
  const words = texts.start.mode;
  const { state, required } = need;
  return (
    <li className={`need need-${state === 'missing' && !required ? 'optional' : state}`} data-need={need.id}>
      <Icon name={ICONS[state]} />
      <div>
        <p>
          <strong>{say(need.titles)}</strong> <span className="need-state">{words.states[state]}</span>
          {!required && <span className="quiet"> · {words.optional}</span>}
        </p>
        <p className="quiet">{say(need.sentence)}</p>
        <p className="variables">
          {need.variables.map((name) => (
            <code key={name}>{name}</code>
          ))}
        </p>
      </div>
    </li>
  );
}
