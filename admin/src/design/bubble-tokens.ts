/** The part of Strapi's theme that bubbles use; custom themes follow by themselves. */
export type Palette = Record<
  | 'neutral0'
  | 'neutral100'
  | 'neutral150'
  | 'neutral200'
  | 'neutral500'
  | 'neutral600'
  | 'neutral700'
  | 'neutral800'
  | 'primary100'
  | 'primary200'
  | 'primary600'
  | 'secondary600'
  | 'secondary700'
  | 'danger100'
  | 'danger200'
  | 'danger600'
  | 'warning100'
  | 'warning200'
  | 'warning500',
  string
>;

export interface BubbleColours {
  background: string;
  border: string;
  text: string;
  meta: string;
  /** Quoted strip and code inside the bubble. */
  inset: string;
  /** Rule beside quotes and code; decoration. */
  line: string;
}

export interface BubbleTokens {
  thread: string;
  incoming: BubbleColours;
  outgoing: BubbleColours;
  failed: BubbleColours;
  note: BubbleColours;
  readTick: string;
  dangerIcon: string;
}

/** Relative luminance (WCAG 2) of `#rgb` or `#rrggbb`; 1 for anything else. */
export const luminance = (colour: string): number => {
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(colour);
  const hex = short
    ? `#${short
        .slice(1)
        .map((digit) => digit + digit)
        .join('')}`
    : colour;
  const match = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})/i.exec(hex);
  if (!match) return 1;
  const [r, g, b] = match.slice(1, 4).map((pair) => {
    const value = parseInt(pair, 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};

/** Whether a theme is dark, told by its values: custom themes carry any name. */
export const isDarkPalette = (colors: Palette): boolean =>
  luminance(colors.neutral0) < luminance(colors.neutral800);

/**
 * Bubble colours from theme tokens. Strapi's dark theme gives all `*100` tints the colour of the page, so an outgoing
 * bubble takes `primary200` there; every pair is held to AA by a test over both themes.
 */
export const bubbleTokens = (colors: Palette): BubbleTokens => {
  const dark = isDarkPalette(colors);
  const base = { text: colors.neutral800, line: colors.neutral500 };
  return {
    thread: colors.neutral100,
    incoming: {
      ...base,
      background: colors.neutral0,
      border: colors.neutral150,
      meta: colors.neutral600,
      inset: colors.neutral100,
    },
    outgoing: {
      ...base,
      background: dark ? colors.primary200 : colors.primary100,
      border: colors.primary200,
      meta: colors.neutral700,
      inset: dark ? colors.primary100 : colors.primary200,
      line: colors.primary600,
    },
    failed: {
      ...base,
      background: dark ? colors.neutral0 : colors.danger100,
      border: dark ? colors.danger600 : colors.danger200,
      meta: colors.neutral700,
      inset: dark ? colors.neutral100 : colors.danger200,
      line: colors.danger600,
    },
    note: {
      ...base,
      background: dark ? colors.neutral0 : colors.warning100,
      border: dark ? colors.warning500 : colors.warning200,
      meta: colors.neutral700,
      inset: dark ? colors.neutral100 : colors.warning200,
    },
    readTick: colors.secondary700,
    dangerIcon: colors.danger600,
  };
};

/** The same as CSS custom properties, which bubbles and markup read. */
export const bubbleVariables = (tokens: BubbleColours): string => `
  --wa-bg: ${tokens.background};
  --wa-border: ${tokens.border};
  --wa-text: ${tokens.text};
  --wa-meta: ${tokens.meta};
  --wa-inset: ${tokens.inset};
  --wa-line: ${tokens.line};
`;
