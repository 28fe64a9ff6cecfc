import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import './read-tsx.ts';

/** What Jest hands to whoever runs a suite, and has back as the suite's result. */
type RunSuite = (
  globalConfig: unknown,
  config: unknown,
  environment: { readonly handleTestEvent?: unknown },
  runtime: unknown,
  suite: string,
  tell: unknown,
) => Promise<unknown>;

const require = createRequire(import.meta.url);
const { default: runSuite } = require('jest-circus/runner') as { default: RunSuite };

/** Where jest-circus keeps, for the whole realm, who is told of a suite's course and the tests that it declared. */
const KEPT = ['EVENT_HANDLERS', 'JEST_STATE_SYMBOL'];

/**
 * Jest's own runner of a suite, in the worker's own realm: Node itself imports the modules, and what one suite
 * imported the next has. Left to itself, Jest gives each suite a realm of its own and reads, links and compiles a
 * thousand modules anew for it: half of what suites cost without the servers that they start. So suites share what a
 * module keeps for itself; what they made of the globals and of the environment is put back.
 */
const runInOwnRealm: RunSuite = async (globalConfig, config, environment, _runtime, suite, tell) => {
  const runtime = {
    requireInternalModule: anew,
    requireModule: require,
    setGlobalsForRuntime() {},
    unstable_shouldLoadAsEsm: () => true,
    unstable_importModule: (path: string) => import(pathToFileURL(path).href),
    enterTestCode() {},
    leaveTestCode() {},
  };
  const here = { global: globalThis, handleTestEvent: environment.handleTestEvent };
  const putBack = [keep(globalThis), keep(process.env)];
  try {
    return await runSuite(globalConfig, config, here, runtime, suite, tell);
  } finally {
    for (const back of putBack) back();
  }
};

export default runInOwnRealm;

/** With nobody told and no test declared. */
function anew(path: string): unknown {
  for (const symbol of Object.getOwnPropertySymbols(globalThis))
    if (KEPT.includes(symbol.description ?? '')) Reflect.deleteProperty(globalThis, symbol);
  delete require.cache[path];
  return require(path);
}

function keep(holder: object): () => void {
  const before = Object.getOwnPropertyDescriptors(holder);
  return () => {
    for (const key of Reflect.ownKeys(holder))
      if (!Object.hasOwn(before, key)) Reflect.deleteProperty(holder, key);
    for (const key of Reflect.ownKeys(before)) {
      const was = Reflect.get(before, key) as PropertyDescriptor;
      const is = Reflect.getOwnPropertyDescriptor(holder, key);
      if (is?.value !== was.value || is?.get !== was.get) Reflect.defineProperty(holder, key, was);
    }
  };
}
