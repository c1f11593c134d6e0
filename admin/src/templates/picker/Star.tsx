const PATH = 'm8 1.8 1.9 4 4.3.6-3.1 3 .7 4.4L8 11.7l-3.8 2.1.7-4.4-3.1-3 4.3-.6z';

/** Filled: a favourite. */
export const Star = () => (
  <svg viewBox="0 0 16 16" width={16} height={16} aria-hidden>
    <path d={PATH} fill="currentColor" />
  </svg>
);

export const StarOff = () => (
  <svg viewBox="0 0 16 16" width={16} height={16} fill="none" aria-hidden>
    <path d={PATH} stroke="currentColor" strokeWidth={1.3} strokeLinejoin="round" />
  </svg>
);
