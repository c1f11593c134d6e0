'use strict';

module.exports = {
  auth: { secret: 'test-admin-jwt-secret' },
  apiToken: { salt: 'test-api-token-salt' },
  transfer: { token: { salt: 'test-transfer-token-salt' } },
  secrets: { encryptionKey: 'test-encryption-key' },
  /** Tests log in more than five times in five minutes. */
  rateLimit: { enabled: false },
  autoOpen: false,
};
