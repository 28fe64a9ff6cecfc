import { codeOf, messageOf } from '../dialog/notes.ts';
import { failed, mockOffice, succeeded } from '../testing/office.ts';
import { openDialog } from './dialog.ts';

type Done = (answer: unknown) => void;
const WISH = { challenge: 'c', language: 'fr' as const, organisation: null, person: null, again: false };

/** An Outlook that opens a dialog, or says by a number why it opens none. */
function world(refusal: number | null, sets?: readonly string[]) {
  const handlers = new Map<string, (event: unknown) => void>();
  const opened: string[] = [];
  let closed = 0;
  mockOffice({
    item: null,
    ...(sets && { sets }),
    display(address: string, _options: unknown, done: Done) {
      opened.push(address);
      const dialog = {
        close: () => {
          closed += 1;
        },
        addEventHandler: (event: string, handler: (event: unknown) => void) => handlers.set(event, handler),
      };
      done(refusal === null ? succeeded(dialog) : failed(refusal));
    },
  });
  const popups: string[] = [];
  Object.assign(globalThis, {
    location: new URL('https://liaison.example.com/outlook/pane.html'),
    ...{ screenX: 0, screenY: 0, outerWidth: 800, outerHeight: 600 },
    window: {
      open(address: string) {
        popups.push(address);
        return null;
      },
      addEventListener: () => undefined,
      removeEventListener: () => undefined,
    },
  });
  return { handlers, opened, popups, closed: () => closed };
}

it('begins with a page of ours, and ends with the code that it tells', async () => {
  const { handlers, opened, closed } = world(null);
  const dialog = openDialog(WISH);
  expect(opened[0]).toMatch(/^https:\/\/liaison\.example\.com\/outlook\/dialog\.html\?.*challenge=c/);
  handlers.get('dialogMessage')?.({ message: 'something else' });
  handlers.get('dialogMessage')?.({ message: messageOf('one-time') });
  expect(await dialog?.ended).toEqual({ code: 'one-time' });
  expect(closed()).toBe(1);
});

it.each([
  [12006, 'closed'],
  [12002, 'refused'],
  [12003, 'refused'],
])('ends with event %s as %s', async (error, end) => {
  const { handlers } = world(null);
  const dialog = openDialog(WISH);
  handlers.get('dialogEvent')?.({ error });
  expect(await dialog?.ended).toBe(end);
});

it('is closed, not another window, where the person does not let it open', async () => {
  const { popups } = world(12009);
  expect(await openDialog(WISH)?.ended).toBe('closed');
  expect(popups).toEqual([]);
});

it.each([12004, 12007, 12011, 13006])(
  'is a window of the browser’s where Outlook opens none (%s), and blocked where that is refused too',
  async (code) => {
    const { popups } = world(code);
    expect(await openDialog(WISH)?.ended).toBe('blocked');
    expect(popups[0]).toMatch(/^\/auth\/zoho\/start\?/);
  },
);

it('is a window of the browser’s in an Outlook without dialogs', () => {
  const { opened, popups } = world(null, []);
  expect(openDialog(WISH)).toBeNull();
  expect([opened.length, popups.length]).toEqual([0, 1]);
});

it('is closed when nobody waits any longer, and tells nothing then', () => {
  const { closed } = world(null);
  openDialog(WISH)?.cancel();
  expect(closed()).toBe(1);
});

it.each([undefined, 7, '', '{', '"x"', 'null', '{"type":"liaison.sign-in"}', '{"type":"x","code":"y"}'])(
  'takes no code from %j',
  (message) => {
    expect(codeOf(message)).toBeNull();
  },
);
