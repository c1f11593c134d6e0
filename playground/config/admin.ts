import type { Core } from '@strapi/strapi';

/**
 * The defaults below are public: fine for a playground on 127.0.0.1, never for a site. `npm run demo` makes its own
 * and keeps them in its data folder.
 */
const config = ({ env }: Core.Config.Shared.ConfigParams): Core.Config.Admin => ({
  auth: { secret: env('ADMIN_JWT_SECRET', 'playground-admin-jwt-secret') },
  apiToken: { salt: env('API_TOKEN_SALT', 'playground-api-token-salt') },
  transfer: { token: { salt: env('TRANSFER_TOKEN_SALT', 'playground-transfer-token-salt') } },
  secrets: { encryptionKey: env('ENCRYPTION_KEY', 'playground-encryption-key-32byte') },
  flags: { nps: false, promoteEE: false },
  autoOpen: false,
});

export default config;
