/** Settings of PostgreSQL, by its own names. */
export type Settings = Readonly<Record<string, string | number>>;

/**
 * Small and safe: what is acknowledged is on the disk, and an idle Liaison weighs little. The rest is
 * PostgreSQL's default.
 */
export const SETTINGS = {
  cluster_name: 'liaison',
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: 60,

  fsync: 'on',
  full_page_writes: 'on',
  synchronous_commit: 'on',

  shared_buffers: '64MB',
  max_wal_size: '256MB',
  huge_pages: 'off',
  jit: 'off',
  // Parallel queries take shared memory that containers give sparingly, and ours are short.
  max_parallel_workers_per_gather: 0,
  max_parallel_maintenance_workers: 0,
  // Fewer idle processes: no I/O workers, no launcher of logical replication.
  io_method: 'sync',
  max_logical_replication_workers: 0,

  // A statement of a process that was killed stops soon after it.
  client_connection_check_interval: '1s',

  timezone: 'UTC',
  log_timezone: 'UTC',
  // Errors of a statement go to who sent it. The log holds what nobody else hears, and no customer data.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_checkpoints: 'off',
} as const satisfies Settings;

export function asArguments(settings: Settings): string[] {
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** Who may connect: the one role, with its password, from this machine. */
export const PG_HBA = 'host all all 127.0.0.1/32 scram-sha-256\n';
