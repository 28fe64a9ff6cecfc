import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { AlertDestinationWish } from '../../../server/api/contract.ts';
import { useSpeech } from '../../language/language.tsx';
import { Loading } from '../../pieces/loading.tsx';
import { ProblemNotice } from '../../pieces/problem-notice.tsx';
import { AddPlace } from './add-place.tsx';
import { alertSettings, type Destination, keyOf, useDestinations, wishOf } from './alert-queries.ts';
import { useDestinationName } from './destination-name.ts';
import { DestinationRow } from './destination-row.tsx';

/** Where alerts go: each place tried, removed, added on its own, and saved at once. */
export function Destinations() {
  const { texts } = useSpeech();
  const words = texts.alerts;
  const nameOf = useDestinationName();
  const { data, error, refetch } = useQuery(alertSettings());
  const save = useDestinations();
  const [said, setSaid] = useState('');
  const title = useRef<HTMLHeadingElement>(null);
  const all = data?.destinations ?? [];

  const remove = (gone: Destination) =>
    save.mutate((held) => held.filter((one) => keyOf(one) !== keyOf(gone)).map(wishOf), {
      onSuccess: () => {
        setSaid(words.removed(nameOf(gone)));
        // The button that was pressed is gone with its row.
        title.current?.focus();
      },
    });
  const add = (wish: AlertDestinationWish, name: string, onAdded: () => void) =>
    save.mutate((held) => [...held.map(wishOf), wish], {
      onSuccess: () => {
        setSaid(words.added(name));
        onAdded();
      },
    });

  return (
    <section aria-labelledby="alerts-where">
      <h2 id="alerts-where" ref={title} tabIndex={-1}>
        {words.where}
      </h2>
      {error && <ProblemNotice error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data && (
        <>
          <p className={all.length === 0 ? 'notice pending' : 'quiet'}>
            {all.length === 0 ? words.nowhere : words.whereHint}
          </p>
          <ul className="alert-places">
            {all.map((destination) => (
              <DestinationRow
                key={keyOf(destination)}
                destination={destination}
                busy={save.isPending}
                remove={() => remove(destination)}
              />
            ))}
          </ul>
          {save.error && <ProblemNotice error={save.error} />}
          <p className="quiet" role="status">
            {said}
          </p>
          <AddPlace mail={data.mail} busy={save.isPending} add={add} />
        </>
      )}
    </section>
  );
}
