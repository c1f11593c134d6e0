export default async (): Promise<void> => {
  await globalThis.whatsappTestTemplate?.drop();
};
