import type { Core } from '@strapi/strapi';

interface Sandbox {
  /** Starts the built-in simulator and returns the sandbox number, made on the first call. */
  ensure(): Promise<unknown>;
  /** Lets a few simulated customers write in; does nothing once there is a conversation. */
  playSamples(): Promise<unknown>;
}

/** A sandbox number with conversations that came in the way real ones do. */
export const playSamples = async (strapi: Core.Strapi): Promise<void> => {
  const sandbox = strapi.plugin('whatsapp').service<Sandbox>('sandbox');
  await sandbox.ensure();
  await sandbox.playSamples();
};
