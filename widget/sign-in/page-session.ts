import type { Answer } from '../../server/api/contract.ts';
import type { Language } from '../../server/core/sentence.ts';
import { ApiError, type callWith, type Speaker } from '../api/client.ts';
import type { OpenPopup, PopupEnd } from './popup.ts';
import type { newVerifier, Verifier } from './verifier.ts';

export type WhyOut = 'first' | 'ended' | 'blocked' | 'closed' | 'refused' | 'otherOrganisation' | 'offline';

export type SessionState =
  | { readonly status: 'starting' }
  /** Without a sign-in: the server lets its own machine's pages in. */
  | { readonly status: 'local' }
  | { readonly status: 'out'; readonly why: WhyOut }
  | { readonly status: 'waiting' }
  | { readonly status: 'in' };

type Tokens = Answer<'openSession'>;

export interface SessionParts {
  /** In another site's frame: never let in without a sign-in, whatever the server would do. */
  readonly framed: boolean;
  readonly call: typeof callWith;
  readonly openPopup: OpenPopup;
  readonly newVerifier: typeof newVerifier;
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
}

/** A token that is good for less than this is not begun with. */
const MARGIN_MS = 30_000;

/**
 * The session of one page. Its tokens stand in this closure and nowhere else: they are gone with the page.
 */
export class PageSession implements Speaker {
  readonly #parts: SessionParts;
  readonly #listeners = new Set<() => void>();
  #state: SessionState = { status: 'starting' };
  #organisation: string | null = null;
  #person: string | null = null;
  #held: { tokens: Tokens; until: number } | null = null;
  #renewing: Promise<string | null> | null = null;
  #ready: Verifier | null = null;
  #cancel: (() => void) | null = null;

  constructor(parts: SessionParts) {
    this.#parts = parts;
  }

  readonly state = (): SessionState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  /**
   * @param organisation the CRM's own id of the organisation around this page, where it is known.
   * @param person e-mail address of the CRM's user, where it is known.
   */
  async start(organisation: string | null, person: string | null = null): Promise<void> {
    this.#person = person;
    this.#organisation = organisation;
    this.#show({ status: 'starting' });
    const [next] = await Promise.all([this.#begin(), this.#prepare()]);
    // Somebody may have been quicker with a click.
    if (this.#state.status === 'starting') this.#show(next);
  }

  /** To be called within the click itself. */
  readonly signIn = (language: Language, again = false): void => {
    const ready = this.#ready;
    if (ready === null) return;
    this.#cancel?.();
    const wish = {
      challenge: ready.challenge,
      language,
      organisation: this.#organisation,
      person: this.#person,
      again,
    };
    const popup = this.#parts.openPopup(wish);
    if (popup === null) {
      this.#show({ status: 'out', why: 'blocked' });
      return;
    }
    this.#cancel = popup.cancel;
    this.#show({ status: 'waiting' });
    void this.#finish(popup.ended, ready.verifier);
  };

  readonly signOut = async (): Promise<void> => {
    const token = this.#held?.tokens.token;
    this.#held = null;
    this.#show({ status: 'out', why: 'ended' });
    if (token !== undefined) await this.#parts.call(token, 'closeSession').catch(() => undefined);
  };

  readonly token = async (): Promise<string | null> => {
    if (this.#state.status === 'local') return null;
    const held = this.#held;
    if (held !== null && held.until - this.#parts.now() > MARGIN_MS) return held.tokens.token;
    const token = held === null ? null : await this.renewed(held.tokens.token);
    if (token === null) throw new ApiError(null, new Error('nobody is signed in'));
    return token;
  };

  readonly renewed = async (refused: string | null): Promise<string | null> => {
    const held = this.#held;
    if (held === null) {
      // The server lets this machine's pages in no longer.
      if (this.#state.status === 'local') this.#show({ status: 'out', why: 'first' });
      return null;
    }
    // Another call was refused before this one, and has renewed it.
    if (held.tokens.token !== refused) return held.tokens.token;
    this.#renewing ??= this.#renew(held.tokens).finally(() => {
      this.#renewing = null;
    });
    return this.#renewing;
  };

  async #renew({ renewal }: Tokens): Promise<string | null> {
    const { call } = this.#parts;
    try {
      return this.#hold(await call(null, 'renewSession', { body: { renewal } }));
    } catch (error) {
      // Silence: the tokens may be good yet, and the caller is told of it.
      if (statusOf(error) !== 401) throw error;
    }
    // An answer that was lost on its way costs the session; the browser's own cookie may begin another.
    const next = await this.#resume();
    if (typeof next !== 'string') return this.#hold(next);
    this.#held = null;
    this.#show({ status: 'out', why: 'ended' });
    return null;
  }

  async #begin(): Promise<SessionState> {
    if (!this.#parts.framed) {
      try {
        await this.#parts.call(null, 'me');
        return { status: 'local' };
      } catch (error) {
        // A server that is silent or broken is the pages' own affair to tell; they ask again.
        if (statusOf(error) !== 401) return { status: 'local' };
      }
    }
    const tokens = await this.#resume();
    if (typeof tokens === 'string') return { status: 'out', why: tokens };
    this.#hold(tokens);
    return { status: 'in' };
  }

  /** A session by the cookie of an earlier page of this browser, or why there is none. */
  async #resume(): Promise<Tokens | WhyOut> {
    try {
      return await this.#parts.call(null, 'renewSession', { body: this.#expected() });
    } catch (error) {
      const status = statusOf(error);
      return status === 401 ? 'first' : status === 409 ? 'otherOrganisation' : 'offline';
    }
  }

  async #finish(ended: Promise<PopupEnd>, verifier: string): Promise<void> {
    const end = await ended;
    this.#cancel = null;
    const prepared = this.#prepare();
    if (typeof end === 'string') {
      this.#show({ status: 'out', why: end });
      return;
    }
    try {
      const body = { code: end.code, verifier, ...this.#expected() };
      this.#hold(await this.#parts.call(null, 'openSession', { body }));
      this.#show({ status: 'in' });
    } catch (error) {
      const status = statusOf(error);
      const why = status === 409 ? 'otherOrganisation' : status === undefined ? 'offline' : 'refused';
      this.#show({ status: 'out', why });
    }
    await prepared;
  }

  #expected(): { organisation?: string } {
    return this.#organisation === null ? {} : { organisation: this.#organisation };
  }

  #hold(tokens: Tokens): string {
    this.#held = { tokens, until: this.#parts.now() + tokens.expiresIn * 1000 };
    return tokens.token;
  }

  /** Ahead of the click: browsers allow a popup only if it is opened at once. */
  async #prepare(): Promise<void> {
    this.#ready = null;
    this.#ready = await this.#parts.newVerifier();
  }

  #show(state: SessionState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}

const statusOf = (error: unknown): number | undefined =>
  error instanceof ApiError ? error.problem?.status : undefined;
