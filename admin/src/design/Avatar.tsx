import { User } from '@strapi/icons';
import { styled } from 'styled-components';
import { hashOf } from '../conversations/display-name';

/** Hues whose 600 carries `neutral0` text at AA in both of Strapi's themes (warning does not). */
export const AVATAR_HUES = [
  'primary600',
  'secondary600',
  'success600',
  'danger600',
  'alternative600',
] as const;
type Hue = (typeof AVATAR_HUES)[number];

const Circle = styled.span<{ $hue: Hue; $size: number }>`
  display: inline-flex;
  flex: none;
  align-items: center;
  justify-content: center;
  width: ${({ $size }) => $size}px;
  height: ${({ $size }) => $size}px;
  border-radius: 50%;
  background: ${({ theme, $hue }) => theme.colors[$hue]};
  color: ${({ theme }) => theme.colors.neutral0};
  font-size: ${({ $size }) => Math.round($size * 0.36)}px;
  font-weight: 600;
  line-height: 1;
  user-select: none;
  svg path {
    fill: currentcolor;
  }
`;

interface Props {
  /** Decides the colour, so that a person keeps theirs everywhere. */
  id: string;
  initials: string;
  size?: number;
}

/** A person's initials in a colour of their own; the Cloud API gives no pictures. Decoration beside the name. */
export const Avatar = ({ id, initials, size = 40 }: Props) => (
  <Circle $hue={AVATAR_HUES[hashOf(id) % AVATAR_HUES.length]!} $size={size} aria-hidden>
    {initials || <User width={size * 0.45} height={size * 0.45} />}
  </Circle>
);
