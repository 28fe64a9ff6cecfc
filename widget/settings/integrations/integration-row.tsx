import type { OverviewItem } from '../../../server/api/contract.ts';
import { useSpeech } from '../../language/language.tsx';
import { ApplicationMarks } from '../../pieces/application-marks.tsx';
import { hrefOf } from '../address.ts';
import { IntegrationActions } from '../flows/integration-actions.tsx';
import { useIsAdmin } from '../me.tsx';
import { setupHref } from '../setup/setup-address.ts';
import { FreshLine } from './fresh-line.tsx';
import { IntegrationSwitch } from './integration-switch.tsx';
import { StandingLine } from './standing-line.tsx';
import { TodayLine } from './today-line.tsx';

/** One integration: what it is called, how it stands, what it did today, whose it is, and what can be done to it. */
export function IntegrationRow({ item }: { item: OverviewItem }) {
  const { texts, say } = useSpeech();
  const words = texts.list;
  const admin = useIsAdmin();
  // Who is no admin sees nobody's own beside their own.
  const isOwn = !admin && item.owner === 'person';
  const mayChange = admin || isOwn;
  const name = say(item.titles);
  const flow = say(item.flow.titles);
  return (
    <li className="card integration" data-integration={item.id}>
      <div>
        <h2>
          <a href={hrefOfOne(item, admin)}>{name}</a>
        </h2>
        {name !== flow && <p className="quiet">{flow}</p>}
        <ApplicationMarks applications={item.applications} />
      </div>
      <div>
        <StandingLine item={item} />
        <TodayLine item={item} />
        <FreshLine item={item} />
        <p className="quiet">
          {isOwn ? words.own : item.person === null ? words.organisation : words.ofPerson(item.person.name)}
          {item.followsTemplate && `, ${words.underTemplate}`}
        </p>
      </div>
      {mayChange && (
        <div className="integration-doing">
          <IntegrationSwitch item={item} />
          <details>
            <summary>
              {words.actions} <span className="unseen">{name}</span>
            </summary>
            <IntegrationActions integration={item} />
          </details>
        </div>
      )}
    </li>
  );
}

/** Where it is watched and changed: a sync that began on pages of its own, everything else where it was set up. */
function hrefOfOne({ id, kind, standing }: OverviewItem, admin: boolean): string {
  if (kind === 'sync' && !(admin && standing.state === 'not-on-yet')) return hrefOf('syncs', { sync: id });
  if (!admin) return hrefOf('flows', { integration: id });
  return setupHref(id, kind === 'sync' ? 'mapping' : 'settings');
}
