import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '..');

/** Which folders a folder may import from, besides itself. The architecture, as data. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  'server/core': [],
  'server/store': ['server/core'],
  'server/engine': ['server/core', 'server/store'],
  'server/hooks': ['server/core', 'server/engine', 'server/store'],
  'server/outbound': ['server/core', 'server/store'],
  'server/vault': ['server/core', 'server/store', 'server/outbound'],
  'server/connect': ['server/core', 'server/store', 'server/outbound', 'server/vault', 'server/engine'],
  'server/receivers': ['server/core', 'server/store', 'server/outbound'],
  'server/kit': ['server/core'],
  'server/connectors': ['server/core', 'server/kit'],
  'server/alerts': ['server/core', 'server/engine', 'server/store'],
  'server/flows': ['server/core', 'server/connectors'],
  'server/api': ['server/core', 'server/store', 'server/engine'],
  'server/session': [
    'server/core',
    'server/store',
    'server/outbound',
    'server/vault',
    'server/connect',
    'server/api',
  ],
  'server/access': ['server/core', 'server/store', 'server/connect', 'server/session'],
  'server/config.ts': ['server/core'],
  'server/metrics': ['server/store'],
  'server/mode': ['server/config.ts', 'server/core', 'server/vault', 'server/api'],
  'server/pages': [],
  'server/sandbox': ['server/core', 'server/store', 'server/connect'],
  'server/upkeep': ['server/core', 'server/store', 'server/engine', 'server/connect', 'server/api'],
  sandbox: [],
  // Types only: what the API says, and the two words that both sides use.
  widget: ['server/api', 'server/core'],
  // The pane in Outlook is made of the widget's pieces.
  outlook: ['widget', 'server/api', 'server/core'],
};

/** The composition root and what stands beside it may import everything but the sandbox and the widget. */
const COMPOSITION = /^server\/(?:assembly\/)?[a-z-]+\.ts$/;
/** A command's entry is a composition root of its own. */
const COMMANDS = new Set([
  'server/vault/rotate-command.ts',
  'widget/build-if-stale.ts',
  'outlook/manifest/main.ts',
]);

const VENDORS = /\b(zoho|stripe|slack|google|sheets|mailchimp|shopify|woocommerce|notion|typeform|zapier)/i;
const VENDOR_FREE = [
  'server/core',
  'server/kit',
  'server/engine',
  'server/outbound',
  'server/api',
  'server/hooks',
  'server/store',
];

const isSource = (path: string): boolean => /\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path);
const isTestOnly = (path: string): boolean => /\/testing\//.test(path);

function filesBelow(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name}`)
    .filter((path) => isSource(path) && !isTestOnly(path));
}

const code = (path: string): string =>
  readFileSync(join(ROOT, path), 'utf8')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/^\s*\/\/.*$/gm, '');

function localImports(path: string): string[] {
  const found = code(path).matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g);
  return [...found].map((match) => relative(ROOT, resolve(ROOT, dirname(path), match[1] ?? '')));
}

const folderOf = (path: string): string | undefined =>
  Object.keys(MAY_IMPORT).find((folder) => path === folder || path.startsWith(`${folder}/`));

const server = filesBelow('server');
const everything = [...server, ...filesBelow('sandbox'), ...filesBelow('widget'), ...filesBelow('outlook')];

describe('the layers', () => {
  it('hold: each folder imports only from those below it', () => {
    const violations = everything.flatMap((path) => {
      if (COMPOSITION.test(path) || COMMANDS.has(path)) return [];
      const own = folderOf(path);
      if (own === undefined) return [`${path} stands in no known folder`];
      return localImports(path)
        .filter((target) => {
          const folder = folderOf(target);
          return folder !== own && !(folder !== undefined && MAY_IMPORT[own]?.includes(folder));
        })
        .map((target) => `${path} imports ${target}`);
    });
    expect(violations).toEqual([]);
  });

  it('hold: the sandbox and the server never import each other', () => {
    const crossing = everything.flatMap((path) => {
      const side = path.startsWith('sandbox/') ? 'server/' : 'sandbox/';
      return localImports(path)
        .filter((target) => target.startsWith(side))
        .map((target) => `${path} imports ${target}`);
    });
    expect(crossing).toEqual([]);
  });

  it('hold: connectors do not import each other, save what a family shares', () => {
    const folder = (path: string) => path.split('/')[2] ?? '';
    const family = (path: string) => (folder(path) === 'families' ? path.split('/')[3] : undefined);
    const crossing = server
      .filter((path) => /^server\/connectors\/[^/]+\//.test(path))
      .flatMap((path) =>
        localImports(path)
          .filter((target) => /^server\/connectors\/[^/]+\//.test(target))
          // A family folder (`families/zoho`) is no connector: it holds what `zoho-crm` and `zoho-books` share.
          .filter(
            (target) => folder(target) !== folder(path) && !folder(path).startsWith(`${family(target)}-`),
          )
          .map((target) => `${path} imports ${target}`),
      );
    expect(crossing).toEqual([]);
  });

  it('hold: connectors reach the network only through what they are handed', () => {
    const forbidden =
      /\bprocess\.env\b|globalThis\.fetch\(|(?<![.\w])fetch\(|node:https?|node:net|Date\.now\(|Math\.random\(/;
    const offenders = server
      .filter((path) => /^server\/(connectors|flows|core|kit)\//.test(path))
      .filter((path) => forbidden.test(code(path)));
    expect(offenders).toEqual([]);
  });

  it('hold: the environment is read in one place of the server and one of the sandbox', () => {
    const readers = everything.filter((path) =>
      /\bprocess\.env\b|\benv\s*[,}].*from 'node:process'/.test(code(path)),
    );
    expect(
      readers.filter((path) => !/^(server|sandbox)\/main\.ts$/.test(path) && !COMMANDS.has(path)),
    ).toEqual([]);
  });

  it('hold: what is said to the database stands in the store', () => {
    const statement =
      /['"`]\s*(?:select\s|insert into\s|update \w+ set\s|delete from\s|with \w+ as\s|truncate\s|listen\s)/;
    const elsewhere = server
      .filter((path) => !path.startsWith('server/store/'))
      // Connectors and flows cannot reach the store: a query of theirs is in a vendor's own language.
      .filter((path) => !/^server\/(connectors|flows)\//.test(path))
      .filter((path) => statement.test(code(path)));
    expect(elsewhere).toEqual([]);
  });

  it('hold: what is generic names no vendor', () => {
    const named = server
      .filter((path) => VENDOR_FREE.some((folder) => path.startsWith(`${folder}/`)))
      .filter((path) => VENDORS.test(code(path)));
    expect(named).toEqual([]);
  });
});
