import { Menu } from '@strapi/design-system';
import { BulletList, File, Image, Images, Layout, Paperclip, PinMap, User } from '@strapi/icons';
import { useRef } from 'react';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import { t } from '../../translate';

export type Extra = 'location' | 'contact' | 'interactive' | 'library' | 'template';

const Hidden = styled.input`
  display: none;
`;

interface Props {
  /** Whether Strapi's Media Library can be opened here. */
  library: boolean;
  /** Whether templates can be sent. */
  templates: boolean;
  onFiles(files: File[]): void;
  onExtra(extra: Extra): void;
}

/** Everything that can go out besides text. */
export const AttachMenu = ({ library, templates, onFiles, onExtra }: Props) => {
  const { formatMessage } = useIntl();
  const pictures = useRef<HTMLInputElement>(null);
  const files = useRef<HTMLInputElement>(null);
  const label = formatMessage(t('attach.label'));
  const taken = (input: HTMLInputElement) => {
    const chosen = [...(input.files ?? [])];
    // The same file may be chosen again after it was removed.
    input.value = '';
    if (chosen.length > 0) onFiles(chosen);
  };
  return (
    <>
      <Hidden
        ref={pictures}
        type="file"
        multiple
        accept="image/*,video/mp4,video/3gpp"
        data-testid="pictures"
        onChange={(event) => taken(event.target)}
      />
      <Hidden
        ref={files}
        type="file"
        multiple
        data-testid="files"
        onChange={(event) => taken(event.target)}
      />
      <Menu.Root>
        <Menu.Trigger
          variant="ghost"
          size="S"
          endIcon={null}
          aria-label={label}
          title={label}
          style={{ width: 32, height: 'auto', minHeight: 32, alignSelf: 'stretch', padding: 0, border: 0 }}
        >
          <Paperclip width={16} height={16} aria-hidden />
        </Menu.Trigger>
        <Menu.Content popoverPlacement="top-start" style={{ maxHeight: 'none' }}>
          <Menu.Item startIcon={<Image aria-hidden />} onSelect={() => pictures.current?.click()}>
            {formatMessage(t('attach.picture'))}
          </Menu.Item>
          <Menu.Item startIcon={<File aria-hidden />} onSelect={() => files.current?.click()}>
            {formatMessage(t('attach.file'))}
          </Menu.Item>
          {library && (
            <Menu.Item startIcon={<Images aria-hidden />} onSelect={() => onExtra('library')}>
              {formatMessage(t('attach.library'))}
            </Menu.Item>
          )}
          <Menu.Item startIcon={<PinMap aria-hidden />} onSelect={() => onExtra('location')}>
            {formatMessage(t('attach.location'))}
          </Menu.Item>
          <Menu.Item startIcon={<User aria-hidden />} onSelect={() => onExtra('contact')}>
            {formatMessage(t('attach.contact'))}
          </Menu.Item>
          <Menu.Item startIcon={<BulletList aria-hidden />} onSelect={() => onExtra('interactive')}>
            {formatMessage(t('attach.interactive'))}
          </Menu.Item>
          {templates && (
            <Menu.Item startIcon={<Layout aria-hidden />} onSelect={() => onExtra('template')}>
              {formatMessage(t('type.template'))}
            </Menu.Item>
          )}
        </Menu.Content>
      </Menu.Root>
    </>
  );
};
