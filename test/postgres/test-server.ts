/** The PostgreSQL of this test run, handed from Jest's setup to its teardown. */
export interface TestServer {
  readonly url: string;
  readonly template: string;
  stop(): Promise<void>;
}

const KEY = Symbol.for('liaison.testServer');
const holder = globalThis as { [KEY]?: TestServer };

/** The suites run in processes of their own: they learn of the server through the environment. */
export function keepTestServer(server: TestServer): void {
  holder[KEY] = server;
  process.env.LIAISON_TEST_SERVER = server.url;
  process.env.LIAISON_TEST_TEMPLATE = server.template;
}

export function keptTestServer(): TestServer | undefined {
  return holder[KEY];
}

export function withDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.href;
}
