/** The test app's own content: products in two languages, their makers, and a file of the Media Library. */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Core, UID } from '@strapi/strapi';
import sharp from 'sharp';
import type { Stage } from './stage';

export const PRODUCT = 'api::product.product';
export const MAKER = 'api::maker.maker';

type Row = Record<string, unknown> & { documentId: string; id: number };

interface Documents {
  create(query: object): Promise<Row>;
  update(query: object): Promise<Row>;
  delete(query: object): Promise<unknown>;
}

export const documents = (strapi: Core.Strapi, uid: string): Documents =>
  strapi.documents(uid as UID.ContentType) as unknown as Documents;

export const addLocale = (strapi: Core.Strapi, code: string, name: string): Promise<unknown> =>
  strapi.plugin('i18n').service('locales').create({ code, name });

/** A picture as the Media Library holds it. */
export const addPicture = async ({ strapi }: Stage): Promise<number> => {
  const folder = mkdtempSync(path.join(tmpdir(), 'whatsapp-shop-'));
  const source = path.join(folder, 'loaf.jpg');
  const background = { r: 200, g: 150, b: 90 };
  await sharp({ create: { width: 64, height: 48, channels: 3, background } })
    .jpeg()
    .toFile(source);
  const [file] = (await strapi
    .plugin('upload')
    .service('upload')
    .upload({
      data: { fileInfo: { name: 'loaf.jpg' } },
      files: {
        filepath: source,
        originalFilename: 'loaf.jpg',
        mimetype: 'image/jpeg',
        size: statSync(source).size,
      },
    })) as { id: number }[];
  rmSync(folder, { recursive: true, force: true });
  return file.id;
};

export interface Shop {
  product: string;
  draftOnly: string;
  maker: string;
  second: string;
}

/** A published product in English and Turkish, one that is only a draft, and two makers. */
export const fillShop = async ({ strapi }: Stage, picture: number | null): Promise<Shop> => {
  const makers = documents(strapi, MAKER);
  const ada = await makers.create({ data: { name: 'Ada', phone: '+14155550199', secret: 'Hidden-1' } });
  const bob = await makers.create({ data: { name: 'Bob' } });
  const products = documents(strapi, PRODUCT);
  const data = {
    title: 'Rye\n bread',
    slug: 'rye-bread',
    price: 1234.5,
    stock: 4711,
    inSale: true,
    releasedOn: '2026-03-01',
    offerEndsAt: '2030-03-01T20:30:00.000Z',
    story: '# Dark\n\n**crusty** and [warm](https://s.example/x)',
    notes: [{ type: 'paragraph', children: [{ type: 'text', text: 'Keeps a week' }] }],
    purchasePrice: 1,
    maker: ada.documentId,
    makers: [ada.documentId, bob.documentId],
    pickup: { place: 'Corner 1', code: 'X' },
    sections: [
      { __component: 'shop.quote', words: 'Best in town' },
      { __component: 'shop.pickup', place: 'Market' },
    ],
    ...(picture === null ? {} : { picture }),
  };
  const product = await products.create({ data, locale: 'en', status: 'published' });
  await products.update({
    documentId: product.documentId,
    locale: 'tr',
    data: { ...data, title: 'Çavdar ekmeği' },
    status: 'published',
  });
  const draft = await products.create({ data: { title: 'Secret loaf' }, locale: 'en' });
  return {
    product: product.documentId,
    draftOnly: draft.documentId,
    maker: ada.documentId,
    second: bob.documentId,
  };
};

/** What a role may read in the content manager: all fields of these types, or only those that are named. */
export const mayRead = async (
  { strapi }: Stage,
  roleId: number,
  types: { uid: string; fields?: string[]; conditions?: string[]; locales?: string[] }[],
): Promise<void> => {
  for (const { uid, fields, conditions, locales } of types) {
    const all = Object.keys(strapi.getModel(uid as UID.ContentType).attributes);
    await strapi.db.query('admin::permission').create({
      data: {
        action: 'plugin::content-manager.explorer.read',
        subject: uid,
        properties: { fields: fields ?? all, ...(locales ? { locales } : {}) },
        conditions: conditions ?? [],
        role: roleId,
        actionParameters: {},
      },
    });
  }
};
