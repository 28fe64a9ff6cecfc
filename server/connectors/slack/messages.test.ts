import type { ConnectorHttp } from '../../core/connector.ts';
import { LiaisonError } from '../../core/errors.ts';
import { slackClient } from './client.ts';
import { classify } from './failures.ts';

const CHANNELS = {
  ok: true,
  channels: [{ id: 'C1', name: 'ventes' }],
  response_metadata: { next_cursor: '' },
};

/** Answers each method from a script, classifying as the way out does. */
function scripted(answer: (method: string, form: URLSearchParams) => object) {
  const calls: string[] = [];
  const http: ConnectorHttp = {
    received: async () => [],
    download: async () => ({ refused: { en: '', fr: '' } }),
    account: { id: 'T1', name: 'Lumen' },
    apiUrl: null,
    fetch: async (input, init) => {
      const url = new URL(String(input));
      const method = url.pathname.split('/').at(-1) ?? '';
      calls.push(method);
      const text = JSON.stringify(answer(method, new URLSearchParams(String(init?.body))));
      const failure = classify({ method: 'POST', url, status: 200, headers: new Headers(), text, now: 0 });
      if (failure !== null) throw failure;
      return new Response(text, { headers: { 'content-type': 'application/json' } });
    },
  };
  return { client: slackClient(http), calls };
}

const message = (ts: string, marker: string) => ({
  type: 'message',
  ts,
  metadata: { event_type: 'liaison_message', event_payload: { marker } },
});
const wish = { channel: '#ventes', marker: 'm-1', since: new Date(1_764_000_000_000) };

describe('looking for a message', () => {
  it('walks through the pages, from a little before the time given', async () => {
    const oldest = new Set<string | null>();
    const { client, calls } = scripted((method, form) => {
      if (method !== 'conversations.history') return CHANNELS;
      oldest.add(form.get('oldest'));
      const page = Number(form.get('cursor') ?? 1);
      const messages = page === 3 ? [message('3.1', 'm-1')] : [message(`${page}.1`, 'another')];
      return { ok: true, messages, response_metadata: { next_cursor: String(page + 1) } };
    });
    expect(await client.findMessage(wish)).toEqual({ channel: 'C1', ts: '3.1' });
    expect(calls.filter((call) => call === 'conversations.history')).toHaveLength(3);
    expect([...oldest]).toEqual(['1763999400.000000']);
  });

  it('takes no other program’s metadata for its own', async () => {
    const foreign = {
      ...message('1.1', 'm-1'),
      metadata: { event_type: 'deploy', event_payload: { marker: 'm-1' } },
    };
    const { client } = scripted((method) =>
      method === 'conversations.history'
        ? { ok: true, messages: [foreign, { type: 'message', ts: '2.1' }] }
        : CHANNELS,
    );
    expect(await client.findMessage(wish)).toBeNull();
  });

  it('joins a public channel that it only ever posted to', async () => {
    let isMember = false;
    const { client, calls } = scripted((method) => {
      if (method === 'conversations.list') return CHANNELS;
      if (method === 'conversations.join') isMember = true;
      else if (!isMember) return { ok: false, error: 'not_in_channel' };
      return { ok: true, messages: [message('1.1', 'm-1')], channel: {} };
    });
    expect(await client.findMessage(wish)).toEqual({ channel: 'C1', ts: '1.1' });
    expect(calls).toContain('conversations.join');
  });

  it('never claims that a message is not there when it could not read to the end', async () => {
    let page = 0;
    const { client } = scripted((method) => {
      if (method !== 'conversations.history') return CHANNELS;
      page += 1;
      return { ok: true, messages: [], response_metadata: { next_cursor: String(page) } };
    });
    await expect(client.findMessage(wish)).rejects.toBeInstanceOf(LiaisonError);
    expect(page).toBeLessThan(100);
  });
});

it('posts the text as it is, and asks Slack to look for no names in it', async () => {
  const forms: URLSearchParams[] = [];
  const { client } = scripted((method, form) => {
    if (method === 'chat.postMessage') forms.push(form);
    return { ok: true, channel: 'C1', ts: '1.1' };
  });
  await client.postMessage({ channel: '#ventes', text: '@here @channel Marie', marker: 'm-1' });
  await client.postMessage({ channel: '#ventes', text: 'x'.repeat(5_000), marker: 'm-2' });
  const [short, long] = forms;
  expect(short?.get('text')).toBe('@here @channel Marie');
  expect([short?.has('parse'), short?.has('link_names')]).toEqual([false, false]);
  expect(long?.get('text')).toBe(`${'x'.repeat(3_999)}…`);
});

it('what the classification threw comes out of Slack’s client as it was', async () => {
  const { client, calls } = scripted(() => ({ ok: false, error: 'token_revoked' }));
  await expect(client.team()).rejects.toMatchObject({
    kind: 'reconnect',
    details: { vendorMessage: 'token_revoked' },
  });
  expect(calls).toHaveLength(1);
});
