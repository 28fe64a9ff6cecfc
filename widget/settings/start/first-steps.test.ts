import { ownRuns, runsOfPeople, STEPS, type StartFacts, stepsDone } from './first-steps.ts';

const words = (text: string) => ({ en: text, fr: text });
const connection = (id: string, state: StartFacts['connections'][number]['state']) => ({
  connector: { id, titles: words(id) },
  state,
});
const needs = (connected: boolean) => [{ id: 'slack', titles: words('Slack'), connected }];
const NO_RUNS = { waiting: 0, running: 0, done: 0, skipped: 0, shelved: 0, superseded: 0, retrying: 0 };
const NOTHING: StartFacts = { connections: [], flows: [], syncs: [], counts: NO_RUNS, places: 0 };
const done = (facts: Partial<StartFacts>) => [...stepsDone({ ...NOTHING, ...facts })];

describe('the first steps', () => {
  it('are all ahead where nothing is true yet', () => {
    expect(done({})).toEqual([]);
    expect(
      done({ connections: [connection('zoho-crm', 'reconnect'), connection('slack', 'reconnect')] }),
    ).toEqual([]);
  });

  it('tell the CRM from the tools beside it', () => {
    expect(done({ connections: [connection('zoho-crm', 'active')] })).toEqual(['crm']);
    expect(done({ connections: [connection('slack', 'active')] })).toEqual(['vendor']);
  });

  it('count a flow as on only where everything that it needs is connected', () => {
    expect(done({ flows: [{ enabled: true, connectors: needs(false) }] })).toEqual([]);
    expect(done({ flows: [{ enabled: false, connectors: needs(true) }] })).toEqual([]);
    expect(done({ flows: [{ enabled: true, connectors: needs(true) }] })).toEqual(['flow']);
  });

  it('a run that failed was a try, but not a success to look at', () => {
    expect(done({ counts: { ...NO_RUNS, shelved: 1 } })).toEqual(['try']);
    expect(done({ counts: { ...NO_RUNS, done: 1 } })).toEqual(['try', 'see']);
  });

  it('a sync that is live was turned on, tried and seen; one that was only previewed was not', () => {
    expect(done({ syncs: [{ phase: 'previewed' }] })).toEqual([]);
    expect(done({ syncs: [{ phase: 'live' }] })).toEqual(['flow', 'try', 'see']);
  });

  it('leave out what the sandbox read by itself when it first started, and nothing else', () => {
    const connections = [{ since: '2026-03-02T09:00:05.000Z' }, { since: '2026-03-02T09:00:00.000Z' }];
    const looks = (found: number | null) => ({
      lookedAt: null,
      found,
      foundAt: null,
      missing: 0,
      failure: null,
    });
    const flows = [
      { id: 'announced', looks: looks(0) },
      { id: 'never-looked', looks: null },
      { id: 'read', looks: looks(null) },
    ];
    const own = { integration: 'read', to: '2026-03-02T09:01:00.000Z' };
    expect(ownRuns(connections, flows, true)).toEqual(own);
    // A later reconnection of one account takes nothing back.
    expect(ownRuns([...connections, { since: '2026-05-01T00:00:00.000Z' }], flows, true)).toEqual(own);
    expect(ownRuns(connections, flows, false)).toBeNull();
    expect(ownRuns([], flows, true)).toBeNull();
    expect(ownRuns(connections, flows.slice(0, 2), true)).toBeNull();
  });

  it('count what somebody plays in the first second, and not what the sandbox read late', () => {
    const own = { ...NO_RUNS, done: 4, shelved: 1 };
    expect(done({ counts: runsOfPeople(own, own) })).toEqual([]);
    expect(done({ counts: runsOfPeople({ ...own, done: 5 }, own) })).toEqual(['try', 'see']);
    // The two are asked for one after the other.
    expect(runsOfPeople(own, { ...own, done: 5 }).done).toBe(0);
  });

  it('go back when what was true is so no longer', () => {
    const all: StartFacts = {
      connections: [connection('zoho-crm', 'active'), connection('slack', 'active')],
      flows: [{ enabled: true, connectors: needs(true) }],
      syncs: [],
      counts: { ...NO_RUNS, done: 3 },
      places: 1,
    };
    expect(done(all)).toEqual([...STEPS]);
    expect(done({ ...all, places: 0 })).not.toContain('alerts');
  });
});
