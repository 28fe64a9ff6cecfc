import { guardMessages } from './crm-messages.ts';
import { CRM_METAS, isCrmOrigin, readServiceOrigin } from './crm-origins.ts';

/** The one file that touches Zoho's script. All that comes from it is a hint: the server believes none of it. */

/** Which records the CRM's page is about. */
export interface CrmPlace {
  /** API name of the module: `Contacts`; null in a tab. */
  readonly module: string | null;
  /** One on a record's page; one or several behind a button; none in a tab. */
  readonly recordIds: readonly string[];
  /** Where the button stands that opened this page: `DetailView`, `ListView`; null: none did. */
  readonly button: string | null;
}

export interface CrmUser {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
}

export interface Crm {
  /** Language and country of the CRM's user, BCP 47. */
  readonly locale: string;
  /** Null where the CRM did not say. */
  readonly user: CrmUser | null;
  /** The CRM's own id of the organisation (zgid) and its name; null where it did not say. */
  readonly organisation: { readonly id: string; readonly name: string } | null;
  /** The same object until the CRM tells of another place. */
  readonly place: () => CrmPlace;
  readonly onMove: (listener: () => void) => () => void;
  /** Goes to a record's page in the CRM. */
  openRecord(module: string, id: string): void;
  /** Keeps the frame as high as its content. @returns what ends it. */
  fitHeight(): () => void;
}

/** `outside`: no CRM is around; `foreign`: a page that is no CRM; `script`, `silent`: what did not come in time. */
export type WhyNoCrm = 'outside' | 'foreign' | 'script' | 'silent';

export class NoCrm extends Error {
  override readonly name = 'NoCrm';
  readonly why: WhyNoCrm;
  /** The origin that the address names, if it names one. */
  readonly origin: string | null;

  constructor(why: WhyNoCrm, origin: string | null = null) {
    super(why);
    this.why = why;
    this.origin = origin;
  }
}

/** Zoho's script waits for ever where nobody answers. */
const PATIENCE_MS = 5_000;
/** Who and which organisation is good to know, and not worth a longer wait. */
const ASIDE_MS = 1_500;
const MOST_HIGH = 4_000;

type Call = (argument?: unknown) => Promise<unknown>;

/** The part of `window.ZOHO` that is used. Older versions have less of it. */
interface ZohoSdk {
  readonly embeddedApp: { on(event: string, listener: (data: unknown) => void): void; init: Call };
  readonly CRM: {
    readonly CONFIG: { readonly getCurrentUser: Call; readonly getOrgInfo: Call };
    readonly UI: { readonly Resize?: Call; readonly Record?: { readonly open?: Call } };
  };
}

/**
 * Begins to speak with the CRM around this page. The address is judged before anything else: no script is
 * loaded and no message sent for a page that is not the CRM's.
 *
 * @param wants `record`: it takes until the CRM says which records the page is about; `tab`: there are none.
 * @throws NoCrm, within five seconds.
 */
export async function connectToCrm(wants: 'record' | 'tab'): Promise<Crm> {
  const origin = readServiceOrigin(location.href);
  if (origin === null || window.parent === window) throw new NoCrm('outside', origin);
  if (!isCrmOrigin(origin, metaOf(CRM_METAS.origins))) throw new NoCrm('foreign', origin);
  const late = new AbortController();
  setTimeout(() => late.abort(), PATIENCE_MS);
  const within = <T>(work: Promise<T>, why: WhyNoCrm) =>
    Promise.race([work, failOn(late.signal, why, origin)]);

  let contextLocale: string | null = null;
  guardMessages(origin, (locale) => {
    contextLocale = locale;
  });
  const sdk = await within(loadSdk(metaOf(CRM_METAS.sdk)), 'script');
  const places = listenForPlaces(sdk);
  await within(attempt(sdk.embeddedApp.init), 'silent');
  const [user, organisation] = await Promise.all([
    aside(sdk.CRM.CONFIG.getCurrentUser),
    aside(sdk.CRM.CONFIG.getOrgInfo),
    wants === 'record' ? within(places.first, 'silent') : null,
  ]);
  const who = recordIn(user, 'users');
  const org = recordIn(organisation, 'org');
  return {
    locale: (textOf(who.locale) ?? contextLocale ?? navigator.language).replaceAll('_', '-'),
    user: userOf(who),
    organisation: organisationOf(org),
    place: places.place,
    onMove: places.onMove,
    openRecord(module, id) {
      void attempt(sdk.CRM.UI.Record?.open, { Entity: module, RecordID: id }).catch(() => undefined);
    },
    fitHeight: () => fitHeight(sdk.CRM.UI.Resize),
  };
}

