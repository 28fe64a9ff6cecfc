import type { SlackClient } from '../../server/connectors/slack/client.ts';
import { slack } from '../../server/connectors/slack/connector.ts';
import { asLiaisonError, type LiaisonError } from '../../server/core/errors.ts';
import { type Connected, hostsOf, type OpenSandbox, openSandbox } from './sandbox-connection.ts';

let sandbox: OpenSandbox;
let connected: Connected<SlackClient>;

beforeAll(async () => {
  sandbox = await openSandbox('slack', { only: ['slack'] });
  connected = await sandbox.connect(slack);
});
afterAll(() => sandbox.close());

const failureOf = (work: Promise<unknown>): Promise<LiaisonError> =>
  work.then(
    () => Promise.reject(new Error('expected a failure')),
    (thrown: unknown) => asLiaisonError(thrown),
  );
const since = new Date();

it('says which workspace it is, and fails with reconnect when the token is no good', async () => {
  expect(connected.account).toMatchObject({
    id: expect.stringMatching(/^T/),
    name: expect.stringContaining('Lumen'),
  });
  expect((await failureOf(sandbox.connect(slack, 'xoxb-wrong'))).kind).toBe('reconnect');
});

describe('channels', () => {
  it('are found by name, with or without #, and by id', async () => {
    const channel = await connected.client.findChannel('#ventes');
    expect(channel).toMatchObject({ name: 'ventes' });
    expect(await connected.client.findChannel('ventes')).toEqual(channel);
    expect(await connected.client.findChannel(channel?.id ?? '')).toEqual(channel);
    expect(await connected.client.findChannel('#nulle-part')).toBeNull();
    expect((await connected.client.listChannels()).map((one) => one.name)).toContain('ventes');
  });
});

describe('messages', () => {
  const channel = '#ventes';

  it('are posted with exactly their text, and found again by their marker', async () => {
    const text = '🎉 Deal gagné ! Refonte site vitrine - 12 500€ par Claire Fontaine';
    expect(await connected.client.findMessage({ channel, marker: 'run-1', since })).toBeNull();
    const posted = await connected.client.postMessage({ channel, text, marker: 'run-1' });
    expect(await connected.client.findMessage({ channel, marker: 'run-1', since })).toEqual(posted);
    expect(await connected.client.findMessage({ channel, marker: 'run-2', since })).toBeNull();
    const [line] = await sandbox.ledger('slack');
    expect(line).toMatchObject({ action: 'create', object: 'message' });
  });

  it('are found among others', async () => {
    const first = await connected.client.postMessage({ channel, text: 'Un', marker: 'other-1' });
    await connected.client.postMessage({ channel, text: 'Deux', marker: 'other-2' });
    expect(await connected.client.findMessage({ channel, marker: 'other-1', since })).toEqual(first);
  });

  it('to a channel that is not there are refused with a sentence that says what to do', async () => {
    const wish = { channel: '#nulle-part', marker: 'run-3' };
    const error = await failureOf(connected.client.postMessage({ ...wish, text: 'Bonjour' }));
    expect([error.kind, error.details.vendorMessage]).toEqual(['rejected', 'channel_not_found']);
    expect(error.details.sentence.fr).toContain('canal');
    expect((await failureOf(connected.client.findMessage({ ...wish, since }))).kind).toBe('rejected');
  });

  it('without text are refused', async () => {
    const error = await failureOf(connected.client.postMessage({ channel, text: '', marker: 'run-4' }));
    expect([error.kind, error.details.vendorMessage]).toEqual(['rejected', 'no_text']);
  });
});

describe('faults', () => {
  afterEach(() => sandbox.fault('slack', null));

  it('after the work was done leave a message that can be found', async () => {
    await sandbox.fault('slack', { commitThenFail: 'reset', count: 1 });
    const wish = { channel: '#ventes', marker: 'run-5' };
    const error = await failureOf(connected.client.postMessage({ ...wish, text: 'Peut-être' }));
    expect([error.kind, error.details.mayHaveHappened]).toEqual(['retry-later', true]);
    expect(await connected.client.findMessage({ ...wish, since })).not.toBeNull();
  });

  it('are not tried again by Slack’s own client', async () => {
    const before = connected.exchanges.length;
    await sandbox.fault('slack', { status: 503 });
    expect((await failureOf(connected.client.listChannels())).kind).toBe('retry-later');
    expect(connected.exchanges.length - before).toBe(1);
  });

  it('of too many requests wait for as long as told', async () => {
    await sandbox.fault('slack', { status: 429, retryAfter: 7, count: 1 });
    const error = await failureOf(connected.client.listChannels());
    expect(error.kind).toBe('rate-limited');
    expect((error.details.retryAt ?? 0) - Date.now()).toBeGreaterThan(5_000);
  });
});

it('spoke to declared hosts only', () => {
  expect(hostsOf(connected.exchanges)).toEqual(['slack.com']);
});
