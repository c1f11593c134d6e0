/** Bars of a drawn voice note. */
export const BARS = 48;

const known = new Map<string, number[]>();

/** Loudness of each of `bars` stretches, 0–1, the loudest being 1. */
export const peaksOf = (samples: Float32Array, bars = BARS): number[] => {
  const step = samples.length / bars;
  const raw = Array.from({ length: bars }, (_, bar) => {
    let peak = 0;
    const end = Math.min(samples.length, Math.floor((bar + 1) * step));
    for (let at = Math.floor(bar * step); at < end; at += 1) peak = Math.max(peak, Math.abs(samples[at]!));
    return peak;
  });
  const loudest = Math.max(...raw, 0.001);
  return raw.map((peak) => peak / loudest);
};

export const knownPeaks = (id: string): number[] | undefined => known.get(id);

/** Reads and draws a voice note, once per file; undefined when the browser cannot decode it. */
export const loadPeaks = async (id: string, url: string): Promise<number[] | undefined> => {
  if (known.has(id) || typeof AudioContext === 'undefined') return known.get(id);
  const context = new AudioContext();
  try {
    const answer = await fetch(url);
    const audio = await context.decodeAudioData(await answer.arrayBuffer());
    const peaks = peaksOf(audio.getChannelData(0));
    known.set(id, peaks);
    return peaks;
  } catch {
    // The drawing is a convenience: a note that plays but cannot be drawn keeps its even bars.
    return undefined;
  } finally {
    void context.close();
  }
};
