import {
  CheckCircle,
  File,
  Headphones,
  Image,
  Information,
  List,
  Lock,
  Message as MessageIcon,
  Microphone,
  PinMap,
  Play,
  ShoppingCart,
  EmotionHappy,
  User,
  WarningCircle,
} from '@strapi/icons';
import type { MessageType } from '../../../server/src/messages/contract';
import type { TranslationId } from '../translate';

interface TypeInfo {
  /** null for plain text, which needs no sign. */
  Icon: typeof MessageIcon | null;
  label: TranslationId;
}

/** Sign and name of each kind of message, for list rows, quotes and bubbles without a picture of their own. */
export const TYPE_INFO: Record<MessageType, TypeInfo> = {
  text: { Icon: null, label: 'type.text' },
  image: { Icon: Image, label: 'type.image' },
  video: { Icon: Play, label: 'type.video' },
  audio: { Icon: Headphones, label: 'type.audio' },
  voice: { Icon: Microphone, label: 'type.voice' },
  document: { Icon: File, label: 'type.document' },
  sticker: { Icon: EmotionHappy, label: 'type.sticker' },
  location: { Icon: PinMap, label: 'type.location' },
  contacts: { Icon: User, label: 'type.contacts' },
  button: { Icon: CheckCircle, label: 'type.button' },
  interactive: { Icon: List, label: 'type.interactive' },
  order: { Icon: ShoppingCart, label: 'type.order' },
  reaction: { Icon: EmotionHappy, label: 'type.reaction' },
  template: { Icon: MessageIcon, label: 'type.template' },
  system: { Icon: Information, label: 'type.system' },
  unsupported: { Icon: WarningCircle, label: 'type.unsupported' },
  note: { Icon: Lock, label: 'type.note' },
};

/** The entry of a type, or the one for unknown kinds: a newer server may know more of them. */
export const typeInfo = (type: string): TypeInfo => TYPE_INFO[type as MessageType] ?? TYPE_INFO.unsupported;
