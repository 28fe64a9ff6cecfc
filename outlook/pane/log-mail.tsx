import { useId, useState } from 'react';
import type { Answer } from '../../server/api/contract.ts';
import { useSpeech } from '../../widget/language/language.tsx';
import { Icon } from '../../widget/pieces/icon.tsx';
import { ProblemNotice } from '../../widget/pieces/problem-notice.tsx';
import { Linked } from '../../widget/record/row.tsx';
import { DateView } from '../../widget/record/value.tsx';
import { useMailWords } from '../language/words.ts';
import { sameRecord } from '../mail/mail-record.ts';
import { OutlookFailed } from '../office/ask.ts';
import type { ReadMail } from '../office/item.ts';
import { ChooseRecords } from './choose-records.tsx';
import { useOutlook } from './in-outlook.tsx';
import { type MailLogs, useLogMail, useLogs } from './mail-queries.ts';
import type { Choice } from './use-choice.ts';

/** Set aside, or not done because its integration went meanwhile: it can be asked for again. */
const CAME_TO_NOTHING: ReadonlySet<string> = new Set(['shelved', 'skipped', 'superseded']);

interface LogMailProps {
  readonly mail: ReadMail;
  readonly choice: Choice;
  /** Somebody of the organisation wrote it. */
  readonly sent: boolean;
  readonly logging: Answer<'mailPeople'>['logging'];
}

/** Has the mail logged where somebody chooses, and says where it is. */
export function LogMail({ mail, choice, sent, logging }: LogMailProps) {
  const { say } = useSpeech();
  const words = useMailWords();
  const title = useId();
  const logs = useLogs(mail);
  const log = useLogMail(useOutlook(), mail);
  const files = mail.attachments.filter(({ isFile, inline }) => isFile && !inline).length;
  const [withFiles, setWithFiles] = useState(true);
  const known = logs.data?.logs ?? log.data?.logs ?? [];
  const isDone = choice.records.every((record) =>
    known.some((one) => sameRecord(record, one) && !CAME_TO_NOTHING.has(one.state)),
  );
  const hasFailed = choice.records.some((record) =>
    known.some((one) => sameRecord(record, one) && CAME_TO_NOTHING.has(one.state)),
  );
  return (
    <section className="record-card log-mail" aria-labelledby={title}>
      <h2 id={title}>{words.log}</h2>
      <Marks logs={known} choice={choice} />
      {log.data !== undefined && log.data.leftOut.length > 0 && (
        <div className="part-notice down">
          <p>{words.leftOut}</p>
          <ul>
            {log.data.leftOut.map(({ name, sentence }, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two files may have one name.
              <li key={place}>
                {name} <span className="quiet">{say(sentence)}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
      {logging.state === 'off' ? (
        <p className="quiet">{logging.sentence === null ? words.logOff : say(logging.sentence)}</p>
      ) : (
        <>
          <ChooseRecords choice={choice} />
          {files > 0 && (
            <label className="check">
              <input
                type="checkbox"
                checked={withFiles}
                onChange={({ currentTarget }) => setWithFiles(currentTarget.checked)}
              />
              {words.withFiles(files)}
            </label>
          )}
          {log.isError && <Failed error={log.error} />}
          <p className="actions">
            <button
              type="button"
              className="primary"
              disabled={log.isPending || choice.records.length === 0 || isDone}
              onClick={() => log.mutate({ records: choice.records, files: withFiles, sent })}
            >
              {log.isPending ? words.logging : hasFailed ? words.tryAgain : words.button}
            </button>
          </p>
        </>
      )}
    </section>
  );
}

function Failed({ error }: { error: Error }) {
  const words = useMailWords();
  if (!(error instanceof OutlookFailed)) return <ProblemNotice error={error} />;
  return (
    <p className="part-notice down" role="alert">
      {error.code === null ? words.changedMeanwhile : words.unreadable}
    </p>
  );
}

/** On which records it is logged already, or why not. */
function Marks({ logs, choice }: { logs: MailLogs; choice: Choice }) {
  const { say } = useSpeech();
  const words = useMailWords();
  const nameOf = (one: MailLogs[number]) =>
    one.name ??
    choice.people.find((person) => sameRecord(person, one))?.name ??
    choice.deals.find(({ id }) => one.module === 'Deals' && id === one.id)?.name ??
    one.id;
  return (
    <div role="status">
      <ul className="marks">
        {logs.map((one) => (
          <li key={`${one.module} ${one.id}`} data-state={one.state}>
            <Icon name={ICONS[one.state]} />
            <span>
              <Linked url={one.url ?? undefined}>{words[WORDS[one.state]](nameOf(one))}</Linked>{' '}
              <span className="quiet">
                <DateView at={one.at} /> {one.by !== null && words.by(one.by)}
              </span>
              {one.sentence !== null && one.state !== 'done' && (
                <span className="quiet"> {say(one.sentence)}</span>
              )}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

type State = MailLogs[number]['state'];
const WORDS: Readonly<Record<State, 'logged' | 'beingLogged' | 'notLogged'>> = {
  waiting: 'beingLogged',
  running: 'beingLogged',
  done: 'logged',
  skipped: 'notLogged',
  shelved: 'notLogged',
  superseded: 'notLogged',
};
const ICONS: Readonly<Record<State, 'done' | 'running' | 'failed' | 'skipped'>> = {
  waiting: 'running',
  running: 'running',
  done: 'done',
  skipped: 'skipped',
  shelved: 'failed',
  superseded: 'skipped',
};
