import type { SyncPass, SyncPreview, SyncUndoPreview } from '../../../server/api/contract.ts';
import { useSpeech } from '../../language/language.tsx';

/** Records of another kind that are made beside those of a sync: the accounts of companies. */

type Forecast = NonNullable<SyncPreview['forecast']>;
type OfPass = SyncPass['companions'][number];
const SIDES = ['left', 'right'] as const;
/** Names that are shown before the rest is only counted. */
const NAMED = 12;

/** What the apply would make beside the records, in the list of a preview's facts. */
export function CompanionFacts({ forecast }: { forecast: Forecast }) {
  const { texts, say, formats } = useSpeech();
  const words = texts.syncs.companions;
  return SIDES.map((side) => {
    const one = forecast.companions[side];
    if (one === null || one.create === 0) return null;
    const rest = one.create - Math.min(NAMED, one.names.length);
    return (
      <div key={side}>
        <dt>{words.would(say(one.titles))}</dt>
        <dd>
          {formats.number(one.create)}
          <span className="quiet">
            {` · ${one.names.slice(0, NAMED).join(', ')}`}
            {rest > 0 && ` ${words.more(formats.number(rest))}`}
          </span>
        </dd>
      </div>
    );
  });
}

/** The same in the question before the apply. */
export function CompanionsWarning({ forecast }: { forecast: Forecast }) {
  const { texts, say, formats } = useSpeech();
  const words = texts.syncs.companions;
  return SIDES.map((side) => {
    const one = forecast.companions[side];
    if (one === null || one.create === 0) return null;
    const text = words.apply(one.create, formats.number(one.create));
    return <p key={side}>{words.named(say(one.titles), text)}</p>;
  });
}

/** What an undo would look at beside the records. */
export function CompanionsOfUndo({ companions }: Pick<SyncUndoPreview, 'companions'>) {
  const { texts, say, formats } = useSpeech();
  const words = texts.syncs.companions;
  return companions.map(({ side, titles, count }) => (
    <p key={side}>{words.named(say(titles), words.undo(count, formats.number(count)))}</p>
  ));
}

/** "CRM accounts 31 created, 29 taken away", and which. */
export function CompanionsOfPass({ pass }: { pass: SyncPass }) {
  return pass.companions.map((one) => (
    <Companions key={one.side} companions={one} isUndo={pass.kind === 'undo'} />
  ));
}

function Companions({ companions, isUndo }: { companions: OfPass; isUndo: boolean }) {
  const { texts, say, formats } = useSpeech();
  const words = texts.syncs.companions;
  const { titles, made, removed, stay, records } = companions;
  const counts = [
    !isUndo && words.made(made, formats.number(made)),
    removed > 0 && words.removed(removed, formats.number(removed)),
    stay > 0 && words.stay(stay, formats.number(stay)),
  ].filter((one) => one !== false);
  return (
    <details className="companions">
      <summary>{`${say(titles)} ${counts.join(', ')}`}</summary>
      <ul>
        {records.map(({ id, name, url, state, reason }) => (
          <li key={id}>
            {url === null || state === 'removed' ? name : <a href={url}>{name}</a>}
            {state === 'removed' && <span className="quiet"> {words.gone}</span>}
            {reason !== null && <span className="quiet"> {say(reason)}</span>}
          </li>
        ))}
        {made > records.length && (
          <li className="quiet">{words.more(formats.number(made - records.length))}</li>
        )}
      </ul>
    </details>
  );
}
