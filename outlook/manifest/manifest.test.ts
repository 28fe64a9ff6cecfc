import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import AdmZip from 'adm-zip';
import { ZOHO_DATA_CENTRES } from '../../server/connectors/families/zoho/data-centres.ts';
import { addinAt } from './addin.ts';
import { faultsOf } from './faults.ts';
import { type Element, tag } from './markup.ts';
import { faultsOfOrder } from './order.ts';
import { MANIFEST_TEXTS } from './texts.ts';
import { unifiedManifest, unifiedTexts } from './unified.ts';
import { type WrittenManifests, writeManifests } from './write.ts';
import { officeApp, xmlManifest } from './xml.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const PUBLIC_URL = 'https://liaison.example.com';
const signInOrigins = ZOHO_DATA_CENTRES.map(({ accountsUrl }) => accountsUrl);
const addin = addinAt(PUBLIC_URL, signInOrigins);

let folder: string;
let paths: WrittenManifests;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'liaison-manifest-'));
  paths = await writeManifests({ publicUrl: PUBLIC_URL, signInOrigins }, join(folder, 'whole'));
  // No packet may be needed for any of this.
  globalThis.fetch = () => Promise.reject(new Error('the network was asked'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Every address of this server that a text names. */
const ownAddresses = (text: string): string[] => [
  ...new Set(text.match(/https:\/\/liaison\.example\.com[^"<]*/g)),
];

describe('both manifests', () => {
  it('pass Microsoft’s checks without the network', async () => {
    expect(await faultsOf(paths)).toEqual([]);
    expect(faultsOfOrder(officeApp(addin))).toEqual([]);
  });

  it('name pages and pictures that the server has', async () => {
    for (const text of [JSON.stringify(unifiedManifest(addin)), xmlManifest(addin)]) {
      const names = ownAddresses(text).map((address) => new URL(address).pathname);
      expect(names.length).toBeGreaterThan(5);
      for (const name of names.filter((one) => one.startsWith('/outlook/'))) {
        const file = name.slice('/outlook/'.length);
        const at = file.startsWith('icons/') ? join('outlook', 'public', file) : join('outlook', file);
        expect([name, existsSync(join(ROOT, at))]).toEqual([name, true]);
      }
    }
  });

  it('are of the same add-in at every time, and of another one for another server', () => {
    expect(addinAt(`${PUBLIC_URL}/`, []).unifiedId).toBe(addin.unifiedId);
    expect(addinAt('https://liaison.example.com/under/', []).pane).toBe(
      'https://liaison.example.com/under/outlook/pane.html',
    );
    const ids = [addin, addinAt('https://other.example', [])].flatMap((one) => [one.unifiedId, one.xmlId]);
    expect(new Set(ids).size).toBe(4);
  });

  it('may read and write the open item and no more, and go to Zoho’s sign-in pages alone', () => {
    const manifest = unifiedManifest(addin);
    const names = manifest.authorization.permissions.resourceSpecific.map(({ name }) => name);
    expect(names).toEqual(['MailboxItem.ReadWrite.User', 'Mailbox.SharedFolder']);
    expect(xmlManifest(addin)).toContain('<Permissions>ReadWriteItem</Permissions>');
    expect(manifest.validDomains).toContain('accounts.zoho.eu');
    expect(manifest.validDomains).toHaveLength(1 + ZOHO_DATA_CENTRES.length);
  });

  it('hide one of them where both are deployed', () => {
    const [{ alternates = [] } = {}] = unifiedManifest(addin).extensions;
    expect(alternates).toEqual([{ hide: { customOfficeAddin: { officeAddinId: addin.xmlId } } }]);
  });

  it('say everything in French as well', () => {
    const unified = Object.values(unifiedTexts('fr'));
    const xml = xmlManifest(addin);
    for (const { en, fr } of [MANIFEST_TEXTS.name, MANIFEST_TEXTS.short, MANIFEST_TEXTS.tip]) {
      expect(unified).toContain(fr);
      expect(xml).toContain(`="${en}"`);
      expect(xml).toContain(`Locale="fr-FR" Value="${fr}"`);
    }
  });
});

describe('the checks', () => {
  const broken = (change: (manifest: Record<string, unknown>) => void, file = 'manifest.json') =>
    withChanged(paths.folder, file, (text) => {
      const manifest = JSON.parse(text) as Record<string, unknown>;
      change(manifest);
      return JSON.stringify(manifest);
    });

  it.each<[string, (manifest: Record<string, unknown>) => void, RegExp]>([
    ['misses a member', (one) => delete one.developer, /developer/],
    ['has one of a wrong type', (one) => Object.assign(one, { version: 1 }), /version/],
    [
      'has a text that is too long',
      (one) => Object.assign(one, { name: { short: 'x'.repeat(31), full: 'x' } }),
      /name/,
    ],
    ['names no colour', (one) => Object.assign(one, { accentColor: 'blue' }), /accentColor/],
    ['has a word that is not known', (one) => Object.assign(one, { extension: [] }), /extension|additional/],
  ])('find a unified manifest that %s', async (_what, change, told) => {
    const back = await broken(change);
    expect((await faultsOf(paths)).join('\n')).toMatch(told);
    await back();
  });

  it('find a text of another language that has no place', async () => {
    const back = await broken((one) => Object.assign(one, { 'name.longest': 'x' }), 'fr.json');
    expect((await faultsOf(paths)).join('\n')).toMatch(/fr\.json/);
    await back();
    expect(await faultsOf(paths)).toEqual([]);
  });

  it('find in the XML manifest an address that leads nowhere', async () => {
    const back = await withChanged(folder, join('whole', 'manifest.xml'), (text) =>
      text.replaceAll('<SourceLocation resid="Pane.Url" />', '<SourceLocation resid="Gone.Url" />'),
    );
    expect((await faultsOf(paths)).join('\n')).toMatch(/manifest\.xml/);
    await back();
    expect(await faultsOf(paths)).toEqual([]);
  });

  const overrides = (...inside: Element[]) => tag('OfficeApp', tag('VersionOverrides', ...inside));
  it.each<[string, Element, string]>([
    ['in a wrong order', tag('Supertip', tag('Description'), tag('Title')), '<Title> stands too late'],
    ['twice', tag('Supertip', tag('Title'), tag('Title')), 'one <Title> only'],
    ['that does not belong there', tag('Supertip', tag('Icon')), 'takes no <Icon>'],
    ['without its id', overrides(tag('Control')), 'A <Control> has no id.'],
    [
      'with the id of another',
      overrides(tag('Control', { id: 'one' }), tag('Group', { id: 'one' })),
      'The id one is there 2 times.',
    ],
    [
      'for a resource that is not there',
      overrides(tag('Label', { resid: 'Gone' })),
      'There is no resource Gone.',
    ],
    [
      'with a text that is too long',
      tag('bt:ShortStrings', tag('bt:String', { DefaultValue: 'x'.repeat(126) })),
      'A text is too long',
    ],
  ])('find an element of the XML manifest %s', (_what, element, told) => {
    expect(faultsOfOrder(element).join('\n')).toContain(told);
  });
});

describe('npm run outlook', () => {
  const run = (publicUrl: string, ...more: string[]) =>
    promisify(execFile)(process.execPath, [join(ROOT, 'outlook', 'manifest', 'main.ts'), ...more], {
      env: { ...process.env, PUBLIC_URL: publicUrl },
    });

  it('writes both for a server’s address, the unified one as a package', async () => {
    const scripts = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    expect(scripts.scripts.outlook).toBe('node outlook/manifest/main.ts');
    const into = join(folder, 'command');
    const { stdout } = await run('', 'https://crm.garage-benali.example', into);
    expect(stdout).toContain('liaison-outlook.zip');
    const zip = new AdmZip(join(into, 'liaison-outlook.zip'));
    expect(zip.getEntries().map(({ entryName }) => entryName)).toEqual(
      expect.arrayContaining(['manifest.json', 'fr.json', 'color.png', 'outline.png']),
    );
    expect(zip.readAsText('manifest.json')).toContain('https://crm.garage-benali.example/outlook/pane.html');
    expect(await readFile(join(into, 'manifest.xml'), 'utf8')).toContain('crm.garage-benali.example');
  });

  it('says in a sentence why it cannot write them', async () => {
    const failed = await run('http://localhost:3000').catch((error: { stderr: string }) => error.stderr);
    expect(failed).toBe('Outlook opens pages over https only, and PUBLIC_URL is http://localhost:3000.\n');
  });

  it.each([
    [undefined, /Set PUBLIC_URL/],
    [' ', /Set PUBLIC_URL/],
    ['liaison.example.com', /https/],
    ['https://liaison.example.com/?a=1', /PUBLIC_URL/],
    ['https://somebody:secret@liaison.example.com', /https/],
  ])('takes no address like %p', (publicUrl, told) => {
    expect(() => addinAt(publicUrl, [])).toThrow(told);
  });
});

/** @returns what puts the file back. */
async function withChanged(
  at: string,
  file: string,
  change: (text: string) => string,
): Promise<() => Promise<void>> {
  const path = join(at, file);
  const before = await readFile(path, 'utf8');
  await writeFile(path, change(before));
  return () => writeFile(path, before);
}
