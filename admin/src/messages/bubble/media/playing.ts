import { readJson, writeJson } from '../../../store/local';
import { createStore } from '../../../store/store';

const SPEED_KEY = 'whatsapp:speed';
export const SPEEDS = [1, 1.5, 2] as const;

/** Speed of all players, kept in this browser. */
export const speedStore = createStore<number>(readJson<number>(SPEED_KEY) ?? 1);

export const nextSpeed = (): void => {
  const at = SPEEDS.indexOf(speedStore.get() as (typeof SPEEDS)[number]);
  const speed = SPEEDS[(at + 1) % SPEEDS.length]!;
  speedStore.set(speed);
  writeJson(SPEED_KEY, speed);
};

let current: HTMLAudioElement | null = null;

/** One player at a time: whoever begins stops the one before. */
export const takeTurn = (player: HTMLAudioElement): void => {
  if (current && current !== player) current.pause();
  current = player;
};

/** The voice note that follows an element in the thread; pressed when the one before it has ended. */
export const playNextVoice = (from: Element | null): void => {
  if (!from) return;
  const all = [...document.querySelectorAll('[data-voice]')];
  const next = all[all.indexOf(from) + 1];
  next?.querySelector('button')?.click();
};
