/** A listener at the panel's event stream. */
import { until, type Stage } from './stage';

export interface Listener {
  /** All that it has heard so far, as it came. */
  heard(): string;
  close(): void;
}

/** Listens from the moment it answers; news before that may be missed. */
export const listen = async (stage: Stage, headers: Record<string, string>): Promise<Listener> => {
  const controller = new AbortController();
  const response = await fetch(`${stage.url}/whatsapp/stream`, { headers, signal: controller.signal });
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  let text = '';
  const listening = async (): Promise<void> => {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      text += Buffer.from(value).toString();
    }
  };
  // It ends in an error when it is closed here; whatever it should have heard is then missing in `heard`.
  listening().catch(() => undefined);
  const heard = (): string => text;
  const close = (): void => controller.abort();
  await until(heard, (all) => all.includes('event: ready'));
  return { heard, close };
};
