import type { StrapiApp } from '@strapi/strapi/admin';

export default {
  /** Off: the browser would ask GitHub for Strapi's newest release on each page load. */
  config: { locales: ['tr'], notifications: { releases: false }, tutorials: false },
  bootstrap(_app: StrapiApp) {},
};
