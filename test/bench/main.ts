import { readdir, readFile } from 'node:fs/promises';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { json, ledger, newPlace, play, removePlace, startLiaison, until } from '../system/liaison-process.ts';
import { withDatabase, withPostgres } from './database.ts';
import { flowCost } from './flow.ts';
import { type Load, load } from './ingest.ts';
import { runsPerSecond } from './jobs.ts';
import { AT_ONCE, ordersCost } from './orders.ts';
import { initialSyncs } from './sync.ts';

/**
 * `npm run bench`: what Liaison costs, as ratios to what is measured beside it in the same run.
 * `npm run bench -- ingest` measures one part alone (`ingest`, `runs`, `flow`, `orders`, `server`, `sync`).
 */
const ROUNDS = 5;
const SECONDS = 4;
const RUNS = 4_000;
const WINS = 60;
const CONTACTS = 10_000;
const DEALS = 4_000;
const ORDERS = 1_000;
const STEADY = { perSecond: 200, seconds: 10 };

const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};
const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
const percentile = (values: readonly number[], part: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))] ?? 0;

const ECHOES = { express: 'Express echo', 'express-bytes': 'Express, two words', http: 'Node http echo' };

/** Ratios are of neighbours in time: other work on the machine then weighs on both. */
async function ingest(): Promise<void> {
  const durable: Load[] = [];
  const echoes = Object.entries(ECHOES).map(([kind, title]) => ({ kind, title, loads: [] as Load[] }));
  for (let round = 0; round < ROUNDS; round += 1) {
    durable.push(await withDatabase((url, organisation) => load(['ingest', url, organisation], SECONDS)));
    for (const { kind, loads } of echoes) loads.push(await load([kind], SECONDS));
  }
  const failed = durable.reduce((sum, one) => sum + one.failed, 0);
  if (failed > 0) throw new Error(`${failed} deliveries were not accepted`);
  const rate = (loads: readonly Load[]): string =>
    `${median(loads.map((one) => one.perSecond)).toFixed(0)} requests/s`;
  say(`durable ingest             ${rate(durable)}, p99 ${median(durable.map((one) => one.p99))} ms`);
  for (const { title, loads } of echoes) {
    const ratios = loads.map((one, round) => (durable[round]?.perSecond ?? 0) / one.perSecond);
    say(`bare ${title.padEnd(21)} ${rate(loads)}`);
    say(
      `  ingest to it             ${median(ratios).toFixed(2)} (${ratios.map((ratio) => ratio.toFixed(2)).join(' ')})`,
    );
  }
}

async function runs(): Promise<void> {
  for (const steps of [1, 4]) {
    const rate = await withDatabase((url, organisation) => runsPerSecond(url, organisation, steps, RUNS));
    say(`runs of ${steps} step${steps === 1 ? ' ' : 's'}            ${rate.toFixed(0)} runs/s`);
  }
}

/** Resident memory of a process and, for PostgreSQL, of its family: shared pages are counted once (PSS). */
async function familyMegabytes(parent: number): Promise<number> {
  let total = 0;
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '');
    const parentOf = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    if (Number(name) !== parent && parentOf !== parent) continue;
    const rollup = await readFile(`/proc/${name}/smaps_rollup`, 'utf8').catch(() => '');
    total += Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0);
  }
  return total / 1_024;
}

async function wholeServer(): Promise<void> {
  const place = await newPlace();
  const liaison = await startLiaison(place);
  try {
    await sleep(10_000);
    const node =
      Number(/VmRSS:\s+(\d+)/.exec(await readFile(`/proc/${liaison.child.pid}/status`, 'utf8'))?.[1]) / 1_024;
    const postmaster = (await readdir(join(place.folder, 'postgres', 'cluster'))).includes('postmaster.pid')
      ? Number(
          (await readFile(join(place.folder, 'postgres', 'cluster', 'postmaster.pid'), 'utf8')).split(
            '\n',
          )[0],
        )
      : 0;
    say(`idle memory of Node        ${node.toFixed(0)} MB (RSS)`);
    say(
      `idle memory of PostgreSQL  ${(await familyMegabytes(postmaster)).toFixed(0)} MB (PSS, all its processes)`,
    );

    const times: number[] = [];
    for (let win = 1; win <= WINS; win += 1) {
      const before = performance.now();
      await play(liaison.sandboxUrl, 'deal-won');
      await until(
        async () =>
          (await ledger(liaison.sandboxUrl)).filter((entry) => entry.object === 'message').length === win,
      );
      times.push(performance.now() - before);
    }
    say(
      `deal won to Slack message  p50 ${percentile(times, 0.5).toFixed(0)} ms, p99 ${percentile(times, 0.99).toFixed(0)} ms (${WINS} wins)`,
    );

    await play(liaison.sandboxUrl, 'stripe-payment');
    const calls = async (flow: string) => {
      const { runs: found } = await json<{ runs: { id: string; state: string }[] }>(
        `${liaison.url}/api/v1/runs?flow=${flow}&state=done`,
      );
      const [first] = found;
      if (first === undefined) return null;
      const run = await json<{ steps: { exchanges: unknown[] }[] }>(`${liaison.url}/api/v1/runs/${first.id}`);
      return run.steps.reduce((sum, step) => sum + step.exchanges.length, 0);
    };
    say(`vendor calls, a won deal   ${await until(() => calls('deal-won-to-slack'))}`);
    say(`vendor calls, a payment    ${await until(() => calls('stripe-payment-to-books'))} (a new customer)`);
  } finally {
    await liaison.stop();
    await removePlace(place);
  }
}

