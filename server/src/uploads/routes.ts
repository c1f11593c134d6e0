import { z } from '@strapi/utils';
import { adminRoute, contentRoute, openRoute } from '../http/routes';
import { idParam, uploadAnswer } from '../http/schemas';
import { ACTIONS } from '../permissions';
import { uploadInput } from './controller';

export const uploadContentRoutes = [
  contentRoute('POST', '/uploads', 'upload.create', {
    request: {
      body: {
        'multipart/form-data': uploadInput.extend({ file: z.string().describe('The file, as binary') }),
      },
    },
    response: uploadAnswer,
  }),
  openRoute('GET', '/uploads/:id/file', 'upload.file', {
    request: { params: { id: idParam }, query: { expires: z.string(), signature: z.string() } },
    response: z.string().describe('The file, with Range support'),
  }),
];

export const uploadAdminRoutes = [
  adminRoute('POST', '/uploads', 'adminUpload.create', ACTIONS.sendMessages),
  adminRoute('POST', '/uploads/from-library', 'adminUpload.fromLibrary', ACTIONS.sendMessages),
];
