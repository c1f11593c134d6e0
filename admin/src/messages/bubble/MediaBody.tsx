import type { Message, MessageMedia } from '../../../../server/src/messages/contract';
import { AudioPlayer } from './media/AudioPlayer';
import { FileCard } from './media/FileCard';
import { Picture } from './media/Picture';
import { mediaTypeOf } from './template';

interface Props {
  message: Message;
  media: MessageMedia;
  onOpen(message: Message): void;
  onRetry(message: Message): void;
}

/** The media of a message: a picture in its reserved place, a player, or a file card. */
export const MediaBody = (props: Props) => {
  const { media } = props;
  const type = mediaTypeOf(props.message);
  const message = type === props.message.type ? props.message : { ...props.message, type, text: '' };
  if (type === 'image' || type === 'sticker' || type === 'video')
    return <Picture {...props} message={message} />;
  if ((type === 'audio' || type === 'voice') && media.url !== null) {
    return <AudioPlayer message={message} url={media.url} />;
  }
  return <FileCard {...props} message={message} />;
};
