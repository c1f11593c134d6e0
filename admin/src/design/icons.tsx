import type { SVGProps } from 'react';

type Props = SVGProps<SVGSVGElement>;

const Glyph = ({ children, ...props }: Props) => (
  <svg
    viewBox="0 0 16 11"
    width={16}
    height={11}
    fill="none"
    stroke="currentColor"
    strokeWidth={1.6}
    strokeLinecap="round"
    strokeLinejoin="round"
    aria-hidden
    {...props}
  >
    {children}
  </svg>
);

export const SingleTick = (props: Props) => (
  <Glyph {...props}>
    <path d="m4 5.8 3 3L13.5 2" />
  </Glyph>
);

export const DoubleTick = (props: Props) => (
  <Glyph {...props}>
    <path d="m1 5.8 3 3L10.5 2M7.7 8.1l.8.7L15 2" />
  </Glyph>
);

export const ClockGlyph = (props: Props) => (
  <Glyph viewBox="0 0 12 12" width={12} height={12} strokeWidth={1.3} {...props}>
    <circle cx={6} cy={6} r={4.8} />
    <path d="M6 3.4V6l1.8 1.2" />
  </Glyph>
);

export const AlertGlyph = (props: Props) => (
  <Glyph viewBox="0 0 12 12" width={13} height={13} strokeWidth={1.4} {...props}>
    <circle cx={6} cy={6} r={5} />
    <path d="M6 3.3v3.2M6 8.5v.01" />
  </Glyph>
);

export const ReplyGlyph = (props: Props) => (
  <Glyph viewBox="0 0 16 16" width={16} height={16} {...props}>
    <path d="M6.5 3.5 2.5 7.5l4 4M3 7.5h6a4.5 4.5 0 0 1 4.5 4.5v1" />
  </Glyph>
);

export const PauseGlyph = (props: Props) => (
  <Glyph viewBox="0 0 16 16" width={16} height={16} strokeWidth={3} {...props}>
    <path d="M5 3.5v9M11 3.5v9" />
  </Glyph>
);

export const SmileGlyph = (props: Props) => (
  <Glyph viewBox="0 0 16 16" width={16} height={16} strokeWidth={1.4} {...props}>
    <circle cx={7.5} cy={8.5} r={5.5} />
    <path d="M5.2 10.2c1 1.5 3.6 1.5 4.6 0M5.7 6.9v.01M9.3 6.9v.01M13.5 1v4M11.5 3h4" />
  </Glyph>
);

export const ForwardGlyph = (props: Props) => (
  <Glyph viewBox="0 0 16 16" width={12} height={12} {...props}>
    <path d="m9.5 3.5 4 4-4 4M13 7.5H7A4.5 4.5 0 0 0 2.5 12v1" />
  </Glyph>
);
