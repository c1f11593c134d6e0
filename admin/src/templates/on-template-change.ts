import { onSignal } from '../realtime/hub';

const GATHER_MS = 300;

/** Calls once for each burst of changes to templates. @returns the function that stops listening */
export const onTemplateChange = (listener: () => void): (() => void) => {
  let timer: ReturnType<typeof setTimeout> | null = null;
  const stop = onSignal((signal) => {
    const touched =
      signal.type === 'reload' || (signal.type === 'change' && signal.change.kind === 'template.updated');
    if (!touched) return;
    timer ??= setTimeout(() => {
      timer = null;
      listener();
    }, GATHER_MS);
  });
  return () => {
    stop();
    if (timer) clearTimeout(timer);
  };
};
