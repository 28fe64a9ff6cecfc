import { randomUUID } from 'node:crypto';
import { registeredApplications } from '../access/applications.ts';
import { accessRouter } from '../access/router.ts';
import { ACCESS_TOKEN, createAccessTokens } from '../access/tokens.ts';
import { createApi } from '../api/router.ts';
import { askAccess } from '../connect/ask-access.ts';
import type { ConnectDeps } from '../connect/deps.ts';
import { connectRouter } from '../connect/router.ts';
import { zohoSignIn } from '../connectors/zoho-crm/sign-in.ts';
import { door as hookDoor } from '../hooks/door.ts';
import { createMetrics } from '../metrics/metrics.ts';
import { localOrigins } from '../pages/widget-pages.ts';
import { createReadiness } from '../readiness.ts';
import type { SandboxHost } from '../sandbox/host.ts';
import { createSigningIn } from '../session/assemble.ts';
import { ownOrigins } from '../session/own-origins.ts';
import { addPrivacyRequest } from '../store/privacy-requests.ts';
import { writeProbe } from '../store/write-probe.ts';
import { keepSubscriptions, renewSubscriptions } from '../upkeep/keep-subscriptions.ts';
import { portOf, publicSandboxUrl } from './addresses.ts';
import { createApp } from './app.ts';
import { applicationSecrets } from './application-secrets.ts';
import type { Beginning } from './beginning.ts';
import type { Ground } from './ground.ts';
import type { Work } from './work.ts';

const VERSION = '0.1.0';
/** Where the sandbox serves what stands in for Zoho's script. */
const STAND_IN_SDK = '/widget-sdk/ZohoEmbededAppSDK.js';
const STAND_IN_OFFICE = '/office-js/office.js';
const PROBE_PATIENCE_MS = 2_000;
const HTTP_PATIENCE_MS = 1_500;

/** Opens the doors: webhooks first, then everything for people and machines. */
export async function openDoors(
  { config, log, stops }: Beginning,
  { http, database, connectionString, publicUrl, clock, onError }: Ground,
  sandbox: SandboxHost | null,
  connect: ConnectDeps,
  { directory, engine, services, upkeep, crash, connected, personal }: Work,
  sandboxOrganisation: string | null,
): Promise<void> {
  const { connectors } = connect;
  const sandboxUrl = sandbox === null ? null : publicSandboxUrl(config, sandbox.url);
  const metrics = createMetrics({
    database,
    runsInHand: () => engine.runsInHand,
    refusals: () => engine.trouble.total,
    aheadMs: clock.aheadMs,
  });
  const handle = hookDoor({
    connectors,
    find: directory.findDoor,
    applicationSecrets: applicationSecrets(config, connectors),
    accept: engine.accept,
    acceptPrivacy: (connector, request) => addPrivacyRequest(database, connector, request),
    onLeaving: (id) => void askAccess(connect, id).catch(onError),
    onLapsing: (id) => void renewSubscriptions(upkeep, id).catch(onError),
    proxies: config.proxies,
    now: clock.now,
    crash,
    onAnswer: metrics.delivery,
    onError,
  });
  // Before the vendors are told of it: some try an address before they take it.
  http.serve({ hooks: (request, response) => void handle(request, response) });
  await keepSubscriptions(upkeep);

  const isOwnOrigin = ownOrigins(publicUrl, sandbox === null ? null : http.port);
  const tokens = createAccessTokens(connect);
  const signingIn = createSigningIn({ ...connect, signIn: zohoSignIn, isOwnOrigin }, sandboxOrganisation, {
    isToken: (token) => ACCESS_TOKEN.test(token),
    judge: tokens.judge,
  });
  const api = createApi({
    services,
    ...signingIn.api,
    mode: config.mode,
    sandboxUrl,
    version: VERSION,
    epoch: randomUUID(),
    log,
  });
  const probe = writeProbe(connectionString, PROBE_PATIENCE_MS);
  stops.add(() => probe.close());
  const sandboxOrigins = localOrigins(
    sandbox === null || sandboxUrl === null ? [] : [portOf(sandbox.url), portOf(sandboxUrl)],
  );
  const app = createApp({
    metrics,
    readiness: createReadiness(probe).ask,
    api: api.router,
    signingIn: signingIn.router,
    lettingIn: accessRouter({
      database,
      tokens,
      applications: registeredApplications({
        oauthClient: config.oauthClient,
        redirectsOf: config.redirectsOf,
        isSandbox: sandbox !== null,
      }),
      publicUrl,
      isOwnOrigin,
      signInPath: `/auth/${zohoSignIn.id}/start`,
      now: clock.now,
      log,
    }),
    connecting: connectRouter(connect, {
      authorityOf: signingIn.authorityOf,
      async onConnected({ connection: { organisationId, owner } }) {
        await connected(organisationId);
        if (owner !== null) await personal.goOn(organisationId, owner);
      },
    }),
    sdkUrl: config.sdkUrl ?? (sandbox === null ? null : `${sandbox.url}${STAND_IN_SDK}`),
    crmOrigins: [...config.crmOrigins, ...sandboxOrigins],
    officeUrl: sandbox === null ? null : `${sandbox.url}${STAND_IN_OFFICE}`,
    outlookOrigins: [...config.outlookOrigins, ...sandboxOrigins],
  });
  http.serve({ rest: app });
  stops.add(() => http.stop(HTTP_PATIENCE_MS));
  stops.add(async () => api.close());
}
