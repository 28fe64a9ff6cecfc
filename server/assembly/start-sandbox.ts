import { type SandboxHost, startSandboxHost } from '../sandbox/host.ts';
import type { Beginning } from './beginning.ts';
import type { Ground } from './ground.ts';

/** The deployment's sandbox; null in production. */
export async function startSandbox(
  { config, log, stops, stopAsked }: Beginning,
  { database, dataFolder, publicUrl, presence, others }: Ground,
): Promise<SandboxHost | null> {
  const sandbox =
    config.mode === 'production'
      ? null
      : await startSandboxHost({
          port: config.sandboxPort,
          dataFolder,
          database,
          log,
          record: config.sandboxRecord,
          limits: config.sandboxLimits,
          liaisonUrl: publicUrl,
          stopAsked,
          lastOne: async () => (await others()).every((one) => one.id === presence.id),
        });
  if (sandbox !== null) stops.add(() => sandbox.stop());
  // Forgotten before the sandbox is asked to stop: two servers that stop together must not wait for each other.
  stops.add(() => presence.release());
  return sandbox;
}
