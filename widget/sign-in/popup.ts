import type { Language } from '../../server/core/sentence.ts';

export interface PopupWish {
  readonly challenge: string;
  readonly language: Language;
  /** The CRM's own id of the organisation that the page belongs to: a hint. */
  readonly organisation: string | null;
  /** E-mail address of the CRM's user, for the vendor's page to begin with: a hint. */
  readonly person: string | null;
  /** Let the user choose again who they are. */
  readonly again: boolean;
}

/** How it ended: with a one-time code, or without. `blocked`: it was found late that no window may open. */
export type PopupEnd = { readonly code: string } | 'refused' | 'closed' | 'blocked';

/** Opens a window in which somebody signs in; null: none may open. */
export type OpenPopup = (wish: PopupWish) => { ended: Promise<PopupEnd>; cancel(): void } | null;

const SIZE = { width: 520, height: 680 };
const LOOK_EVERY_MS = 300;

/**
 * Opens the popup. To be called within the click itself, or browsers block it.
 *
 * @returns null when it was blocked; else how it ends, and how to stop waiting for it.
 */
export const openPopup: OpenPopup = (wish) => {
  const left = Math.round(screenX + (outerWidth - SIZE.width) / 2);
  const top = Math.round(screenY + (outerHeight - SIZE.height) / 2);
  const popup = window.open(
    signInAddress(wish),
    '_blank',
    `popup,width=${SIZE.width},height=${SIZE.height},left=${Math.max(0, left)},top=${Math.max(0, top)}`,
  );
  if (popup === null) return null;

  const over = new AbortController();
  const ended = new Promise<PopupEnd>((resolve) => {
    const end = (how: PopupEnd) => {
      over.abort();
      resolve(how);
    };
    const hear = ({ origin, source, data }: MessageEvent) => {
      if (source !== popup || !isOwnOrigin(origin) || data?.type !== 'liaison.sign-in') return;
      end(typeof data.code === 'string' ? { code: data.code } : 'refused');
    };
    addEventListener('message', hear, { signal: over.signal });
    let wasClosed = false;
    const look = setInterval(() => {
      // One turn later, so that a last message is heard first.
      if (wasClosed) end('closed');
      wasClosed = popup.closed;
    }, LOOK_EVERY_MS);
    over.signal.addEventListener('abort', () => clearInterval(look));
  });
  return {
    ended,
    cancel() {
      over.abort();
      popup.close();
    },
  };
};

/** Where such a window begins, on this server. */
export function signInAddress(wish: PopupWish): string {
  const query = new URLSearchParams({
    challenge: wish.challenge,
    opener: location.origin,
    language: wish.language,
    ...(wish.organisation !== null && { organisation: wish.organisation }),
    ...(wish.person !== null && { person: wish.person }),
    ...(wish.again && { again: '1' }),
  });
  return `/auth/zoho/start?${query}`;
}

const LOCAL_NAMES = new Set(['localhost', '127.0.0.1', '[::1]']);

/** The popup ends at the server's public address, which on one machine may be another name of this one's. */
function isOwnOrigin(origin: string): boolean {
  if (origin === location.origin) return true;
  const { protocol, hostname, port } = new URL(origin);
  return (
    LOCAL_NAMES.has(hostname) &&
    LOCAL_NAMES.has(location.hostname) &&
    protocol === location.protocol &&
    port === location.port
  );
}
