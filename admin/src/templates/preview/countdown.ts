export interface Countdown {
  days: number;
  hours: number;
  /** `mm:ss`, with hours before it when there are any: what is left of the last day. */
  clock: string;
}

const pad = (value: number): string => String(value).padStart(2, '0');

/** What is left until `until` (ms); null once it has passed. */
export const countdown = (until: number, now: number): Countdown | null => {
  const seconds = Math.floor((until - now) / 1000);
  if (seconds <= 0) return null;
  const [days, hours] = [Math.floor(seconds / 86_400), Math.floor((seconds % 86_400) / 3600)];
  const clock = `${pad(Math.floor((seconds % 3600) / 60))}:${pad(seconds % 60)}`;
  return { days, hours, clock: hours > 0 ? `${pad(hours)}:${clock}` : clock };
};
