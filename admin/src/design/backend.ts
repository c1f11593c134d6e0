/** Where Strapi's server answers; another origin than the panel's when the panel is hosted apart. */
export const backendUrl = (): string =>
  (window as unknown as { strapi: { backendURL: string } }).strapi.backendURL;
