import { useCallback, useEffect, useRef, useState } from 'react';
import { useSpeech } from '../../language/language.tsx';
import { ConfirmDialog } from '../../pieces/confirm-dialog.tsx';
import { go, LEAVING, MOVED } from '../address.ts';
import { isAnythingUnsaved } from './unsaved.ts';

/** What takes the reader to another place of the settings, or out of them. */
const WAYS_OUT = 'a[href^="#"], [data-leaves]';

/** Asks before what is not saved is left, whichever way: a link, the back button, a closed tab. */
export function LeaveGuard() {
  const { texts } = useSpeech();
  const words = texts.leaving;
  const [leave, setLeave] = useState<(() => void) | null>(null);
  const isAllowed = useRef(false);
  const here = useRef(location.hash);
  const ask = useCallback((how: () => void) => setLeave(() => how), []);

  useEffect(() => {
    const holds = () => isAnythingUnsaved() && !isAllowed.current;
    const onClick = (event: MouseEvent) => {
      const way = event.target instanceof Element ? event.target.closest<HTMLElement>(WAYS_OUT) : null;
      const isElsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0;
      if (way === null || isElsewhere || !holds()) return;
      const href = way.getAttribute('href');
      if (href === location.hash) return;
      event.preventDefault();
      event.stopPropagation();
      ask(href === null ? () => way.click() : () => go(href));
    };
    const onGo = (event: Event) => {
      if (!holds()) return;
      event.preventDefault();
      const { detail } = event as CustomEvent<string>;
      ask(() => go(detail));
    };
    const onMove = (event: Event) => {
      const to = location.hash;
      if (to === here.current) return;
      if (holds()) {
        // The address has moved already: it is put back until the answer is there.
        event.stopImmediatePropagation();
        history.pushState(null, '', here.current === '' ? '#/' : here.current);
        ask(() => go(to));
      } else here.current = to;
    };
    const onGone = () => {
      here.current = location.hash;
    };
    const onUnload = (event: BeforeUnloadEvent) => {
      if (holds()) event.preventDefault();
    };
    document.addEventListener('click', onClick, true);
    window.addEventListener(LEAVING, onGo);
    window.addEventListener(MOVED, onGone);
    for (const name of ['hashchange', 'popstate']) window.addEventListener(name, onMove, true);
    window.addEventListener('beforeunload', onUnload);
    return () => {
      document.removeEventListener('click', onClick, true);
      window.removeEventListener(LEAVING, onGo);
      window.removeEventListener(MOVED, onGone);
      for (const name of ['hashchange', 'popstate']) window.removeEventListener(name, onMove, true);
      window.removeEventListener('beforeunload', onUnload);
    };
  }, [ask]);

  if (leave === null) return null;
  return (
    <ConfirmDialog
      danger
      title={words.title}
      yes={words.leave}
      no={words.stay}
      onCancel={() => setLeave(null)}
      onYes={() => {
        setLeave(null);
        isAllowed.current = true;
        leave();
        // The form that was left is gone by then.
        setTimeout(() => {
          isAllowed.current = false;
        });
      }}
    >
      <p>{words.body}</p>
    </ConfirmDialog>
  );
}
