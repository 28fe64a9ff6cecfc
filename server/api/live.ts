import type { LiveRecord, LiveSync, RunSummary } from './contract.ts';
import type { ApiServices } from './services.ts';

/** One thing a live client is told. */
export type LiveEvent =
  | { readonly id: string; readonly name: 'run'; readonly run: RunSummary }
  | { readonly id: string; readonly name: 'sync'; readonly sync: LiveSync }
  | { readonly id: string; readonly name: 'record'; readonly record: LiveRecord }
  /** Events were missed: what was listed must be read again. */
  | { readonly id: string; readonly name: 'reset' };

export type LiveListener = (event: LiveEvent) => void;

type LiveServices = Pick<ApiServices, 'live'> & {
  readonly syncs: Pick<ApiServices['syncs'], 'live'>;
  readonly records: Pick<ApiServices['records'], 'live'>;
};

interface Channel {
  readonly listeners: Set<LiveListener>;
  readonly recent: LiveEvent[];
  readonly stop: () => void;
  count: number;
  closing: NodeJS.Timeout | undefined;
}

/** As many as a client may miss during a short absence and still be told one by one. */
const KEPT_EVENTS = 500;
/** How long an organisation with no client is still listened to, so that a client can come back. */
const LINGER_MS = 60_000;

/**
 * Shares one subscription per organisation among all its live clients, and remembers the last events so
 * that a client that comes back is told what it missed.
 */
export class LiveHub {
  readonly #services: LiveServices;
  readonly #epoch: string;
  readonly #channels = new Map<string, Channel>();

  /** @param epoch names this process's numbering; ids of another one cannot be resumed. */
  constructor(services: LiveServices, epoch: string) {
    this.#services = services;
    this.#epoch = epoch;
  }

  /**
   * @param lastId the last event that the client saw, or null for a new client.
   * @returns the function that ends it.
   */
  join(organisationId: string, lastId: string | null, listener: LiveListener): () => void {
    const channel = this.#channel(organisationId);
    for (const event of this.#missed(channel, lastId)) listener(event);
    channel.listeners.add(listener);
    return () => this.#leave(organisationId, channel, listener);
  }

  /** The id of the latest event: where a client that joins now stands. */
  place(organisationId: string): string {
    return this.#id(this.#channels.get(organisationId)?.count ?? 0);
  }

  close(): void {
    for (const [organisationId, channel] of this.#channels) this.#end(organisationId, channel);
  }

  #channel(organisationId: string): Channel {
    const known = this.#channels.get(organisationId);
    if (known) {
      clearTimeout(known.closing);
      return known;
    }
    const tell = (event: (id: string) => LiveEvent): void => {
      channel.count += 1;
      const told = event(this.#id(channel.count));
      channel.recent.push(told);
      if (channel.recent.length > KEPT_EVENTS) channel.recent.shift();
      for (const listener of channel.listeners) listener(told);
    };
    const stops = [
      this.#services.live(organisationId, (run) => tell((id) => ({ id, name: 'run', run }))),
      this.#services.syncs.live(organisationId, (sync) => tell((id) => ({ id, name: 'sync', sync }))),
      this.#services.records.live(organisationId, (record) => tell((id) => ({ id, name: 'record', record }))),
    ];
    const channel: Channel = {
      listeners: new Set(),
      recent: [],
      count: 0,
      closing: undefined,
      stop() {
        for (const stop of stops) stop();
      },
    };
    this.#channels.set(organisationId, channel);
    return channel;
  }

  #missed(channel: Channel, lastId: string | null): readonly LiveEvent[] {
    if (lastId === null) return [];
    const seen = this.#number(lastId);
    const oldest = channel.count - channel.recent.length;
    if (seen === null || seen < oldest || seen > channel.count) {
      return [{ id: this.#id(channel.count), name: 'reset' }];
    }
    return channel.recent.slice(seen - oldest);
  }

  #leave(organisationId: string, channel: Channel, listener: LiveListener): void {
    channel.listeners.delete(listener);
    if (channel.listeners.size > 0 || this.#channels.get(organisationId) !== channel) return;
    clearTimeout(channel.closing);
    channel.closing = setTimeout(() => this.#end(organisationId, channel), LINGER_MS);
    channel.closing.unref();
  }

  #end(organisationId: string, channel: Channel): void {
    clearTimeout(channel.closing);
    this.#channels.delete(organisationId);
    channel.stop();
  }

  #id(count: number): string {
    return `${this.#epoch}-${count}`;
  }

  #number(id: string): number | null {
    const prefix = `${this.#epoch}-`;
    if (!id.startsWith(prefix) || !/^\d{1,15}$/.test(id.slice(prefix.length))) return null;
    return Number(id.slice(prefix.length));
  }
}