async function flow(): Promise<void> {
  const load = (loadavg()[0] ?? 0).toFixed(1);
  const cost = await withPostgres((url) => flowCost(url, { deals: DEALS, ...STEADY }));
  say(`won deals, two vendor calls each, to a bare stub (load of the machine before: ${load})`);
  say(`  deals a second           ${cost.dealsPerSecond.toFixed(0)}`);
  say(
    `  processor per deal       ${cost.server.toFixed(2)} ms server, ${cost.postgres.toFixed(2)} ms PostgreSQL`,
  );
  say(
    `  at ${STEADY.perSecond} a second          p50 ${cost.p50.toFixed(0)} ms, p99 ${cost.p99.toFixed(0)} ms, ${cost.residentMegabytes.toFixed(0)} MB`,
  );
  say(`  kept per deal            ${cost.kilobytes.toFixed(1)} KB`);
  for (const { name, bytes, indexes } of cost.tables)
    say(`    ${name.padEnd(22)} ${bytes.toFixed(0)} bytes, ${indexes.toFixed(0)} of them indexes`);
}

async function orders(): Promise<void> {
  const cost = await withPostgres((url) => ordersCost(url, ORDERS));
  const sum = (calls: typeof cost.calls): number => calls.reduce((total, { each }) => total + each, 0);
  // Currencies and taxes change seldom, and are read for each order all the same (decision 0042).
  const least = cost.calls.filter(({ asked }) => !asked.includes('/settings/'));
  say(
    `${ORDERS} paid orders, ${AT_ONCE} buyers at once, each a contact, a sales order, an invoice and a payment`,
  );
  say(`  orders a second          ${cost.ordersPerSecond.toFixed(1)} (the sandbox's processor included)`);
  say(
    `  processor per order      ${cost.server.toFixed(1)} ms server, ${cost.postgres.toFixed(1)} ms PostgreSQL`,
  );
  say(
    `  vendor calls per order   ${sum(cost.calls).toFixed(2)} (${sum(least).toFixed(2)} without lists that seldom change)`,
  );
  for (const { asked, each } of cost.calls) say(`    ${each.toFixed(2).padStart(5)} ${asked}`);
  for (const [object, each] of Object.entries(cost.documents))
    say(`  ${object.padEnd(24)} ${each.toFixed(2)} per order`);
}

async function sync(): Promise<void> {
  for (const one of await withPostgres((url) => initialSyncs(url, CONTACTS))) {
    const seconds = one.previewSeconds + one.applySeconds;
    const per = (calls: number): string => ((calls * 1_000) / CONTACTS).toFixed(1);
    say(`initial sync, ${one.direction}: ${CONTACTS} contacts`);
    say(
      `  preview ${one.previewSeconds.toFixed(1)} s, apply ${one.applySeconds.toFixed(1)} s: ${(CONTACTS / seconds).toFixed(0)} records/s`,
    );
    say(`  vendor calls per 1,000   ${per(one.calls)} (the least: ${per(one.leastCalls)})`);
  }
}

say(
  `${cpus().length} cores (${cpus()[0]?.model.trim()}), ${(totalmem() / 2 ** 30).toFixed(0)} GB, Node ${process.version}`,
);
const parts = { ingest, runs, flow, orders, server: wholeServer, sync };
const [wanted] = process.argv.slice(2);
for (const [name, measure] of Object.entries(parts))
  if (wanted === undefined || wanted === name) await measure();
