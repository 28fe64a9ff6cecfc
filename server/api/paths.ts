/**
 * Where each route stands, apart from its shapes, so that the widget can call the API by name without
 * loading the validation library. `:x` is a parameter. Everything is below `/api/v1`.
 */
export const BASE_PATH = '/api/v1';

export const PATHS = {
  openSession: { method: 'POST', path: '/session' },
  renewSession: { method: 'POST', path: '/session/renew' },
  closeSession: { method: 'DELETE', path: '/session' },
  me: { method: 'GET', path: '/me' },
  listRuns: { method: 'GET', path: '/runs' },
  countRuns: { method: 'GET', path: '/runs/counts' },
  replayMany: { method: 'POST', path: '/runs/replay' },
  getRun: { method: 'GET', path: '/runs/:id' },
  replayRun: { method: 'POST', path: '/runs/:id/replay' },
  listFlows: { method: 'GET', path: '/flows' },
  setFlow: { method: 'PATCH', path: '/flows/:id' },
  listConnections: { method: 'GET', path: '/connections' },
  setKey: { method: 'POST', path: '/connections/:connector/key' },
  disconnect: { method: 'POST', path: '/connections/:connector/disconnect' },
  live: { method: 'GET', path: '/live' },
  openapi: { method: 'GET', path: '/openapi.json' },
} as const;

export type RouteName = keyof typeof PATHS;
