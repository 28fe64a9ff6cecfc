import type { SyncDetail, SyncPreview } from '../../../server/api/contract.ts';
import { useSpeech } from '../../language/language.tsx';
import { CompanionFacts } from './companions.tsx';
import { useFieldName, useSideName } from './field-names.ts';

type Forecast = NonNullable<SyncPreview['forecast']>;
const SIDES = ['left', 'right'] as const;
const COUNTED = ['create', 'update', 'remove'] as const;

/** What would be written on each side, what is found about the pairs, and what it costs. */
export function ForecastTables({ sync, forecast }: { sync: SyncDetail; forecast: Forecast }) {
  const { texts, say, formats } = useSpeech();
  const words = texts.syncs.preview;
  const sideName = useSideName(sync);
  const fieldName = useFieldName(sync.id);
  const { counts, untouched, unfitting, refused, calls, credits, matchedBy } = forecast;
  const keyName = (key: string) =>
    key
      .split(' + ')
      .map((field) => fieldName('left', field))
      .join(' + ');
  const facts = [
    [words.matched, counts.matched],
    [words.conflicts, counts.conflicts],
    [words.asks, counts.asks],
    [words.excluded, counts.excluded],
    [words.refused, refused],
    [words.unlinked, counts.unlinked],
    [words.unfitting, unfitting.left + unfitting.right],
    [words.leaving, unfitting.leaving],
  ] as const;
  return (
    <div className="forecast">
      <div>
        <h2>{words.would}</h2>
        <div className="scroll">
          <table className="grid numbers">
            <thead>
              <tr>
                <th scope="col">{words.column}</th>
                {SIDES.map((side) => (
                  <th key={side} scope="col">
                    {sideName(side)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {COUNTED.map((name) => (
                <tr key={name}>
                  <th scope="row">{words[name]}</th>
                  {SIDES.map((side) => (
                    <Count key={side} count={counts[side][name]} alarming={name === 'remove'} />
                  ))}
                </tr>
              ))}
              <tr>
                <th scope="row">{words.untouched}</th>
                {SIDES.map((side) => (
                  <Count key={side} count={untouched[side]} />
                ))}
              </tr>
            </tbody>
          </table>
        </div>
        <dl className="facts">
          {facts
            .filter(([name, count]) => count > 0 || name === words.matched)
            .map(([name, count]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>
                  {formats.number(count)}
                  {name === words.matched && (
                    <span className="quiet">
                      {Object.entries(matchedBy).map(
                        ([key, pairs]) => ` · ${words.matchedBy(keyName(key), formats.number(pairs))}`,
                      )}
                    </span>
                  )}
                </dd>
              </div>
            ))}
          <CompanionFacts forecast={forecast} />
        </dl>
      </div>
      <div>
        <h2>{words.cost}</h2>
        <div className="scroll">
          <table className="grid numbers">
            <thead>
              <tr>
                <td />
                {SIDES.map((side) => (
                  <th key={side} scope="col">
                    {sideName(side)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              <tr>
                <th scope="row">{words.calls}</th>
                {SIDES.map((side) => (
                  <Count key={side} count={calls[side]} />
                ))}
              </tr>
              <tr>
                <th scope="row">{words.credits}</th>
                {SIDES.map((side) => {
                  const credit = credits[side];
                  return (
                    <td key={side}>
                      {credit === null ? (
                        <span className="quiet">{words.noCredits}</span>
                      ) : (
                        `${formats.number(credit.count)} ${say(credit.unit)}`
                      )}
                    </td>
                  );
                })}
              </tr>
            </tbody>
          </table>
        </div>
        <p>
          {words.time}{' '}
          <span className="quiet">{words.about(formats.duration(forecast.seconds * 1_000))}</span>
        </p>
      </div>
    </div>
  );
}

function Count({ count, alarming = false }: { count: number; alarming?: boolean }) {
  const { formats } = useSpeech();
  return <td className={count === 0 ? 'quiet' : alarming ? 'wrong' : undefined}>{formats.number(count)}</td>;
}
