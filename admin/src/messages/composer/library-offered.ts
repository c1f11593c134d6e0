import { useRBAC, useStrapiApp } from '@strapi/strapi/admin';

/** Strapi's own action for looking into the Media Library. */
const READ_LIBRARY = [{ action: 'plugin::upload.read', subject: null }];

/** Whether the Media Library can be opened: the upload plugin is there and the person may read it. */
export const useLibraryOffered = (): boolean => {
  const dialog = useStrapiApp('WhatsApp', ({ components }) => components['media-library']);
  const { allowedActions } = useRBAC(READ_LIBRARY);
  return Boolean(dialog) && Boolean((allowedActions as Record<string, boolean | undefined>).canRead);
};
