import { createRequire } from 'node:module';
import { join } from 'node:path';
import { FACTS, isFactType } from '../../server/core/facts/facts.ts';
import { MESSAGES } from '../../server/core/facts/message.ts';

/** Zapier's own check of an application's structure, which needs no network. */

const require = createRequire(import.meta.url);
const ROOT = join(import.meta.dirname, '..', '..');

interface Field {
  readonly key: string;
  readonly primary?: boolean;
}
interface Trigger {
  readonly noun: string;
  readonly display: { readonly hidden?: boolean };
  readonly operation: {
    readonly type: string;
    readonly sample: Record<string, unknown>;
    readonly outputFields?: readonly Field[];
  };
}
interface App {
  readonly platformVersion: string;
  readonly triggers: Readonly<Record<string, Trigger>>;
}
interface SchemaTools {
  readonly compileApp: (app: App) => App;
  readonly validateApp: (app: App) => readonly unknown[];
}

const app = require(join(ROOT, 'zapier', 'index.js')) as App;
const { compileApp, validateApp } = require('zapier-platform-core/src/tools/schema') as SchemaTools;
const hooks = Object.values(app.triggers).filter(({ operation }) => operation.type === 'hook');

it('is what Zapier takes', () => {
  expect(validateApp(compileApp(app))).toEqual([]);
});

it('is refused by the same check where a part is missing', () => {
  const [key = ''] = Object.keys(app.triggers);
  const { noun: _noun, ...without } = app.triggers[key]!;
  const spoiled = { ...app, triggers: { ...app.triggers, [key]: without as Trigger } };
  expect(validateApp(compileApp(spoiled))).not.toEqual([]);
});

it('names the very version of Zapier’s library that it is tested with', () => {
  const { dependencies } = require(join(ROOT, 'zapier', 'package.json')) as {
    dependencies: Record<string, string>;
  };
  expect(dependencies['zapier-platform-core']).toBe(app.platformVersion);
  // Its licence is Zapier's own: it is no part of what Liaison ships.
  const project = require(join(ROOT, 'package.json')) as Record<string, Record<string, string>>;
  expect(project.dependencies?.['zapier-platform-core']).toBeUndefined();
});

it('shows as a sample what the hooks send, known by its id', () => {
  expect(hooks).toHaveLength(5);
  for (const { operation } of hooks) {
    const type = String(operation.sample.type);
    expect(isFactType(type) && MESSAGES[type].schema.parse(operation.sample)).toEqual(operation.sample);
    const primary = operation.outputFields?.filter((field) => field.primary).map(({ key }) => key);
    expect(primary).toEqual(['id']);
  }
});

it('labels no field that the messages do not have', () => {
  const has = (value: unknown, [name = '', ...rest]: readonly string[]): boolean => {
    if (typeof value !== 'object' || value === null || !(name in value)) return false;
    return rest.length === 0 || has((value as Record<string, unknown>)[name], rest);
  };
  for (const { operation } of hooks)
    for (const { key } of operation.outputFields ?? [])
      expect([key, has(operation.sample, key.replace('[]', '').split('__'))]).toEqual([key, true]);
});

it('knows an event for each trigger', () => {
  const told = hooks.map(({ operation }) => String(operation.sample.type));
  expect(told.filter((type) => !Object.hasOwn(FACTS, type))).toEqual([]);
  expect(new Set(told).size).toBe(told.length);
});
