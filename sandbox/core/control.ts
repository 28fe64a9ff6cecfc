import express, { type Request, type Response, type Router } from 'express';
import { bodyOf } from './body.ts';
import type { Calls } from './calls.ts';
import type { Deliveries } from './deliveries.ts';
import { type Faults, faultSchema } from './fault.ts';
import type { Ledger } from './ledger.ts';
import { type Scenario, ScenarioRefused } from './scenario.ts';
import type { Simulator, VendorDesk } from './simulator.ts';
import type { Tables } from './tables.ts';

export interface ControlParts {
  readonly simulators: readonly Simulator[];
  readonly scenarios: readonly Scenario[];
  readonly deskOf: (vendor: string) => VendorDesk;
  readonly tables: Tables;
  readonly ledger: Ledger;
  readonly deliveries: Deliveries;
  readonly faults: Faults;
  readonly calls: Calls;
  readonly clock: () => Date;
  /** Empties everything that is not kept, and seeds again. */
  readonly reset: () => void;
  readonly about: { readonly dataFolder: string; readonly fingerprint: string };
}

/** A request to the control interface that cannot be met; the sentence is the answer. */
class Refusal extends Error {
  readonly status: number;
  constructor(status: number, sentence: string) {
    super(sentence);
    this.status = status;
  }
}

