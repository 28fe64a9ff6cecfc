/// <reference types="vite/client" />
import { useQuery } from '@tanstack/react-query';
import '../../styles/catalogue.css';
import type { OfferedFlow } from '../../../server/api/contract.ts';
import { useSpeech } from '../../language/language.tsx';
import { Loading } from '../../pieces/loading.tsx';
import { ProblemNotice } from '../../pieces/problem-notice.tsx';
import { go, hrefOf, useAddress } from '../address.ts';
import { catalogue } from '../flows/flow-queries.ts';
import { overview } from '../integrations/overview-queries.ts';
import { useIsAdmin } from '../me.tsx';
import { Nothing } from '../syncs/nothing.tsx';
import { ApplicationChips } from './application-chips.tsx';
import { OfferedFlowCard } from './offered-flow-card.tsx';
import { applicationsOf, type CatalogueChoice, offeredGroups } from './offered-groups.ts';

/** Everything that Liaison can do, by what it is for; searched, and narrowed to one application. */
export default function CatalogueScreen() {
  const { texts } = useSpeech();
  const words = texts.catalogue;
  const admin = useIsAdmin();
  const { data, error, refetch } = useQuery(catalogue());
  return (
    <div className="page catalogue">
      <h1 tabIndex={-1}>{words.title}</h1>
      <p className="quiet">
        {words.intro} {!admin && words.adminSetsUp}
      </p>
      {error && <ProblemNotice error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data?.flows.length === 0 && <p className="nothing">{words.empty}</p>}
      {data && data.flows.length > 0 && <Offered flows={data.flows} />}
    </div>
  );
}

function Offered({ flows }: { flows: readonly OfferedFlow[] }) {
  const { texts, say, formats } = useSpeech();
  const words = texts.catalogue;
  const { search } = useAddress();
  const choice: CatalogueChoice = {
    find: search.get('find') ?? '',
    application: search.get('application') ?? '',
  };
  const choose = (changed: Partial<CatalogueChoice>) =>
    go(hrefOf('catalogue', { ...choice, ...changed }), { replace: true });
  // Told beside each when it is known: what is offered does not wait for it.
  const { data: list } = useQuery(overview());
  const used = Map.groupBy(list?.integrations ?? [], ({ flow }) => flow.id);
  const groups = offeredGroups(flows, choice);
  const count = groups.reduce((sum, group) => sum + group.flows.length, 0);
  const all = formats.number(flows.length);
  return (
    <>
      <search className="filters">
        <label>
          <span>{words.search}</span>
          <input
            type="search"
            value={choice.find}
            maxLength={200}
            placeholder={words.searchHint}
            onChange={(event) => choose({ find: event.target.value })}
          />
        </label>
      </search>
      <ApplicationChips
        applications={applicationsOf(flows)}
        chosen={choice.application}
        choose={(application) => choose({ application })}
      />
      <p className="quiet" role="status">
        {count === flows.length
          ? words.everything(count, all)
          : words.found(count, formats.number(count), all)}
      </p>
      {count === 0 && (
        <>
          <Nothing title={words.none} hint={words.noneHint} />
          <p className="actions centred">
            <button type="button" onClick={() => choose({ find: '', application: '' })}>
              {words.clear}
            </button>
          </p>
        </>
      )}
      {groups.map((group) => (
        <section
          key={group.id}
          className="purpose"
          aria-labelledby={`purpose-${group.id}`}
          data-purpose={group.id}
        >
          <h2 id={`purpose-${group.id}`}>{group.titles === null ? words.other : say(group.titles)}</h2>
          <div className="offered">
            {group.flows.map((flow) => (
              <OfferedFlowCard key={flow.id} flow={flow} used={used.get(flow.id)?.length ?? 0} />
            ))}
          </div>
        </section>
      ))}
    </>
  );
}
