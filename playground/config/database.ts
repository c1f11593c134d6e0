import path from 'node:path';

import type { Core } from '@strapi/strapi';

type Env = Core.Config.Shared.ConfigParams['env'];

const server = (env: Env, port: number) => ({
  host: env('DATABASE_HOST', '127.0.0.1'),
  port: env.int('DATABASE_PORT', port),
  database: env('DATABASE_NAME', 'whatsapp'),
  user: env('DATABASE_USERNAME', 'whatsapp'),
  password: env('DATABASE_PASSWORD', 'whatsapp'),
});

const connections = {
  sqlite: (env: Env) => ({
    client: 'sqlite' as const,
    connection: { filename: path.resolve(env('DATABASE_FILENAME', '.tmp/data.db')) },
    useNullAsDefault: true,
  }),
  /** `DATABASE_URL` wins over the single values. */
  postgres: (env: Env) => ({
    client: 'postgres' as const,
    connection: { connectionString: env('DATABASE_URL'), ...server(env, 5432) },
  }),
  mysql: (env: Env) => ({ client: 'mysql' as const, connection: server(env, 3306) }),
};

const config = ({ env }: Core.Config.Shared.ConfigParams) => {
  const client = env('DATABASE_CLIENT', 'sqlite');
  if (!(client in connections)) {
    throw new Error(`DATABASE_CLIENT is "${client}"; it can be ${Object.keys(connections).join(', ')}.`);
  }
  return { connection: connections[client as keyof typeof connections](env) };
};

export default config;
