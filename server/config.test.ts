import { applicationSecrets } from './assembly/application-secrets.ts';
import { ConfigError, readConfig } from './config.ts';
import type { Connector } from './core/connector.ts';

const PREPARED = {
  DATABASE_URL: 'postgres://db.example/liaison',
  LIAISON_KEY: 'k',
  PUBLIC_URL: 'https://liaison.example/',
  SMTP_URL: 'smtps://user:password@mail.example:465',
  SLACK_CLIENT_ID: 'real',
  SLACK_CLIENT_SECRET: 'real too',
};

describe('a sandbox with everything of production set', () => {
  const sandbox = readConfig(PREPARED);

  it('uses no real credential, and no mail server but one of its own machine', () => {
    expect(sandbox.mode).toBe('sandbox');
    expect(sandbox.oauthClient('slack')?.id).toBe('sandbox-slack');
    expect(sandbox.mail).toBeNull();
    const local = readConfig({ SMTP_URL: 'smtp://localhost:1025', ALERTS_FROM: 'liaison@atelier.example' });
    expect(local.mail).toEqual({ url: 'smtp://localhost:1025', from: 'liaison@atelier.example' });
  });

  it('becomes production with the same variables', () => {
    const production = sandbox.forProduction();
    expect(production).toMatchObject({
      mode: 'production',
      publicUrl: 'https://liaison.example',
      mail: { url: PREPARED.SMTP_URL },
    });
    expect(production.oauthClient('slack')).toEqual({ id: 'real', secret: 'real too' });
  });
});

it('a sandbox without them does not become production, and is told all that is missing', () => {
  const lacking = readConfig({ PUBLIC_URL: 'https://liaison.example' });
  expect(() => lacking.forProduction()).toThrow(ConfigError);
  expect(() => lacking.forProduction()).toThrow(/DATABASE_URL.*LIAISON_KEY/);
});

describe('the public address of production', () => {
  const inProduction = (PUBLIC_URL: string) => () =>
    readConfig({ ...PREPARED, LIAISON_MODE: 'production', PUBLIC_URL });

  it.each(['http://liaison.example', 'http://10.0.0.7:3000', 'http://localhost.example'])(
    '%s is refused: what crosses the network there would be read',
    (address) => {
      expect(inProduction(address)).toThrow(ConfigError);
      expect(inProduction(address)).toThrow(`PUBLIC_URL begins with https:// (it is ${address})`);
      expect(() => readConfig({ ...PREPARED, PUBLIC_URL: address }).forProduction()).toThrow(ConfigError);
    },
  );

  it.each([
    'https://liaison.example',
    'HTTPS://liaison.example',
    'http://localhost:3000',
    'http://127.0.0.1',
    'http://[::1]:3000',
  ])('%s is taken', (address) => {
    expect(inProduction(address)().publicUrl).toBe(address);
  });

  it('is not asked to be https in the sandbox', () => {
    expect(readConfig({ PUBLIC_URL: 'http://10.0.0.7:3000' }).publicUrl).toBe('http://10.0.0.7:3000');
  });
});

describe('what a vendor signs with for the whole application', () => {
  const shop = {
    id: 'big-shop',
    authorisation: { kind: 'oauth' },
  } as unknown as Connector;
  const inProduction = (variables: Record<string, string>) =>
    applicationSecrets(
      readConfig({
        LIAISON_MODE: 'production',
        DATABASE_URL: 'postgres://db.example/liaison',
        LIAISON_KEY: 'k',
        PUBLIC_URL: 'https://liaison.example',
        ...variables,
      }),
      new Map([['big-shop', shop]]),
    )('big-shop');

  it('is its own variable, two secrets while one replaces the other, or the registration’s', () => {
    const client = { LIAISON_BIG_SHOP_CLIENT_ID: 'id', LIAISON_BIG_SHOP_CLIENT_SECRET: 'client’s' };
    expect(inProduction(client)).toEqual(['client’s']);
    expect(inProduction({ ...client, LIAISON_BIG_SHOP_SIGNING_SECRET: ' new  old ' })).toEqual([
      'new',
      'old',
    ]);
    expect(inProduction({})).toEqual([]);
  });

  it('is no real secret in the sandbox', () => {
    const sandbox = readConfig({ LIAISON_BIG_SHOP_SIGNING_SECRET: 'real' });
    const secrets = applicationSecrets(sandbox, new Map([['big-shop', shop]]));
    expect(secrets('big-shop')).toEqual(['sandbox-secret-big-shop']);
    expect(secrets('another')).toEqual([]);
  });
});
