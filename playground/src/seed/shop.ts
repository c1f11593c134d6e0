import type { Core } from '@strapi/strapi';

const PRODUCT = 'api::product.product';
const MAKER = 'api::maker.maker';

interface Documents {
  count(query: object): Promise<number>;
  create(query: object): Promise<{ documentId: string }>;
  update(query: object): Promise<unknown>;
}

interface Locales {
  find(): Promise<{ code: string }[]>;
  create(locale: { code: string; name: string }): Promise<unknown>;
}

const PRODUCTS = [
  { en: 'Rye bread', tr: 'Çavdar ekmeği', slug: 'rye-bread', price: 4.8, place: 'Corner 1' },
  { en: 'Apple cake', tr: 'Elmalı kek', slug: 'apple-cake', price: 18.5, place: 'Corner 1' },
  { en: 'Quince jam', tr: 'Ayva reçeli', slug: 'quince-jam', price: 6.25, place: 'Market hall' },
];

/** Products in two languages, with a maker and a place: what templates can take their values from. */
export const fillShop = async (strapi: Core.Strapi): Promise<void> => {
  const documents = (uid: string): Documents => strapi.documents(uid as never) as unknown as Documents;
  const products = documents(PRODUCT);
  if ((await products.count({})) > 0) return;
  const locales = strapi.plugin('i18n').service<Locales>('locales');
  if (!(await locales.find()).some(({ code }) => code === 'tr'))
    await locales.create({ code: 'tr', name: 'Turkish (tr)' });
  const maker = await documents(MAKER).create({ data: { name: 'Ada', town: 'İzmir' } });
  for (const { en, tr, slug, price, place } of PRODUCTS) {
    const data = {
      title: en,
      slug,
      price,
      availableOn: '2026-12-01',
      maker: maker.documentId,
      pickup: { place },
    };
    const { documentId } = await products.create({ data, locale: 'en', status: 'published' });
    await products.update({ documentId, locale: 'tr', data: { ...data, title: tr }, status: 'published' });
  }
};
