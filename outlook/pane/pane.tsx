import { Speaking, useSpeech } from '../../widget/language/language.tsx';
import { Icon } from '../../widget/pieces/icon.tsx';
import { SandboxLine } from '../../widget/pieces/sandbox-line.tsx';
import { FoldingByPerson } from '../../widget/record/folding.tsx';
import { OWN_ZONE } from '../../widget/record/own-zone.ts';
import { useWho } from '../../widget/record/who.tsx';
import { LanguageChoice } from '../../widget/settings/language-choice.tsx';
import { SignOutButton } from '../../widget/sign-in/sign-out-button.tsx';
import { useMailWords } from '../language/words.ts';
import type { NoMail, OpenItem } from '../office/item.ts';
import { ComposePane } from './compose-pane.tsx';
import { useItem } from './in-outlook.tsx';
import { useUnlogged } from './mail-queries.ts';
import { ReadPane } from './read-pane.tsx';

/** What a rep sees beside whatever is open in Outlook. */
export function Pane({ locale }: { locale: string }) {
  const who = useWho();
  const item = useItem();
  return (
    <Speaking locale={locale} timeZone={who?.organisation.timeZone ?? OWN_ZONE}>
      {who?.mode === 'sandbox' && <SandboxLine sandboxUrl={who.sandboxUrl} />}
      <main className="record pane" data-mode={item.mode}>
        <UnloggedLine item={item} />
        <FoldingByPerson>
          {/* Another mail is another page: nothing of the last one stays. */}
          {item.mode === 'read' && <ReadPane key={item.key} mail={item} />}
          {item.mode === 'compose' && <ComposePane key={item.key} draft={item} />}
          {item.mode === 'none' && <NothingOpen why={item.why} />}
        </FoldingByPerson>
      </main>
      <Foot />
    </Speaking>
  );
}

/** Whoever went on to the next mail is told that the last one was not logged. */
function UnloggedLine({ item }: { item: OpenItem }) {
  const words = useMailWords();
  const unlogged = useUnlogged(item);
  if (unlogged === undefined) return null;
  return (
    <div className="notice" role="alert">
      <Icon name="failed" />
      <div>
        <p>{words.unlogged(unlogged.subject)}</p>
        <button type="button" onClick={unlogged.forget}>
          {words.understood}
        </button>
      </div>
    </div>
  );
}

function NothingOpen({ why }: { why: NoMail['why'] }) {
  const words = useMailWords();
  return (
    <div className="nothing" role="status">
      <h1>{words.nothingTitle}</h1>
      <p className="quiet">{why === 'meeting' ? words.meeting : words.nothing}</p>
    </div>
  );
}

function Foot() {
  const { texts } = useSpeech();
  const user = useWho()?.user;
  return (
    <footer className="pane-foot record-tools">
      <LanguageChoice />
      {user && <span className="quiet">{texts.record.signedInAs(user.name)}</span>}
      <SignOutButton />
    </footer>
  );
}
