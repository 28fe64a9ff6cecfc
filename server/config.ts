import { resolve } from 'node:path';
import { z } from 'zod';
import type { Sentence } from './core/sentence.ts';

const port = z.coerce.number().int().min(0).max(65_535);
const text = z.string().trim().min(1);
const origin = z
  .string()
  .regex(/^https?:\/\/[\w.-]+(:\d+)?$/, 'an origin is written https://crm.example.com');

/** The sandbox's vendors count no calls: what a webhook lost is found while somebody watches. */
const SANDBOX_SWEEP_SECONDS = 20;
/** What people change at a vendor by hand is looked for now and then; the sandbox costs nobody anything. */
const LOOK_SECONDS = 600;
const SANDBOX_LOOK_SECONDS = 20;

const environment = z.object({
  LIAISON_MODE: z.enum(['sandbox', 'production']).default('sandbox'),
  HOST: text.optional(),
  PORT: port.default(3000),
  SANDBOX_PORT: port.default(3001),
  LIAISON_DATA: text.default('.data'),
  DATABASE_URL: text
    .regex(/^postgres(ql)?:\/\//, 'it is written postgres://user:password@host:5432/database')
    .optional(),
  LIAISON_KEY: text.optional(),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  SANDBOX_RECORD: text.optional(),
  LIAISON_LOG: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('warn'),
  /** Runs in hand at once in this process. */
  LIAISON_PROXIES: z.coerce.number().int().min(0).max(10).default(0),
  LIAISON_WIDTH: z.coerce.number().int().min(1).max(500).default(64),
  /** Seconds between two looks for what no webhook announced; unset: as each flow declares, in the sandbox more often. */
  LIAISON_SWEEP_SECONDS: z.coerce.number().int().min(1).max(86_400).optional(),
  /** A webhook that is not lost comes within so many seconds; what is younger is left to the next look. */
  LIAISON_GRACE_SECONDS: z.coerce.number().min(0).max(3_600).default(10),
  /** Seconds between two rounds of upkeep: what vendors are to announce, what alerts are to tell. */
  LIAISON_ROUND_SECONDS: z.coerce.number().min(0.1).max(60).default(5),
  /** Seconds between two looks whether what people may change at a vendor still is as it was; default: 600, in the sandbox 20. */
  LIAISON_LOOK_SECONDS: z.coerce.number().min(0.1).max(86_400).optional(),
  /** `real`: the simulators limit calls as the vendors do, and Liaison keeps to it. */
  SANDBOX_LIMITS: z.enum(['relaxed', 'real']).default('relaxed'),
  /** The script through which the pages in the CRM speak with it; default: Zoho's own, in the sandbox a stand-in. */
  ZOHO_SDK_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** Origins at which the CRM is shown beside Zoho's own, separated by spaces or commas. */
  ZOHO_CRM_ORIGINS: text
    .transform((value) => value.split(/[\s,]+/))
    .pipe(z.array(origin))
    .optional(),
  /** Origins at which Outlook is shown beside Microsoft's own: an Exchange server of the customer's. */
  OUTLOOK_ORIGINS: text
    .transform((value) => value.split(/[\s,]+/))
    .pipe(z.array(origin))
    .optional(),
  /** Where Zapier's application is sent back to after a consent; several separated by spaces. */
  LIAISON_ZAPIER_REDIRECT_URI: text
    .transform((value) => value.split(/\s+/))
    .pipe(z.array(z.url({ protocol: /^https$/ })))
    .optional(),
  /** The mail server for alerts, and who they come from. */
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  ALERTS_FROM: z.email().optional(),
  /** A named crash point that a test arms; only in the sandbox. */
  LIAISON_CRASH: text.optional(),
});

export interface Config {
  readonly mode: 'sandbox' | 'production';
  readonly host: string;
  readonly port: number;
  readonly sandboxPort: number;
  readonly dataFolder: string;
  readonly databaseUrl: string | null;
  readonly key: string | null;
  /** Where vendors and browsers reach this server; null: at its own address. */
  readonly publicUrl: string | null;
  readonly sandboxRecord: string | null;
  readonly logLevel: string;
  readonly width: number;
  /** Reverse proxies of the operator's own that stand before this server, one behind the other. */
  readonly proxies: number;
  /** Seconds between two looks for what no webhook announced; null: as each flow declares. */
  readonly sweepSeconds: number | null;
  /** What is younger is left to a later one of those looks, in milliseconds. */
  readonly graceMs: number;
  /** Between two rounds of upkeep. */
  readonly roundMs: number;
  /** Between two looks whether what stands at the vendors, and what settings name there, is still as it was. */
  readonly lookMs: number;
  readonly sandboxLimits: 'relaxed' | 'real';
  readonly crash: string | null;
  /** Whether a variable holds anything. */
  readonly isSet: (name: string) => boolean;
  /** Mail for alerts; null: there is none. */
  readonly mail: { readonly url: string; readonly from: string } | null;
  /** The script that speaks with the CRM; null: the usual one. */
  readonly sdkUrl: string | null;
  /** Where the CRM is shown, beside Zoho's own addresses. */
  readonly crmOrigins: readonly string[];
  /** Where Outlook is shown, beside Microsoft's own addresses. */
  readonly outlookOrigins: readonly string[];
  /**
   * The OAuth client of a family or a connector, from `LIAISON_<NAME>_CLIENT_ID` and `…_SECRET`, or the same
   * without `LIAISON_`; null when unset.
   */
  oauthClient(name: string): { readonly id: string; readonly secret: string } | null;
  /**
   * What a vendor signs deliveries to every customer with, from `LIAISON_<CONNECTOR>_SIGNING_SECRET`: several,
   * separated by spaces, while one replaces another. Null when unset, and in the sandbox.
   */
  signingSecrets(connector: string): readonly string[] | null;
  /** Where another application that is registered here may have people sent back to, letter for letter. */
  redirectsOf(application: string): readonly string[];
  /** The same variables, read for production. @throws ConfigError that names all that is missing. */
  forProduction(): Config;
}

/** The configuration cannot be used; the sentence names the variable and what it should hold. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly sentence: Sentence;

  constructor(sentence: Sentence) {
    super(sentence.en);
    this.sentence = sentence;
  }
}

/** Whether an address is one of this machine's own. */
export const isThisMachine = (url: string): boolean =>
  ['localhost', '127.0.0.1', '[::1]'].includes(new URL(url).hostname.toLowerCase());

type Variables = Readonly<Record<string, string | undefined>>;

const NEEDED_IN_PRODUCTION = [
  ['DATABASE_URL', 'the PostgreSQL to use', 'la base PostgreSQL à utiliser'],
  [
    'LIAISON_KEY',
    '32 random bytes in base64, the key that seals tokens',
    '32 octets aléatoires en base64, la clé qui scelle les jetons',
  ],
  [
    'PUBLIC_URL',
    'the https address at which vendors reach this server',
    'l’adresse https à laquelle les fournisseurs joignent ce serveur',
  ],
] as const;

function production(variables: Variables, mode: 'sandbox' | 'production'): void {
  if (mode !== 'production') return;
  const missing = NEEDED_IN_PRODUCTION.filter(([name]) => (variables[name] ?? '').trim() === '');
  if (missing.length === 0) return;
  throw new ConfigError({
    en: `In production Liaison needs ${missing.map(([name, en]) => `${name} (${en})`).join(', ')}.`,
    fr: `En production, Liaison a besoin de ${missing.map(([name, , fr]) => `${name} (${fr})`).join(', ')}.`,
  });
}

/** Sessions, consents and signed deliveries cross the network under this address: in the clear they belong to anybody. */
function sealedAddress(publicUrl: string | undefined, mode: 'sandbox' | 'production'): void {
  if (mode !== 'production' || publicUrl === undefined) return;
  if (new URL(publicUrl).protocol === 'https:' || isThisMachine(publicUrl)) return;
  throw new ConfigError({
    en: `In production PUBLIC_URL begins with https:// (it is ${publicUrl}): put Liaison behind a proxy that holds a certificate and set its address. http:// is taken for this machine only.`,
    fr: `En production, PUBLIC_URL commence par https:// (elle vaut ${publicUrl})\u00a0: placez Liaison derrière un proxy muni d’un certificat et indiquez son adresse. http:// n’est accepté que pour cette machine.`,
  });
}

/** The variable that holds what a vendor signs with for the application: `LIAISON_SLACK_SIGNING_SECRET`. */
export const signingVariable = (connector: string): string =>
  `LIAISON_${connector.toUpperCase().replaceAll('-', '_')}_SIGNING_SECRET`;

type ClientPart = 'CLIENT_ID' | 'CLIENT_SECRET';

/** The variable that holds a part of an OAuth client: `LIAISON_SLACK_CLIENT_ID`. */
export const variableName = (name: string, what: ClientPart): string =>
  `LIAISON_${formerVariableName(name, what)}`;

/** What it was called before; read still. */
export const formerVariableName = (name: string, what: ClientPart): string =>
  `${name.toUpperCase().replaceAll('-', '_')}_${what}`;

/**
 * Reads the environment: the only place that does.
 *
 * @throws ConfigError with one sentence that names the variable.
 */
export function readConfig(variables: Variables): Config {
  // A variable that is set to nothing is not set.
  const set = Object.fromEntries(
    Object.entries(variables).filter(([, value]) => (value ?? '').trim() !== ''),
  );
  const parsed = environment.safeParse(set);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const name = issue?.path.join('.') ?? 'environment';
    throw new ConfigError({
      en: `${name} is set to something Liaison cannot use: ${issue?.message ?? 'unknown'}.`,
      fr: `La valeur de ${name} est inutilisable\u00a0: ${issue?.message ?? 'inconnue'}.`,
    });
  }
  const env = parsed.data;
  production(variables, env.LIAISON_MODE);
  sealedAddress(env.PUBLIC_URL, env.LIAISON_MODE);
  const sandbox = env.LIAISON_MODE === 'sandbox';
  const oauthClient = (name: string) => {
    if (sandbox) return { id: `sandbox-${name}`, secret: `sandbox-secret-${name}` };
    // Id and secret belong together: one of either name is not completed by the other.
    const find = (nameOf: typeof variableName) => ({
      id: set[nameOf(name, 'CLIENT_ID')],
      secret: set[nameOf(name, 'CLIENT_SECRET')],
    });
    const named = find(variableName);
    const { id, secret } = named.id === undefined ? find(formerVariableName) : named;
    return id === undefined || secret === undefined ? null : { id, secret };
  };
  return {
    mode: env.LIAISON_MODE,
    isSet: (name) => set[name] !== undefined,
    // The sandbox asks for no sign-in, so it is not shown to the network.
    host: env.HOST ?? (sandbox ? '127.0.0.1' : '0.0.0.0'),
    port: env.PORT,
    sandboxPort: env.SANDBOX_PORT,
    dataFolder: resolve(env.LIAISON_DATA),
    databaseUrl: env.DATABASE_URL ?? null,
    key: env.LIAISON_KEY ?? null,
    // In the sandbox nothing leaves the machine, mail neither: a real server is set ahead, for production.
    mail:
      env.SMTP_URL === undefined || (sandbox && !isThisMachine(env.SMTP_URL))
        ? null
        : { url: env.SMTP_URL, from: env.ALERTS_FROM ?? 'liaison@localhost' },
    publicUrl: env.PUBLIC_URL?.replace(/\/+$/, '') ?? null,
    sandboxRecord: env.SANDBOX_RECORD === undefined ? null : resolve(env.SANDBOX_RECORD),
    logLevel: env.LIAISON_LOG,
    width: env.LIAISON_WIDTH,
    proxies: env.LIAISON_PROXIES,
    sweepSeconds: env.LIAISON_SWEEP_SECONDS ?? (sandbox ? SANDBOX_SWEEP_SECONDS : null),
    graceMs: env.LIAISON_GRACE_SECONDS * 1_000,
    roundMs: env.LIAISON_ROUND_SECONDS * 1_000,
    lookMs: (env.LIAISON_LOOK_SECONDS ?? (sandbox ? SANDBOX_LOOK_SECONDS : LOOK_SECONDS)) * 1_000,
    sandboxLimits: env.SANDBOX_LIMITS,
    sdkUrl: env.ZOHO_SDK_URL ?? null,
    crmOrigins: env.ZOHO_CRM_ORIGINS ?? [],
    outlookOrigins: env.OUTLOOK_ORIGINS ?? [],
    crash: sandbox ? (env.LIAISON_CRASH ?? null) : null,
    oauthClient,
    redirectsOf: (application) => (application === 'zapier' ? (env.LIAISON_ZAPIER_REDIRECT_URI ?? []) : []),
    signingSecrets: (connector) =>
      sandbox ? null : (set[signingVariable(connector)]?.trim().split(/\s+/) ?? null),
    forProduction: () => readConfig({ ...variables, LIAISON_MODE: 'production' }),
  };
}