/** `/_sandbox`: looks into the simulators, plays scenarios, sets faults. */
export function control(parts: ControlParts): Router {
  const { simulators, scenarios, deskOf, tables, ledger, deliveries, faults } = parts;
  const router = express.Router();
  const simulatorOf = (request: Request): Simulator => {
    const vendor = String(request.params.vendor);
    const found = simulators.find((simulator) => simulator.vendor === vendor);
    if (!found)
      throw new Refusal(
        404,
        `There is no simulator called "${vendor}". Known: ${simulators.map((s) => s.vendor).join(', ')}.`,
      );
    return found;
  };

  router.get('/', (_request, response) => {
    response.json({
      product: 'liaison-sandbox',
      pid: process.pid,
      ...parts.about,
      vendors: simulators.map(({ vendor, title }) => ({ id: vendor, title })),
      scenarios: scenarios.map(({ id, titles, description }) => ({ id, title: titles, description })),
    });
  });
  router.get('/state/:vendor', (request, response) => {
    const { tables: named } = request.query;
    const only = typeof named === 'string' ? named.split(',') : undefined;
    response.json({ tables: tables.state(simulatorOf(request).vendor, only) });
  });
  router.get('/ledger', (request, response) => {
    const { vendor, since } = request.query;
    const filter = { ...(typeof vendor === 'string' ? { vendor } : {}), since: Number(since ?? 0) || 0 };
    response.json({ entries: ledger.lines(filter) });
  });
  router.get('/calls', (_request, response) => void response.json({ calls: parts.calls.show() }));
  router.get('/deliveries', (_request, response) => void response.json({ deliveries: deliveries.list() }));
  router.get('/webhooks', (_request, response) => {
    response.json({ webhooks: simulators.flatMap((one) => one.webhooks?.(deskOf(one.vendor)) ?? []) });
  });
  router.get('/keys', (_request, response) => {
    const keys = simulators.flatMap((one) => {
      const desk = deskOf(one.vendor);
      return [
        ...(one.key ? [[one.vendor, one.key(desk)]] : []),
        ...Object.entries(one.furtherKeys?.(desk) ?? {}),
      ];
    });
    response.json(Object.fromEntries(keys));
  });

  router.get('/faults', (_request, response) => {
    const held = simulators
      .map(({ vendor }) => [vendor, faults.show(vendor)] as const)
      .filter(([, fault]) => fault);
    response.json({ faults: Object.fromEntries(held) });
  });
  router
    .route('/faults/:vendor')
    .get((request, response) => void response.json({ fault: faults.show(simulatorOf(request).vendor) }))
    .put((request, response) => {
      const { vendor } = simulatorOf(request);
      const parsed = faultSchema.safeParse(bodyOf(request).json);
      if (!parsed.success) {
        const issue = parsed.error.issues[0];
        throw new Refusal(
          400,
          `The fault is not understood: ${issue?.path.join('.') || 'body'}: ${issue?.message}.`,
        );
      }
      faults.set(vendor, parsed.data);
      response.json({ fault: parsed.data });
    })
    .delete((request, response) => {
      faults.clear(simulatorOf(request).vendor);
      response.json({ fault: null });
    });

  router.post('/consents/:vendor', (request, response) => {
    const simulator = simulatorOf(request);
    if (!simulator.consent) throw new Refusal(404, `${simulator.title} has no consent screen.`);
    const {
      clientId,
      redirectUri,
      scope = '',
      state,
      codeChallenge,
      account,
      parameters,
    } = jsonObject(request);
    if (typeof clientId !== 'string' || typeof redirectUri !== 'string') {
      throw new Refusal(400, 'A consent needs clientId and redirectUri (and scope, codeChallenge).');
    }
    const wish = {
      clientId,
      redirectUri,
      scope: String(scope),
      ...(typeof state === 'string' ? { state } : {}),
      ...(typeof codeChallenge === 'string' ? { codeChallenge } : {}),
      ...(typeof account === 'string' ? { account } : {}),
      ...(typeof parameters === 'object' && parameters !== null ? { parameters: textsIn(parameters) } : {}),
    };
    try {
      response.json(simulator.consent(deskOf(simulator.vendor), wish));
    } catch (error) {
      throw new Refusal(400, error instanceof Error ? error.message : String(error));
    }
  });
  router.post('/seed/:vendor', (request, response) => {
    const simulator = simulatorOf(request);
    if (!simulator.seedMore) throw new Refusal(404, `${simulator.title} takes no more records this way.`);
    const wish = jsonObject(request);
    try {
      response.json(simulator.seedMore(deskOf(simulator.vendor), wish));
    } catch (error) {
      throw new Refusal(400, error instanceof Error ? error.message : String(error));
    }
  });
  router.post('/acts/:vendor', (request, response) => {
    const simulator = simulatorOf(request);
    if (!simulator.act) throw new Refusal(404, `Nobody can be played at ${simulator.title}.`);
    const { act } = simulator;
    const wish = jsonObject(request);
    // Several, one after another: what cannot be done keeps none of the others back.
    if (Array.isArray(wish.acts)) {
      response.json({ done: wish.acts.map((one) => actOrRefusal(() => act(deskOf(simulator.vendor), one))) });
      return;
    }
    const done = actOrRefusal(() => act(deskOf(simulator.vendor), wish));
    if ('error' in done) throw new Refusal(400, String(done.error));
    response.json(done);
  });
  router.post('/expire/:vendor', (request, response) => {
    const simulator = simulatorOf(request);
    if (!simulator.expire) throw new Refusal(404, `${simulator.title} gives out no tokens that expire.`);
    response.json({ expired: simulator.expire(deskOf(simulator.vendor)) });
  });
  router.post('/reset', (_request, response) => {
    parts.reset();
    response.json({ reset: true });
  });
  router.post('/scenarios/:id', async (request, response) => {
    const scenario = scenarios.find(({ id }) => id === request.params.id);
    if (!scenario) throw new Refusal(404, `There is no scenario called "${request.params.id}".`);
    const parameters = jsonObject(request);
    const stage = { desk: deskOf, parameters, fault: faults.set, clock: parts.clock };
    try {
      response.json(await scenario.play(stage));
    } catch (error) {
      if (error instanceof ScenarioRefused) throw new Refusal(400, error.message);
      throw error;
    }
  });
  router.use((request: Request) => {
    throw new Refusal(404, `The control interface has no ${request.method} ${request.path}.`);
  });
  router.use((error: unknown, _request: Request, response: Response, _next: unknown) => {
    const status = error instanceof Refusal ? error.status : 500;
    response.status(status).json({ error: error instanceof Error ? error.message : String(error) });
  });
  return router;
}

/** What somebody did, or why it could not be done. */
function actOrRefusal(act: () => object): object {
  try {
    return act();
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

function textsIn(parameters: object): Record<string, string> {
  return Object.fromEntries(
    Object.entries(parameters).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

function jsonObject(request: Request): Record<string, unknown> {
  const { text, json } = bodyOf(request);
  if (text === '') return {};
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    throw new Refusal(400, 'The body must be a JSON object.');
  return json as Record<string, unknown>;
}
