import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Person } from '../../../server/api/contract.ts';
import { call } from '../../api/client.ts';
import { useSpeech } from '../../language/language.tsx';
import { ConfirmDialog } from '../../pieces/confirm-dialog.tsx';
import { Loading } from '../../pieces/loading.tsx';
import { ProblemNotice } from '../../pieces/problem-notice.tsx';
import { allPersons, usePersonAction } from './person-queries.ts';
import { PersonalLine } from './personal-line.tsx';

/** Everybody who is active in the CRM: who takes part, who must reconnect, whom nobody asked yet. */
export function PersonsTable() {
  const { say, texts } = useSpeech();
  const words = texts.persons.table;
  const { data, error, refetch } = useQuery(allPersons());
  const [ending, setEnding] = useState<Person | null>(null);
  const [told, setTold] = useState('');
  const ask = usePersonAction((person: string) => call('askPerson', { params: { person } }));
  const end = usePersonAction((person: string) => call('endPerson', { params: { person } }));
  const failed = ask.error ?? end.error;
  const count = (which: (person: Person) => boolean) => data?.persons.filter(which).length ?? 0;
  return (
    <section aria-labelledby="persons-all">
      <h2 id="persons-all">{words.title}</h2>
      {error && <ProblemNotice error={error} retry={() => void refetch()} />}
      {failed && <ProblemNotice error={failed} />}
      {!data && !error && <Loading />}
      {data?.problem && <p role="status">{say(data.problem)}</p>}
      <p role="status">{told}</p>
      {data && data.persons.length === 0 && <p>{words.none}</p>}
      {data && data.persons.length > 0 && (
        <>
          <p className="quiet">
            {words.summary(
              count(({ state }) => state === 'taking-part'),
              count(({ mustReconnect }) => mustReconnect),
              count(({ state }) => state === 'unasked'),
            )}
          </p>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached with the keyboard. */}
          <section className="persons-scroll" aria-label={words.caption} tabIndex={0}>
            <table className="persons">
              <caption className="unseen">{words.caption}</caption>
              <thead>
                <tr>
                  <th scope="col">{words.person}</th>
                  <th scope="col">{words.state}</th>
                  <th scope="col">{words.what}</th>
                  <th scope="col">{words.actions}</th>
                </tr>
              </thead>
              <tbody>
                {data.persons.map((person) => (
                  <tr key={person.id}>
                    <th scope="row">
                      {person.name}
                      {person.email !== null && <span className="quiet"> {person.email}</span>}
                    </th>
                    <td>{texts.persons.states[person.state]}</td>
                    <td>
                      {person.integrations.length === 0 ? (
                        <span className="quiet">{words.nothing}</span>
                      ) : (
                        <ul>
                          {person.integrations.map((one) => (
                            <li key={one.id}>
                              <PersonalLine of={one} />
                            </li>
                          ))}
                        </ul>
                      )}
                    </td>
                    <td>
                      {(person.state === 'declined' || person.state === 'asked') && (
                        <button
                          type="button"
                          aria-label={words.againOf(person.name)}
                          onClick={() =>
                            ask.mutate(person.id, { onSuccess: () => setTold(words.asked(person.name)) })
                          }
                        >
                          {words.again}
                        </button>
                      )}
                      {person.integrations.length > 0 && (
                        <button
                          type="button"
                          aria-label={words.endOf(person.name)}
                          onClick={() => setEnding(person)}
                        >
                          {words.end}
                        </button>
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        </>
      )}
      {ending && (
        <ConfirmDialog
          title={words.endTitle(ending.name)}
          yes={words.endYes}
          danger
          busy={end.isPending}
          onCancel={() => setEnding(null)}
          onYes={() => end.mutate(ending.id, { onSettled: () => setEnding(null) })}
        >
          <p>{words.endBody}</p>
        </ConfirmDialog>
      )}
    </section>
  );
}
