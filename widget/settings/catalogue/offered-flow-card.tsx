import type { OfferedFlow } from '../../../server/api/contract.ts';
import { useSpeech } from '../../language/language.tsx';
import { ApplicationMarks } from '../../pieces/application-marks.tsx';
import { hrefOf } from '../address.ts';
import { useIsAdmin } from '../me.tsx';
import { NativeNote } from '../native-note.tsx';
import { newSetupHref } from '../setup/setup-address.ts';

/** @param used how many integrations of it there are. */
export function OfferedFlowCard({ flow, used }: { flow: OfferedFlow; used: number }) {
  const { texts, say, formats } = useSpeech();
  const words = texts.catalogue;
  const adding = texts.flows.integrations;
  const admin = useIsAdmin();
  const title = say(flow.titles);
  const id = `offered-${flow.id}`;
  return (
    <article className="card" aria-labelledby={id} data-flow={flow.id}>
      <header>
        <h3 id={id}>{title}</h3>
        <span className="tag">{texts.flows[flow.kind]}</span>
      </header>
      <p>{say(flow.direction)}</p>
      <ApplicationMarks applications={flow.applications} />
      <NativeNote native={flow.native} page={flow.nativePage} />
      {(admin || used > 0) && (
        <p className="actions">
          {admin && (
            <a
              className="button"
              href={newSetupHref(flow.id)}
              aria-label={used === 0 ? adding.setUpOf(title) : adding.addOf(title)}
            >
              {used === 0 ? adding.setUp : adding.add}
            </a>
          )}
          {used > 0 && (
            <a
              href={hrefOf('integrations', { flow: flow.id })}
              aria-label={words.usedOf(used, formats.number(used), title)}
            >
              {words.used(used, formats.number(used))}
            </a>
          )}
        </p>
      )}
    </article>
  );
}
