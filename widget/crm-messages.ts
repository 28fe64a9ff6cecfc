/** Begins the `type` of the messages that Liaison's own pages send each other. */
const OWN_TYPE = 'liaison.';

/** The part of a message event that says where it comes from. */
type Heard = Pick<MessageEvent, 'source' | 'origin' | 'data'>;

const isOfCrm = ({ source, origin }: Heard, parent: unknown, crmOrigin: string): boolean =>
  source === parent && origin === crmOrigin;

/** One of Liaison's own kind, with nothing in it that Zoho's script would act upon. */
function isOwn({ data }: Heard): boolean {
  if (typeof data !== 'object' || data === null || 'eventName' in data) return false;
  return typeof data.type === 'string' && data.type.startsWith(OWN_TYPE);
}

/**
 * Whether a message may be heard in a page that stands in the CRM: one of the page around it, at the CRM's
 * own origin, or one of Liaison's own kind, which its listener judges by itself.
 */
export const mayBeHeard = (event: Heard, parent: unknown, crmOrigin: string): boolean =>
  isOfCrm(event, parent, crmOrigin) || isOwn(event);

/**
 * Keeps every other message from all listeners that come later. Zoho's script takes the word of any window:
 * without this a frame beside ours could tell it of another record, or answer in the CRM's place.
 *
 * @param onContext hears the locale of the CRM's context, which Zoho's script keeps to itself.
 */
export function guardMessages(crmOrigin: string, onContext: (locale: string) => void): void {
  const guard = (event: MessageEvent): void => {
    if (!mayBeHeard(event, window.parent, crmOrigin)) event.stopImmediatePropagation();
    if (!isOfCrm(event, window.parent, crmOrigin) || typeof event.data !== 'object') return;
    const { eventName, data } = event.data ?? {};
    if (eventName === 'SET_CONTEXT' && typeof data?.locale === 'string') onContext(data.locale);
  };
  window.addEventListener('message', guard, { capture: true });
}
