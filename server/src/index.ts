import type { Core } from '@strapi/strapi';
import { policies } from './access/any-permission';
import { createAuditController } from './audit/controller';
import { auditRoutes } from './audit/routes';
import { bootstrap } from './bootstrap';
import { config } from './config';
import { createContactController } from './contacts/controller';
import { contactAdminRoutes } from './contacts/routes';
import { contactAliasSchema, contactSchema } from './contacts/schema';
import { createConversationController } from './conversations/controller';
import { conversationAdminRoutes, conversationContentRoutes } from './conversations/routes';
import { conversationSchema } from './conversations/schema';
import { createDebugController } from './debug/controller';
import { debugRoutes } from './debug/routes';
import { destroy } from './destroy';
import { createDoctorController } from './doctor/controller';
import { doctorRoutes } from './doctor/routes';
import { createEncryptionController } from './encryption/controller';
import { encryptionRoutes } from './encryption/routes';
import { adminDoor, contentDoor } from './http/door';
import { middlewares } from './http/limits';
import { createWebhookController } from './inbound/controller';
import { webhookRoutes } from './inbound/routes';
import { createIntegrationController } from './integrations/controller';
import { integrationAdminRoutes, integrationContentRoutes } from './integrations/routes';
import { integrationSchema } from './integrations/schema';
import { createAdminMediaController, createMediaController } from './media/controller';
import { mediaAdminRoutes, mediaRoutes } from './media/routes';
import { createBlockController } from './blocking/controller';
import { blockAdminRoutes, blockContentRoutes } from './blocking/routes';
import { createUploadController } from './uploads/controller';
import { uploadAdminRoutes, uploadContentRoutes } from './uploads/routes';
import { createMessageController } from './messages/controller';
import { messageAdminRoutes, messageContentRoutes } from './messages/routes';
import { messageSchema } from './messages/schema';
import { createOrganizationController } from './organizations/controller';
import { organizationRoutes } from './organizations/routes';
import { organizationSchema } from './organizations/schema';
import { createStreamController } from './realtime/controller';
import { streamRoutes } from './realtime/routes';
import { register } from './register';
import { createSandboxController, createSandboxFileController } from './sandbox/controller';
import { sandboxOpenRoutes, sandboxRoutes } from './sandbox/routes';
import { services } from './services';
import { createStartController } from './start/controller';
import { startRoutes } from './start/routes';
import { createTemplateUseController } from './template-use/controller';
import { templateUseRoutes } from './template-use/routes';
import { createTemplateDraftController } from './template-drafts/controller';
import { templateDraftRoutes } from './template-drafts/routes';
import { createTemplateController } from './templates/controller';
import { templateAdminRoutes, templateContentRoutes } from './templates/routes';
import { templateSchema } from './templates/schema';
import { createWebhookLogController } from './webhooks-log/controller';
import { webhookLogRoutes } from './webhooks-log/routes';

type Made = { strapi: Core.Strapi };

const controllers = {
  webhook: ({ strapi }: Made) => createWebhookController(contentDoor(strapi)),
  media: ({ strapi }: Made) => createMediaController(contentDoor(strapi)),
  integration: ({ strapi }: Made) => createIntegrationController(contentDoor(strapi)),
  conversation: ({ strapi }: Made) => createConversationController(contentDoor(strapi)),
  message: ({ strapi }: Made) => createMessageController(contentDoor(strapi)),
  adminIntegration: ({ strapi }: Made) => createIntegrationController(adminDoor(strapi)),
  adminConversation: ({ strapi }: Made) => createConversationController(adminDoor(strapi)),
  upload: ({ strapi }: Made) => createUploadController(contentDoor(strapi)),
  adminUpload: ({ strapi }: Made) => createUploadController(adminDoor(strapi)),
  block: ({ strapi }: Made) => createBlockController(contentDoor(strapi)),
  adminBlock: ({ strapi }: Made) => createBlockController(adminDoor(strapi)),
  template: ({ strapi }: Made) => createTemplateController(contentDoor(strapi)),
  adminTemplate: ({ strapi }: Made) => createTemplateController(adminDoor(strapi)),
  templateUse: ({ strapi }: Made) => createTemplateUseController(adminDoor(strapi)),
  start: ({ strapi }: Made) => createStartController(adminDoor(strapi)),
  templateDraft: ({ strapi }: Made) => createTemplateDraftController(adminDoor(strapi)),
  adminMessage: ({ strapi }: Made) => createMessageController(adminDoor(strapi)),
  adminContact: ({ strapi }: Made) => createContactController(adminDoor(strapi)),
  adminMedia: ({ strapi }: Made) => createAdminMediaController(adminDoor(strapi)),
  organization: ({ strapi }: Made) => createOrganizationController(adminDoor(strapi)),
  doctor: ({ strapi }: Made) => createDoctorController(adminDoor(strapi)),
  encryption: ({ strapi }: Made) => createEncryptionController(adminDoor(strapi)),
  stream: ({ strapi }: Made) => createStreamController(strapi, adminDoor(strapi)),
  sandbox: ({ strapi }: Made) => createSandboxController(adminDoor(strapi)),
  sandboxFile: ({ strapi }: Made) => createSandboxFileController(adminDoor(strapi)),
  debug: ({ strapi }: Made) => createDebugController(adminDoor(strapi)),
  audit: ({ strapi }: Made) => createAuditController(adminDoor(strapi)),
  webhookLog: ({ strapi }: Made) => createWebhookLogController(adminDoor(strapi)),
};

const routes = {
  admin: () => ({
    type: 'admin' as const,
    routes: [
      ...integrationAdminRoutes,
      ...conversationAdminRoutes,
      ...messageAdminRoutes,
      ...uploadAdminRoutes,
      ...blockAdminRoutes,
      ...templateAdminRoutes,
      ...templateUseRoutes,
      ...templateDraftRoutes,
      ...startRoutes,
      ...contactAdminRoutes,
      ...mediaAdminRoutes,
      ...organizationRoutes,
      ...doctorRoutes,
      ...encryptionRoutes,
      ...streamRoutes,
      ...sandboxRoutes,
      ...webhookLogRoutes,
      ...auditRoutes,
      ...debugRoutes,
    ],
  }),
  'content-api': () => ({
    type: 'content-api' as const,
    routes: [
      ...webhookRoutes,
      ...mediaRoutes,
      ...sandboxOpenRoutes,
      ...integrationContentRoutes,
      ...conversationContentRoutes,
      ...messageContentRoutes,
      ...uploadContentRoutes,
      ...blockContentRoutes,
      ...templateContentRoutes,
    ],
  }),
};

export default {
  config,
  register,
  bootstrap,
  destroy,
  controllers,
  policies,
  middlewares,
  routes,
  services,
  contentTypes: {
    organization: { schema: organizationSchema },
    integration: { schema: integrationSchema },
    contact: { schema: contactSchema },
    'contact-alias': { schema: contactAliasSchema },
    conversation: { schema: conversationSchema },
    message: { schema: messageSchema },
    template: { schema: templateSchema },
  },
};
