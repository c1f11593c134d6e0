import { Upload } from '@strapi/icons';
import { useRef, useState, type DragEvent, type ReactNode } from 'react';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import { t } from '../../translate';

const Frame = styled.div`
  position: relative;
  display: flex;
  flex: 1;
  flex-direction: column;
  min-width: 0;
  min-height: 0;
`;
const Overlay = styled.div`
  position: absolute;
  inset: 8px;
  z-index: 10;
  display: flex;
  flex-direction: column;
  align-items: center;
  justify-content: center;
  gap: 8px;
  border: 2px dashed ${({ theme }) => theme.colors.primary600};
  border-radius: 8px;
  background: ${({ theme }) => theme.colors.primary100};
  color: ${({ theme }) => theme.colors.neutral800};
  text-align: center;
  pointer-events: none;
  svg path {
    fill: currentcolor;
  }
`;

interface Props {
  enabled: boolean;
  name: string;
  onFiles(files: File[]): void;
  children: ReactNode;
}

const carriesFiles = (event: DragEvent): boolean => event.dataTransfer.types.includes('Files');

/** The whole pane takes files that are dragged in. Strapi's own drag and drop knows nothing of files and is left alone. */
export const DropZone = ({ enabled, name, onFiles, children }: Props) => {
  const { formatMessage } = useIntl();
  const [over, setOver] = useState(false);
  // Each child that is entered and left tells so as well.
  const depth = useRef(0);
  const stop = () => {
    depth.current = 0;
    setOver(false);
  };
  if (!enabled) return <Frame>{children}</Frame>;
  return (
    <Frame
      onDragEnter={(event) => {
        if (!carriesFiles(event)) return;
        depth.current += 1;
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (!carriesFiles(event)) return;
        depth.current -= 1;
        if (depth.current <= 0) stop();
      }}
      onDragOver={(event) => {
        if (!carriesFiles(event)) return;
        // Without it the browser would open the file in place of the panel.
        event.preventDefault();
        event.dataTransfer.dropEffect = 'copy';
      }}
      onDrop={(event) => {
        if (!carriesFiles(event)) return;
        event.preventDefault();
        stop();
        const files = [...event.dataTransfer.files];
        if (files.length > 0) onFiles(files);
      }}
    >
      {children}
      {over && (
        <Overlay>
          <Upload width={32} height={32} aria-hidden />
          <strong>{formatMessage(t('drop.title'), { name })}</strong>
          <span>{formatMessage(t('drop.text'))}</span>
        </Overlay>
      )}
    </Frame>
  );
};
