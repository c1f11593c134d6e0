export const PLUGIN_ID = 'whatsapp';

/** Where the plugin's pages hang in the admin's router. */
export const PLUGIN_PATH = `/plugins/${PLUGIN_ID}`;
export const SETTINGS_PATH = `/settings/${PLUGIN_ID}`;
export const NUMBERS_PATH = `${SETTINGS_PATH}/numbers`;
export const ORGANIZATIONS_PATH = `${SETTINGS_PATH}/organizations`;
