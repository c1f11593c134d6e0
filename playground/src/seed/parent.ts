/** A line to the process that started us; nobody listens when Strapi was started by hand. */
export const tell = (message: Record<string, unknown>): void => {
  process.send?.(message);
};

/** A wrapper that was killed hard cannot stop us; without it nobody would, and the port would stay taken. */
export const stopWithParent = (): void => {
  if (process.channel) process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
};
