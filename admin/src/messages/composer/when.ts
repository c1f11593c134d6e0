const HOUR = 3_600_000;
/** Less is no schedule: the message would be late before it is stored. */
const SOONEST_MS = 60_000;

const two = (value: number) => String(value).padStart(2, '0');

/** A moment as `<input type="datetime-local">` wants it: the viewer's own clock, to the minute. */
export const toLocalInput = (at: number): string => {
  const date = new Date(at);
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`;
};

/** ms since 1970; null for what is no date. */
export const fromLocalInput = (text: string): number | null => {
  const at = new Date(text).getTime();
  return text === '' || Number.isNaN(at) ? null : at;
};

export type WhenProblem = 'missing' | 'past' | 'afterWindow';

/** Whether a message may wait until then: the window must still be open when it goes. */
export const whenProblem = (
  at: number | null,
  now: number,
  windowEnds: number | null,
): WhenProblem | null => {
  if (at === null) return 'missing';
  if (at < now + SOONEST_MS) return 'past';
  return windowEnds !== null && at >= windowEnds ? 'afterWindow' : null;
};

export interface Preset {
  id: 'hour' | 'evening' | 'tomorrow';
  at: number;
}

const at = (base: number, days: number, hour: number): number => {
  const date = new Date(base);
  date.setDate(date.getDate() + days);
  return date.setHours(hour, 0, 0, 0);
};

/** Times that people mean, as far as the window allows them. */
export const presets = (now: number, windowEnds: number | null): Preset[] =>
  (
    [
      { id: 'hour', at: Math.ceil((now + HOUR) / 60_000) * 60_000 },
      { id: 'evening', at: at(now, 0, 18) },
      { id: 'tomorrow', at: at(now, 1, 9) },
    ] satisfies Preset[]
  ).filter((preset) => whenProblem(preset.at, now, windowEnds) === null);
