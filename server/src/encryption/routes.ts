import { adminRoute } from '../http/routes';
import { ACTIONS } from '../permissions';

const { manageEncryption } = ACTIONS;

export const encryptionRoutes = [
  adminRoute('GET', '/encryption', 'encryption.state', manageEncryption),
  adminRoute('POST', '/encryption/reseal', 'encryption.reseal', manageEncryption),
];
