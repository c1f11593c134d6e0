import {
  BulletList,
  Calendar,
  Duplicate,
  ExternalLink,
  Phone,
  PinMap,
  ShoppingCart,
  User,
} from '@strapi/icons';
import type { ComponentType, SVGProps } from 'react';
import { ReplyGlyph } from '../../design/icons';

type Icon = ComponentType<SVGProps<SVGSVGElement>>;

const ICONS: Record<string, Icon> = {
  quick_reply: ReplyGlyph,
  postback: ReplyGlyph,
  url: ExternalLink,
  phone_number: Phone,
  voice_call: Phone,
  copy_code: Duplicate,
  otp: Duplicate,
  flow: BulletList,
  catalog: ShoppingCart,
  mpm: ShoppingCart,
  spm: ShoppingCart,
  order_details: ShoppingCart,
  send_location: PinMap,
  request_contact_info: User,
  reminder: Calendar,
};

/** The sign before a button's label; null for kinds that Meta adds later. */
export const buttonIcon = (type: string): Icon | null => ICONS[type] ?? null;

/** An address that a browser may open: complete, and none of the schemes that run code. */
export const openableUrl = (target: string | null): string | null =>
  target !== null && /^https?:\/\//i.test(target) && !target.includes('{{') ? target : null;

/** Meta shows this many buttons when there are more than three, and the rest behind "See all options". */
export const SHOWN_OF_MANY = 2;
export const MOST_SHOWN = 3;
