import { PLUGIN_PATH } from '../plugin-id';

export const TEMPLATES_PATH = `${PLUGIN_PATH}/templates`;
export const templatePath = (id: string) => `${TEMPLATES_PATH}/${encodeURIComponent(id)}`;
export const draftPath = (id: string) => `${TEMPLATES_PATH}/drafts/${encodeURIComponent(id)}`;
