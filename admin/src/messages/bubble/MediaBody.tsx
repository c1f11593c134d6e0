import type { Message, MessageMedia } from '../../../../server/src/messages/contract';
import { AudioPlayer } from './media/AudioPlayer';
import { FileCard } from './media/FileCard';
import { Picture } from './media/Picture';

interface Props {
  message: Message;
  media: MessageMedia;
  onOpen(message: Message): void;
  onRetry(message: Message): void;
}

/** The media of a message: a picture in its reserved place, a player, or a file card. */
export const MediaBody = (props: Props) => {
  const { message, media } = props;
  const { type } = message;
  if (type === 'image' || type === 'sticker' || type === 'video') return <Picture {...props} />;
  if ((type === 'audio' || type === 'voice') && media.url !== null) {
    return <AudioPlayer message={message} url={media.url} />;
  }
  return <FileCard {...props} />;
};
