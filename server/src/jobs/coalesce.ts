/** Runs at most one at a time, once more when asked meanwhile. */
export const coalesce = (work: () => Promise<void>, onError: (error: unknown) => void): (() => void) => {
  let running = false;
  let again = false;
  const run = async (): Promise<void> => {
    running = true;
    do {
      again = false;
      await work().catch(onError);
    } while (again);
    running = false;
  };
  return () => {
    if (running) again = true;
    else void run();
  };
};
