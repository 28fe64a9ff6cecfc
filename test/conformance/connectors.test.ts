import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { simulators } from '../../sandbox/index.ts';
import { connectors } from '../../server/connectors/index.ts';
import type { Connector, SignatureScheme } from '../../server/core/connector.ts';
import type { Sentence } from '../../server/core/sentence.ts';
import { answerOf, COMMON_FAULTS, OWN_FAULTS } from './fault-table.ts';

const FOLDER = resolve(import.meta.dirname, '../../server/connectors');
const folders = readdirSync(FOLDER, { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? [entry.name] : [],
);
const isConnector = (folder: string): boolean => existsSync(join(FOLDER, folder, 'connector.ts'));

function expectSentence(sentence: Sentence): void {
  for (const text of [sentence.en, sentence.fr]) expect(text.trim()).not.toBe('');
}

describe('the registry', () => {
  it('has a line for every connector’s folder, and a folder for every line', () => {
    expect(connectors.map((connector) => connector.id).sort()).toEqual(folders.filter(isConnector).sort());
  });

  it('calls every application by a name: it stands in the middle of sentences, too', () => {
    const ARTICLE = /^(an?|another|the|any|une?|l[ea]s?|des|l’|d’|autre|tout)[ \u00a0]?\b/i;
    for (const { titles } of connectors)
      for (const text of [titles.en, titles.fr]) expect(text).not.toMatch(ARTICLE);
  });

  it('has no two connectors of one id, nor two objects', () => {
    const ids = connectors.flatMap((connector) => [
      connector.id,
      ...connector.objects.map((object) => object.id),
    ]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('leaves out families only: folders that several connectors of one vendor share', () => {
    expect(folders.filter((folder) => !isConnector(folder))).toEqual(['families']);
    for (const family of readdirSync(join(FOLDER, 'families'))) {
      // Whatever only delivers has no account, and shares nothing of it.
      const isCalled = (folder: string): boolean =>
        connectors.find(({ id }) => id === folder)?.deliversOnly !== true;
      const users = folders.filter(
        (folder) => folder.startsWith(`${family}-`) && isConnector(folder) && isCalled(folder),
      );
      // A family may begin with one.
      expect(users.length).toBeGreaterThan(0);
      for (const user of users) {
        const files = readdirSync(join(FOLDER, user)).filter((file) => file.endsWith('.ts'));
        const sources = files.map((file) => readFileSync(join(FOLDER, user, file), 'utf8'));
        expect(sources.some((source) => source.includes(`'../families/${family}/`))).toBe(true);
      }
    }
  });
});

describe.each(connectors.map((connector) => [connector.id, connector as Connector] as const))(
  '%s',
  (id, connector) => {
    const { authorisation, hosts, webhooks } = connector;
    /** Nothing is called there: it has no host, and no failure of its own. */
    const isCalled = connector.deliversOnly !== true;
    // One that stands at an address of the customer's own has no host to itself.
    const [apiHost = 'shop.example.com'] = Object.keys(hosts);

    it('offers what it has: its own objects, and topics where it sends any', () => {
      const {
        messages,
        meetings = [],
        people = [],
        orders,
        payments,
        tickets,
        forms,
      } = connector.offers ?? {};
      const own = connector.objects.map((object) => object.id);
      const happenings = [orders, payments, tickets, forms].filter((one) => one !== undefined);
      expect(own).toEqual(
        expect.arrayContaining([...meetings, ...people, ...happenings.map(({ object }) => object)]),
      );
      for (const { topics } of happenings) expect(topics).not.toEqual([]);
      if (happenings.length > 0) expect(webhooks).toBeDefined();
      if (messages !== undefined) expectSentence(messages.titles);
    });

    it('is named for people in both languages, and for machines in kebab-case', () => {
      expect(id).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
      expectSentence(connector.titles);
      for (const object of connector.objects) {
        expect(object.id).toMatch(/^[a-z][A-Za-z]*\.[a-z][A-Za-z]*$/);
        expectSentence(object.titles);
      }
    });

    it('gives addresses of records in the vendor’s own interface', () => {
      for (const object of connector.objects) {
        const url = object.url?.('a b/1', { id: 'x', name: 'x' });
        if (url !== undefined) expect(new URL(url).protocol).toBe('https:');
      }
    });

    it('keeps to hosts of its own, each simulated in the sandbox', () => {
      const simulated = new Set(simulators.map((simulator) => simulator.vendor));
      for (const [host, service] of Object.entries(hosts)) {
        expect(host).toMatch(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/);
        expect(simulated).toContain(service);
      }
      if (!isCalled) {
        expect(hosts).toEqual({});
        expect(simulated).toContain(id);
      } else if (connector.site === undefined) expect(Object.keys(hosts)).not.toEqual([]);
      else expect(simulated).toContain(connector.site.simulator);
    });

    it('has budgets that let something through', () => {
      expect(connector.budgets.length).toBeGreaterThan(0);
      for (const { calls, perMs } of connector.budgets) {
        expect(calls).toBeGreaterThan(0);
        expect(perMs).toBeGreaterThan(0);
      }
    });

    it('says how an admin lets it in, and why it needs what it asks for', () => {
      const { header } = authorisation;
      if (authorisation.kind === 'key') {
        expectReason(authorisation.instructions);
        const fields = Object.entries(authorisation.fields ?? { token: undefined });
        for (const [name, field] of fields) {
          const carried =
            typeof header === 'string' ? header.includes(`{${name}}`) : header?.basic.includes(name);
          if (isCalled) expect([name, carried]).toEqual([name, true]);
          if (field !== undefined) expectSentence(field.titles);
        }
        return;
      }
      expect(header).toContain('{token}');
      const endpoints = [authorisation.authorizeUrl, authorisation.tokenUrl, authorisation.revokeUrl];
      for (const endpoint of endpoints.filter((url) => url !== undefined)) {
        if (connector.site !== undefined) {
          // Below an address of the customer's own.
          expect(endpoint).toMatch(/^\/[a-z]/);
          continue;
        }
        expect(new URL(endpoint).protocol).toBe('https:');
        expect(hosts).toHaveProperty([new URL(endpoint).hostname]);
      }
      if (authorisation.wholeAccount === undefined) expect(authorisation.scopes.length).toBeGreaterThan(0);
      else expectReason(authorisation.wholeAccount);
      expect(new Set(authorisation.scopes.map(({ scope }) => scope)).size).toBe(authorisation.scopes.length);
      for (const { scope, reason } of authorisation.scopes) {
        expect(scope).not.toContain(authorisation.scopeSeparator);
        expectReason(reason);
      }
      for (const { accountsUrl, apiUrl, titles } of authorisation.dataCentres ?? []) {
        if (titles !== undefined) expectSentence(titles);
        for (const url of [accountsUrl, apiUrl]) expect(hosts).toHaveProperty([new URL(url).hostname]);
      }
      const limit = authorisation.refresh?.limit;
      if (limit !== undefined) expect(limit.count * limit.perMs).toBeGreaterThan(0);
    });

    const commonFaults = COMMON_FAULTS.map((fault) => [fault.name, fault] as const);
    if (isCalled)
      it.each(commonFaults)('classifies %s', (_name, fault) => {
        const url = new URL(writeUrl(id, apiHost));
        const error = connector.classify(answerOf(fault, url));
        expect(error).toMatchObject({ kind: fault.kind });
        expect(error?.details.retryAt).toBe(fault.retryAt);
        if (fault.mayHaveHappened !== undefined) {
          expect(error?.details.mayHaveHappened ?? false).toBe(fault.mayHaveHappened);
          const read = connector.classify(answerOf(fault, new URL(readUrl(id, apiHost)), 'GET'));
          expect(read?.kind).toBe(fault.kind);
          expect(read?.details.mayHaveHappened ?? false).toBe(false);
        }
        expectActionable(error?.details.sentence);
      });

    it('has failures in the vendor’s own words to be tried with, where anything is called', () => {
      if (isCalled) expect(OWN_FAULTS[id]?.length).toBeGreaterThan(3);
      else expect(OWN_FAULTS[id]).toBeUndefined();
    });

    const ownFaults = (OWN_FAULTS[id] ?? []).map((fault) => [fault.name, fault] as const);
    if (ownFaults.length > 0)
      it.each(ownFaults)('classifies its own %s', (_name, fault) => {
        const error = connector.classify(answerOf(fault, new URL(writeUrl(id, apiHost))));
        expect(error).toMatchObject({ kind: fault.kind });
        expect(error?.details.mayHaveHappened ?? false).toBe(fault.mayHaveHappened ?? false);
        expectActionable(error?.details.sentence);
      });

    if (webhooks === undefined) return;

    it('believes deliveries by schemes that hold together', () => {
      expect(webhooks.schemes.length).toBeGreaterThan(0);
      expect(webhooks.contentTypes.length).toBeGreaterThan(0);
      for (const scheme of webhooks.schemes) expectCoherent(scheme);
      const kinds = webhooks.schemes.map((scheme) => scheme.kind);
      expect(new Set(kinds).size).toBe(kinds.length);
    });

    it('reads nothing into a delivery that it does not know', () => {
      // Where whoever owns a form chooses its keys, only what says nothing at all is strange.
      const strange = !isCalled
        ? [{}, { id: null }, { ids: [{}] }, { __proto__: null }, { list: [] }]
        : [{}, { id: null }, { ids: [{}] }, { data: 1 }, { __proto__: null }, { module: ['x'], id: {} }];
      for (const body of strange) expect(webhooks.read(body as Record<string, unknown>, {})).toBeNull();
    });

    it('can take back what it subscribed to', () => {
      expect(typeof webhooks.unsubscribe).toBe(typeof webhooks.subscribe);
    });
  },
);

/** What an admin reads before letting Liaison in: a sentence of each language, and no name of a scope. */
function expectReason(reason: Sentence): void {
  for (const text of [reason.en, reason.fr]) {
    expect(text).toMatch(/^\p{Lu}.{15,}\.$/su);
    expect(text).not.toMatch(/\b\w+[.:]\w+[.:]\w+/);
  }
  expect(reason.fr).not.toBe(reason.en);
}

function expectActionable(sentence: Sentence | undefined): void {
  expect(sentence).toBeDefined();
  if (sentence === undefined) return;
  expectSentence(sentence);
  expect(sentence.fr).not.toBe(sentence.en);
  expect(sentence.en.length).toBeLessThan(250);
}

function expectCoherent(scheme: SignatureScheme): void {
  if (scheme.kind === 'body-token') {
    expect(scheme.field).not.toBe('');
    return;
  }
  if (scheme.kind === 'url-secret') {
    expect(scheme.parameter).toMatch(/^[a-z]+$/);
    return;
  }
  if (scheme.kind === 'from-address') return;
  expect(scheme.header).toMatch(/^[a-z0-9-]+$/);
  if (scheme.kind === 'secret-header' || scheme.kind === 'rsa-sha256') return;
  if (scheme.kind === 'jwt') {
    expect(scheme.toleranceSeconds).toBeGreaterThan(0);
    return;
  }
  for (const empty of ['', ' ', ',', '=', 'v1=']) expect(scheme.read(empty, {})).toBeNull();
  // A scheme with a time bounds it, and signs it.
  if (scheme.toleranceSeconds !== undefined) {
    expect(scheme.toleranceSeconds).toBeGreaterThan(0);
    expect(scheme.prefix('1764000000')).toContain('1764000000');
  }
}

/** An address that the connector writes to, and one that it reads from: a vendor may read by POST. */
function writeUrl(id: string, host: string): string {
  return id === 'slack' ? `https://${host}/api/chat.postMessage` : `https://${host}/write`;
}

function readUrl(id: string, host: string): string {
  return id === 'slack' ? `https://${host}/api/conversations.list` : `https://${host}/read`;
}
