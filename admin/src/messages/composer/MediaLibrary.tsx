import { useStrapiApp } from '@strapi/strapi/admin';
import type { ComponentType } from 'react';
import type { LibraryFile } from '../attachments/tray';

interface Asset {
  id: number;
  name: string;
  mime?: string;
  /** Kilobytes. */
  size?: number;
  url?: string;
  formats?: { thumbnail?: { url?: string } } | null;
}

interface DialogProps {
  multiple?: boolean;
  onClose(): void;
  onSelectAssets(assets: Asset[]): void;
}

/** Strapi's own dialog for choosing files; undefined where the upload plugin is not there. */
export const useLibraryDialog = (): ComponentType<DialogProps> | undefined =>
  useStrapiApp('WhatsApp', ({ components }) => components['media-library']) as
    ComponentType<DialogProps> | undefined;

/** Remote pictures are blocked by the panel's content policy, so only our own origin's are previewed. */
const sameOrigin = (url: string | undefined): string | null =>
  url && (url.startsWith('/') || url.startsWith(window.location.origin)) ? url : null;

const toFile = ({ id, name, mime, size, url, formats }: Asset): LibraryFile => ({
  id: String(id),
  name,
  type: mime ?? '',
  size: Math.round((size ?? 0) * 1000),
  previewUrl: mime?.startsWith('image/') ? sameOrigin(formats?.thumbnail?.url ?? url) : null,
});

interface Props {
  onChoose(files: LibraryFile[]): void;
  onClose(): void;
}

/** Files out of Strapi's Media Library. */
export const MediaLibrary = ({ onChoose, onClose }: Props) => {
  const Dialog = useLibraryDialog();
  if (!Dialog) return null;
  return (
    <Dialog
      multiple
      onClose={onClose}
      onSelectAssets={(assets) => {
        onChoose(assets.map(toFile));
        onClose();
      }}
    />
  );
};
