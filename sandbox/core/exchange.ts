import { setTimeout as pause } from 'node:timers/promises';
import type { Request, RequestHandler, Response } from 'express';
import { type Answer, holdAnswer } from './answer.ts';
import type { Calls } from './calls.ts';
import { emptied } from './emptied.ts';
import type { Fault, Faults } from './fault.ts';
import type { Recorder } from './recording.ts';
import type { Simulator } from './simulator.ts';

/** Stands before a simulator's routes: counts and records each exchange, and breaks those that a fault chose. */
export function exchange(
  simulator: Simulator,
  { faults, recorder, calls }: { faults: Faults; recorder: Recorder; calls: Calls },
): RequestHandler {
  return async (request, response, next) => {
    calls.count(simulator.vendor, request);
    response.set(simulator.headers ?? {});
    const fault = faults.meet(simulator.vendor, request);
    if (fault?.latencyMs) await pause(fault.latencyMs);
    if (fault?.drop || fault?.hang) {
      recorder.exchange(simulator, request, null, fault.drop ? 'drop' : 'hang');
      if (fault.drop) reset(request);
      return;
    }
    const instead = fault?.status !== undefined;
    const reason = instead ? `status ${fault.status}` : brokenAfterTheWork(fault);
    holdAnswer(response, (answer, send) => {
      recorder.exchange(simulator, request, answer, reason);
      if (fault && reason && !instead) breakAnswer(fault, request, response, answer, send);
      else send();
    });
    if (instead) answerFault(simulator, fault, response);
    else next();
  };
}

function brokenAfterTheWork(fault: Fault | null): string | undefined {
  if (fault === null) return undefined;
  if (fault.commitThenFail) return `commitThenFail ${fault.commitThenFail}`;
  if (fault.truncate) return 'truncate';
  if (fault.empty) return 'empty';
  return fault.dripMs === undefined ? undefined : 'drip';
}

function answerFault(simulator: Simulator, fault: Fault, response: Response): void {
  const status = fault.status ?? 500;
  response.status(status).set(fault.headers ?? {});
  if (fault.retryAfter !== undefined) response.set('Retry-After', String(fault.retryAfter));
  const body =
    fault.body === undefined ? (simulator.failure?.(status) ?? { error: 'fault', status }) : fault.body;
  if (fault.contentType) response.type(fault.contentType);
  if (typeof body === 'string') response.send(body);
  else response.json(body);
}

function breakAnswer(
  fault: Fault,
  request: Request,
  response: Response,
  answer: Answer,
  send: (body?: Buffer) => void,
): void {
  if (fault.commitThenFail === 'reset') reset(request);
  else if (fault.commitThenFail === '500') {
    const body = Buffer.from('{"error":"the answer was lost"}');
    response.status(500).set({ 'Content-Type': 'application/json', 'Content-Length': String(body.length) });
    send(body);
  } else if (fault.empty) send(emptied(answer));
  else if (fault.truncate) send(answer.body.subarray(0, Math.floor(answer.body.length / 2)));
  else if (fault.dripMs !== undefined) drip(response, answer.body, fault.dripMs);
  // What is left is a timeout: the connection stays open and silent until the caller gives up.
}

function reset(request: Request): void {
  request.socket.resetAndDestroy();
}

function drip(response: Response, body: Buffer, everyMs: number): void {
  let sent = 0;
  const timer = setInterval(() => {
    if (sent < body.length && !response.destroyed) {
      response.write(body.subarray(sent, sent + 1));
      sent += 1;
    } else {
      clearInterval(timer);
      response.end();
    }
  }, everyMs);
}
