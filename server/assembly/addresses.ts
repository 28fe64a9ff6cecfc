import { type Config, isThisMachine } from '../config.ts';

/** The sandbox is reached on its own machine only: another address is production's, set ahead of it. */
export function publicUrlOf({ mode, publicUrl }: Config): string | null {
  if (publicUrl === null || mode === 'production') return publicUrl;
  return isThisMachine(publicUrl) ? publicUrl : null;
}

/** The sandbox's address as this server's user knows it: the port that was asked for leads to it too. */
export function publicSandboxUrl(config: Config, url: string): string {
  return config.sandboxPort === 0 ? url : `http://127.0.0.1:${config.sandboxPort}`;
}

export const portOf = (url: string): number => Number(new URL(url).port);
