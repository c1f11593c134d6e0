import { TABLES } from '../constants';
import { reference, goesWith, type RawTable } from '../storage/table-parts';

export const organizationsTables: RawTable[] = [
  {
    name: 'organization-member',
    tableName: TABLES.members,
    attributes: { organizationId: reference, userId: reference },
    indexes: [{ name: 'wa_member_uq', columns: ['organization_id', 'user_id'], type: 'unique' }],
    foreignKeys: [
      goesWith('wa_member_org_fk', 'organization_id', TABLES.organizations),
      goesWith('wa_member_user_fk', 'user_id', 'admin_users'),
    ],
  },
  {
    name: 'api-access',
    tableName: TABLES.apiAccess,
    attributes: { tokenId: reference, organizationId: reference },
    indexes: [{ name: 'wa_access_token_uq', columns: ['token_id'], type: 'unique' }],
    foreignKeys: [
      goesWith('wa_access_token_fk', 'token_id', 'strapi_api_tokens'),
      goesWith('wa_access_org_fk', 'organization_id', TABLES.organizations),
    ],
  },
];
