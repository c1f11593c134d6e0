const EMOJI = /^\p{Extended_Pictographic}|^\p{Regional_Indicator}{2}|^[0-9#*]\uFE0F?\u20E3/u;

/** How many emoji a text consists of when it is nothing else; 0 otherwise, and for more than three. */
export const emojiOnlyCount = (text: string): number => {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed.length > 60 || typeof Intl.Segmenter !== 'function') return 0;
  const clusters = [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(trimmed)]
    .map((part) => part.segment)
    .filter((cluster) => cluster.trim() !== '');
  if (clusters.length > 3) return 0;
  return clusters.every((cluster) => EMOJI.test(cluster)) ? clusters.length : 0;
};
