import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import type { AlertDestinationWish, AlertPlaces } from '../../../server/api/contract.ts';
import { useSpeech } from '../../language/language.tsx';
import { ProblemNotice } from '../../pieces/problem-notice.tsx';
import { hrefOf } from '../address.ts';
import { FailureNotice } from '../log/failure-notice.tsx';
import { useMe } from '../me.tsx';
import { alertPlaces } from './alert-queries.ts';

interface AddPlaceProps {
  /** Whether a mail server is there. */
  readonly mail: boolean;
  readonly busy: boolean;
  readonly add: (wish: AlertDestinationWish, name: string, onAdded: () => void) => void;
}

const MAIL = 'mail';
type Place = AlertPlaces['places'][number];

const keyOfPlace = ({ connector, connection }: Place): string => `${connector.id} ${connection ?? ''}`;

/** A further place for alerts: first what kind, then which one of what that application offers now. */
export function AddPlace({ mail, busy, add }: AddPlaceProps) {
  const { texts, say } = useSpeech();
  const words = texts.alerts;
  const id = useId();
  const { data, error, refetch } = useQuery(alertPlaces());
  const [kind, setKind] = useState('');
  const [which, setWhich] = useState('');
  const [isWrong, setIsWrong] = useState(false);
  const places = data?.places ?? [];
  const place = places.find((one) => keyOfPlace(one) === kind);
  const namesAccount = ({ connector, connection }: Place): boolean =>
    places.some((one) => one.connector.id === connector.id && one.connection !== connection);

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const address = event.currentTarget.querySelector<HTMLInputElement>('input[type=email]');
    setIsWrong(address !== null && !address.validity.valid);
    if (address !== null && !address.validity.valid) return address.focus();
    const target = place?.targets.find((one) => one.id === which);
    if (kind === MAIL) add({ email: which.trim() }, words.mailTo(which.trim()), () => setWhich(''));
    else if (place && target) {
      const { connector, connection, account } = place;
      const names = [
        say(connector.titles),
        ...(namesAccount(place) && account ? [account] : []),
        target.title,
      ];
      const wish = { connector: connector.id, target: which, ...(connection !== null && { connection }) };
      add(wish, names.join(' · '), () => setWhich(''));
    }
  };

  return (
    // The browser's own bubbles speak the browser's language.
    <form className="add-place" aria-labelledby={`${id}-title`} noValidate onSubmit={submit}>
      <h3 id={`${id}-title`}>{words.add}</h3>
      {error && <ProblemNotice error={error} retry={() => void refetch()} />}
      {!data && !error && (
        <p className="quiet" role="status">
          {words.placesLoading}
        </p>
      )}
      <div className="setting">
        <label htmlFor={`${id}-kind`}>{words.kind}</label>
        <select
          id={`${id}-kind`}
          value={kind}
          onChange={(event) => {
            setKind(event.target.value);
            setWhich('');
          }}
        >
          <option value="">{words.choose}</option>
          {places.map((one) => (
            <option key={keyOfPlace(one)} value={keyOfPlace(one)} disabled={!one.connector.connected}>
              {say(one.titles)}
              {namesAccount(one) && ` · ${one.account}`}
            </option>
          ))}
          <option value={MAIL} disabled={!mail}>
            {words.mail}
          </option>
        </select>
      </div>
      {place && <WhichOne id={`${id}-which`} place={place} which={which} choose={setWhich} />}
      {kind === MAIL && (
        <div className="setting">
          <label htmlFor={`${id}-address`}>{words.address}</label>
          <input
            id={`${id}-address`}
            type="email"
            required
            maxLength={254}
            autoComplete="email"
            value={which}
            aria-invalid={isWrong}
            aria-describedby={`${id}-wrong`}
            onChange={(event) => {
              setIsWrong(false);
              setWhich(event.target.value);
            }}
          />
          <span id={`${id}-wrong`} className="wrong" role="alert">
            {isWrong && words.noAddress}
          </span>
        </div>
      )}
      <button type="submit" className="primary" disabled={busy || which.trim() === ''}>
        {busy ? words.adding : words.addButton}
      </button>
      <NotOffered places={places} mail={mail} />
    </form>
  );
}

function WhichOne(props: { id: string; place: Place; which: string; choose: (target: string) => void }) {
  const { texts, say } = useSpeech();
  const words = texts.alerts;
  const { id, place, which, choose } = props;
  if (place.error) return <FailureNotice failure={place.error} />;
  if (place.targets.length === 0) {
    return <p className="quiet">{words.noPlaces(say(place.connector.titles))}</p>;
  }
  return (
    <div className="setting">
      <label htmlFor={id}>{words.which}</label>
      <select id={id} required value={which} onChange={(event) => choose(event.target.value)}>
        <option value="">{words.choose}</option>
        {place.targets.map((target) => (
          <option key={target.id} value={target.id}>
            {target.title}
          </option>
        ))}
      </select>
    </div>
  );
}

/** What cannot be chosen, and what would have to be done first. */
function NotOffered({ places, mail }: { places: readonly Place[]; mail: boolean }) {
  const { texts, say } = useSpeech();
  const { mode } = useMe();
  const words = texts.alerts;
  const lost = places.filter(({ connector }) => !connector.connected);
  return (
    <p className="quiet not-offered">
      {lost.map(({ connector, connection }) => (
        <a key={`${connector.id} ${connection}`} href={hrefOf('connections')}>
          {words.connectFirst(say(connector.titles))}
        </a>
      ))}
      {!mail && <span>{mode === 'sandbox' ? words.noMailSandbox : words.noMail}</span>}
    </p>
  );
}
