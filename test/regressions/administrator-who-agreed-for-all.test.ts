import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import type { ConnectDeps } from '../../server/connect/deps.ts';
import { connectRouter } from '../../server/connect/router.ts';
import { connectors } from '../../server/connectors/index.ts';

/**
 * An administrator opened the address that a colleague passed on, and agreed. It comes back without a state, and was
 * told that nothing was connected.
 */
const server = createServer();
let url: string;

beforeAll(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const log = { warn: () => undefined, error: () => undefined, info: () => undefined };
  const deps = { connectors, publicUrl: url, log } as unknown as ConnectDeps;
  const authorityOf = async () => ({ organisationId: null, owner: undefined });
  server.on(
    'request',
    express().use(connectRouter(deps, { authorityOf, onConnected: async () => undefined })),
  );
});
afterAll(() => void server.close());

const callback = async (query: string, language: string) => {
  const answer = await fetch(`${url}/oauth/callback?${query}`, { headers: { 'accept-language': language } });
  return { status: answer.status, page: await answer.text() };
};

it('is told that each person can now connect, in both languages', async () => {
  const agreed = 'admin_consent=True&tenant=84bd8158-6d4d-4958-8b9f-9d6445542f95&scope=x';
  const { status, page } = await callback(agreed, 'en');
  expect([status, page]).toEqual([
    200,
    expect.stringContaining('Each person can now connect their own account'),
  ]);
  expect(page).not.toContain('Nothing was connected');
  expect((await callback(agreed, 'fr')).page).toContain('Chaque personne peut maintenant connecter');
});
