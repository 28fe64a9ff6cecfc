import type { ProblemDocument } from '../../server/api/problem.ts';
import { ApiError } from '../api/client.ts';
import { PageSession, type SessionParts } from './page-session.ts';
import type { PopupEnd } from './popup.ts';

type Asked = { name: string; token: string | null; body: Record<string, string> };

const refusal = (status: number) =>
  new ApiError({ status, type: '', title: '', detail: '', action: '' } satisfies ProblemDocument);

/** A server that the test answers for, a clock that it moves, and popups that it ends. */
function world(framed = true) {
  const asked: Asked[] = [];
  let pairs = 0;
  let now = 0;
  let endPopup: (end: PopupEnd) => void = () => {};
  const popups: { challenge: string; again: boolean; organisation: string | null; person: string | null }[] =
    [];
  const it = {
    asked,
    popups,
    /** Answers in order; then every renewal and code gives a new pair. */
    answers: [] as (Error | object)[],
    blocked: false,
    pass: (ms: number) => {
      now += ms;
    },
    end: (end: PopupEnd) => endPopup(end),
    names: () => asked.map(({ name }) => name),
  };
  const call = async (token: string | null, name: string, request?: { body?: Record<string, string> }) => {
    asked.push({ name, token, body: request?.body ?? {} });
    const answer = it.answers.shift();
    if (answer instanceof Error) throw answer;
    if (answer !== undefined) return answer;
    pairs += 1;
    return { token: `token-${pairs}`, renewal: `renewal-${pairs}`, expiresIn: 900 };
  };
  let verifiers = 0;
  const session = new PageSession({
    framed,
    call: call as SessionParts['call'],
    openPopup(wish) {
      if (it.blocked) return null;
      popups.push(wish);
      return {
        ended: new Promise((resolve) => {
          endPopup = resolve;
        }),
        cancel: () => {},
      };
    },
    async newVerifier() {
      verifiers += 1;
      return { verifier: `verifier-${verifiers}`, challenge: `challenge-${verifiers}` };
    },
    now: () => now,
  });
  /** Resolves at the next change. */
  const change = () =>
    new Promise<void>((resolve) => {
      const stop = session.subscribe(() => {
        stop();
        resolve();
      });
    });
  return { ...it, it, session, change };
}

async function signedIn() {
  const all = world();
  await all.session.start('20098765432');
  expect(all.session.state()).toEqual({ status: 'in' });
  return all;
}

describe('a page begins', () => {
  it('in a frame with the browser’s own cookie, and never without a sign-in', async () => {
    const { session, asked } = await signedIn();
    expect(asked).toEqual([{ name: 'renewSession', token: null, body: { organisation: '20098765432' } }]);
    expect(await session.token()).toBe('token-1');
  });

  it.each([
    [401, 'first'],
    [409, 'otherOrganisation'],
  ])('signed out when the server answers %s', async (status, why) => {
    const { it, session } = world();
    it.answers.push(refusal(status));
    await session.start(null);
    expect(session.state()).toEqual({ status: 'out', why });
    await expect(session.token()).rejects.toThrow(ApiError);
  });

  it('as a page of its own without a sign-in, where the server lets it in', async () => {
    const { it, session, names } = world(false);
    it.answers.push({});
    await session.start(null);
    expect(session.state()).toEqual({ status: 'local' });
    expect(await session.token()).toBeNull();
    expect(names()).toEqual(['me']);
    // Let in no longer.
    expect(await session.renewed(null)).toBeNull();
    expect(session.state()).toEqual({ status: 'out', why: 'first' });
  });

  it('as a page of its own with a sign-in, where the server asks for one', async () => {
    const { it, session, names } = world(false);
    it.answers.push(refusal(401));
    await session.start(null);
    expect(session.state()).toEqual({ status: 'in' });
    expect(names()).toEqual(['me', 'renewSession']);
  });
});

describe('the popup', () => {
  it('is opened within the click, and its code exchanged with what only this page knows', async () => {
    const { it, session, popups, asked, change, end } = world();
    it.answers.push(refusal(401));
    await session.start('20098765432', 'claire@exemple.example');
    session.signIn('fr');
    expect(popups).toMatchObject([
      {
        challenge: 'challenge-1',
        organisation: '20098765432',
        person: 'claire@exemple.example',
        again: false,
      },
    ]);
    expect(session.state()).toEqual({ status: 'waiting' });
    const changed = change();
    end({ code: 'the-code' });
    await changed;
    expect(session.state()).toEqual({ status: 'in' });
    expect(asked.at(-1)).toEqual({
      name: 'openSession',
      token: null,
      body: { code: 'the-code', verifier: 'verifier-1', organisation: '20098765432' },
    });
  });

  it('that was blocked, closed or refused says so, and the next click has a verifier of its own', async () => {
    const { it, session, popups, change, end } = world();
    it.answers.push(refusal(401));
    await session.start(null);
    it.blocked = true;
    session.signIn('en');
    expect(session.state()).toEqual({ status: 'out', why: 'blocked' });
    it.blocked = false;
    for (const how of ['closed', 'refused'] as const) {
      session.signIn('en');
      const changed = change();
      end(how);
      await changed;
      expect(session.state()).toEqual({ status: 'out', why: how });
      await Promise.resolve();
    }
    expect(popups.map(({ challenge }) => challenge)).toEqual(['challenge-1', 'challenge-2']);
  });
});

describe('a token', () => {
  it('is renewed shortly before it is over, once for all who ask', async () => {
    const { session, pass, names } = await signedIn();
    pass(869_000);
    expect(await session.token()).toBe('token-1');
    pass(2_000);
    expect(await Promise.all([session.token(), session.token(), session.renewed('token-1')])).toEqual([
      'token-2',
      'token-2',
      'token-2',
    ]);
    expect(names()).toEqual(['renewSession', 'renewSession']);
    // Who was refused with the former one is given the new one, and nothing is spent.
    expect(await session.renewed('token-1')).toBe('token-2');
    expect(names()).toHaveLength(2);
  });

  it('is not given up while the server is silent', async () => {
    const { it, session, pass } = await signedIn();
    pass(890_000);
    it.answers.push(new ApiError(null));
    await expect(session.token()).rejects.toThrow('no answer');
    expect(session.state()).toEqual({ status: 'in' });
    expect(await session.token()).toBe('token-2');
  });

  it('that cannot be renewed gives way to the browser’s own cookie, or else to signing in', async () => {
    const { it, session } = await signedIn();
    it.answers.push(refusal(401));
    expect(await session.renewed('token-1')).toBe('token-2');
    it.answers.push(refusal(401), refusal(401));
    expect(await session.renewed('token-2')).toBeNull();
    expect(session.state()).toEqual({ status: 'out', why: 'ended' });
    await expect(session.token()).rejects.toThrow(ApiError);
  });

  it('is forgotten at once by signing out, and ended at the server', async () => {
    const { session, asked } = await signedIn();
    await session.signOut();
    expect(session.state()).toEqual({ status: 'out', why: 'ended' });
    expect(asked.at(-1)).toMatchObject({ name: 'closeSession', token: 'token-1' });
    await expect(session.token()).rejects.toThrow(ApiError);
  });
});