const metaOf = (name: string): string =>
  document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content ?? '';

function failOn(signal: AbortSignal, why: WhyNoCrm, origin: string): Promise<never> {
  return new Promise((_resolve, reject) => {
    const fail = () => reject(new NoCrm(why, origin));
    if (signal.aborted) fail();
    else signal.addEventListener('abort', fail);
  });
}

/**
 * What Zoho's 1.2 takes for granted: it merges the arguments of every `UI` call with jQuery's `$.extend`, and
 * neither brings jQuery nor loads it. A page that has one keeps its own.
 * https://github.com/ZohoDevelopers/embeddedApp-js-sdk/blob/master/lib/ZohoCrmHelper.js
 */
function giveWhatTheScriptAssumes(): void {
  const page = window as unknown as { $?: { extend?: unknown } };
  page.$ ??= {};
  page.$.extend ??= Object.assign;
}

/** A classic script: it sets globals, which a module may not. */
function loadSdk(address: string): Promise<ZohoSdk> {
  giveWhatTheScriptAssumes();
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = address;
    script.onload = () => {
      const { ZOHO } = window as unknown as { ZOHO?: ZohoSdk };
      if (ZOHO === undefined) reject(new NoCrm('script'));
      else resolve(ZOHO);
    };
    script.onerror = () => reject(new NoCrm('script'));
    document.head.append(script);
  });
}

/** Hears which records the page is about. To be called before `init()`: a later listener is not heard. */
function listenForPlaces(sdk: ZohoSdk) {
  const listeners = new Set<() => void>();
  let place: CrmPlace = { module: null, recordIds: [], button: null };
  let hasOne = (): void => {};
  const first = new Promise<void>((resolve) => {
    hasOne = resolve;
  });
  sdk.embeddedApp.on('PageLoad', (data) => {
    place = placeOf(data);
    hasOne();
    for (const listener of listeners) listener();
  });
  return {
    first,
    place: () => place,
    onMove(listener: () => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/** A related list tells one id as a text, a button a list even of one, a tab none. */
function placeOf(data: unknown): CrmPlace {
  const { Entity, EntityId, ButtonPosition } = fieldsOf(data);
  const ids = [EntityId].flat().map((id) => (typeof id === 'number' ? String(id) : id));
  return {
    module: textOf(Entity),
    recordIds: ids.filter((id): id is string => typeof id === 'string' && /^\d+$/.test(id)),
    button: textOf(ButtonPosition),
  };
}

/** Zoho's calls throw at once where others reject, and do not exist in every version. */
async function attempt(call: Call | undefined, argument?: unknown): Promise<unknown> {
  return call?.(argument);
}

function aside(call: Call | undefined): Promise<unknown> {
  const late = new Promise((resolve) => setTimeout(resolve, ASIDE_MS));
  return Promise.race([attempt(call).catch(() => undefined), late]);
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** The one record of an answer: `{users: [record]}` as it is, the bare record as it is documented. */
function recordIn(answer: unknown, list: string): Readonly<Record<string, unknown>> {
  const held = fieldsOf(answer)[list] ?? answer;
  return fieldsOf(Array.isArray(held) ? held[0] : held);
}

function userOf({ id, full_name, email }: Readonly<Record<string, unknown>>): CrmUser | null {
  const known = textOf(id);
  const name = textOf(full_name) ?? textOf(email);
  return known === null || name === null ? null : { id: known, name, email: textOf(email) };
}

function organisationOf({ zgid, company_name }: Readonly<Record<string, unknown>>): Crm['organisation'] {
  const id = textOf(typeof zgid === 'number' ? String(zgid) : zgid);
  return id === null ? null : { id, name: textOf(company_name) ?? '' };
}

function fitHeight(resize: Call | undefined): () => void {
  let told = 0;
  const observer = new ResizeObserver(() => {
    const height = Math.min(Math.ceil(document.body.getBoundingClientRect().height), MOST_HIGH);
    if (height === told) return;
    told = height;
    // The width is what it is; the call knows no height alone.
    void attempt(resize, { height: String(height), width: String(window.innerWidth) }).catch(() => undefined);
  });
  observer.observe(document.body);
  return () => observer.disconnect();
}
