import { lazy, Suspense } from 'react';
import type { LibraryFile } from '../attachments/tray';
import type { JobContent } from '../job-content';
import type { Extra } from './AttachMenu';

const LocationDialog = lazy(() =>
  import('../builder/LocationDialog').then(({ LocationDialog: One }) => ({ default: One })),
);
const ContactDialog = lazy(() =>
  import('../builder/ContactDialog').then(({ ContactDialog: One }) => ({ default: One })),
);
const InteractiveDialog = lazy(() =>
  import('../builder/InteractiveDialog').then(({ InteractiveDialog: One }) => ({ default: One })),
);
const MediaLibrary = lazy(() => import('./MediaLibrary').then(({ MediaLibrary: One }) => ({ default: One })));

interface Props {
  extra: Extra | null;
  onSend(content: JobContent): void;
  onLibrary(files: LibraryFile[]): void;
  onClose(): void;
}

/** The dialogs behind the attachment menu; each one's code comes with its first use. */
export const Extras = ({ extra, onSend, onLibrary, onClose }: Props) => {
  const send = (content: JobContent) => {
    onClose();
    onSend(content);
  };
  return (
    <Suspense fallback={null}>
      {extra === 'location' && <LocationDialog onSend={send} onClose={onClose} />}
      {extra === 'contact' && <ContactDialog onSend={send} onClose={onClose} />}
      {extra === 'interactive' && <InteractiveDialog onSend={send} onClose={onClose} />}
      {extra === 'library' && <MediaLibrary onChoose={onLibrary} onClose={onClose} />}
    </Suspense>
  );
};
