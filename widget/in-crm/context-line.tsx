import { useSpeech } from '../language/language.tsx';
import { useCrm, usePlace } from './in-crm.tsx';
import { moduleWord, NO_RECORD, oneOf } from './sentences.ts';

/** One line that says what the page is about, as the CRM tells it. */
export function ContextLine() {
  const { say } = useSpeech();
  const { user, organisation } = useCrm();
  const { module, recordIds, button } = usePlace();
  const [id] = recordIds;
  return (
    <p
      className="context-line quiet"
      data-module={module ?? undefined}
      data-records={recordIds.join(' ')}
      data-button={button ?? undefined}
      data-user={user?.id}
      data-organisation={organisation?.id}
    >
      {module === null || id === undefined ? say(NO_RECORD) : `${say(moduleWord(module))} ${id}`}
      {recordIds.length > 1 && ` (${say(oneOf(recordIds.length))})`}
      {user !== null && ` · ${user.name}`}
      {organisation !== null && organisation.name !== '' && ` · ${organisation.name}`}
    </p>
  );
}
