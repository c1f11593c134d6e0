import { templateName, type TestDatabase } from '../helpers/database';
import { migrateTemplate } from '../helpers/strapi';

declare global {
  var whatsappTestTemplate: TestDatabase | undefined;
}

/** Migrates the one template; workers start afterwards and inherit its name. */
export default async (): Promise<void> => {
  const template = await migrateTemplate();
  globalThis.whatsappTestTemplate = template;
  process.env.TEST_TEMPLATE = templateName(template);
};
