import { useAuth } from '@strapi/strapi/admin';
import { useEffect, useLayoutEffect, useRef, useSyncExternalStore, type SVGProps } from 'react';
import { useIntl } from 'react-intl';
import { useTheme } from 'styled-components';
import { bindOrganization } from '../api/organization';
import { ACTIONS } from '../../../server/src/permissions';
import { t } from '../translate';
import { holdStream, unreadStore } from './hub';

const CAP = 99;

/** `null` when there is nothing to show. */
export const badgeText = (unread: number | null): string | null => {
  if (!unread) return null;
  return unread > CAP ? `${CAP}+` : String(unread);
};

/**
 * The menu icon with the live number of unread conversations. Strapi reads a menu link's own count only once and
 * re-creates the icon on each render of the menu, so everything is read from outside React and drawn in one pass.
 * Strapi shows the link only to a signed-in user with one of the link's permissions, which makes this the right place
 * to hold the stream, for those who may read the inbox.
 */
export const MenuIcon = ({ fill: _fill, ...props }: SVGProps<SVGSVGElement>) => {
  const { formatMessage } = useIntl();
  const { colors } = useTheme();
  const unread = useSyncExternalStore(unreadStore.subscribe, unreadStore.get);
  const ref = useRef<SVGSVGElement>(null);
  const text = badgeText(unread);

  const readsInbox = useAuth('WhatsApp', ({ permissions }) =>
    permissions.some(({ action }) => action === ACTIONS.readInbox || action === ACTIONS.readAssigned),
  );
  const userId = useAuth('WhatsApp', ({ user }) => user?.id);
  useEffect(() => {
    if (!readsInbox || !userId) return;
    bindOrganization(String(userId));
    return holdStream();
  }, [readsInbox, userId]);

  // Strapi names the link by its label alone and hides the icon from assistive technology.
  useLayoutEffect(() => {
    const link = ref.current?.closest('a');
    const name = formatMessage(t('plugin.name'));
    link?.setAttribute('aria-label', unread ? formatMessage(t('menu.unread'), { count: unread }) : name);
  }, [unread, formatMessage]);

  const width = text ? 14 + text.length * 8 : 0;
  return (
    <svg ref={ref} viewBox="0 0 32 32" xmlns="http://www.w3.org/2000/svg" overflow="visible" {...props}>
      <path
        fill={colors.neutral500}
        d="M16 3A13 13 0 0 0 4.53 22.1l-1.47 4.41a2 2 0 0 0 2.53 2.53l4.41-1.47A13 13 0 1 0 16 3Zm0 2a11 11 0 1 1-5.5 20.53 1 1 0 0 0-.82-.08L4.96 27.03l1.58-4.71a1 1 0 0 0-.08-.82A11 11 0 0 1 16 5Zm-4.6 5.2c-.5 0-1.1.2-1.5.7-.5.6-1.1 1.5-.9 3 .2 1.4 1 3.3 3.3 5.6 2.3 2.3 4.2 3.1 5.6 3.3 1.5.2 2.4-.4 3-.9.9-.8.9-2.1.1-2.7l-1.9-1.3c-.6-.4-1.4-.4-1.9.1l-.6.5c-.8-.4-2.5-2-2.9-2.9l.5-.6c.5-.5.5-1.3.1-1.9l-1.3-1.9c-.4-.6-.9-.9-1.5-.9Z"
      />
      {text && (
        <g transform={`translate(${34 - width / 2} 4)`}>
          <rect
            x={-width / 2}
            y={-11}
            width={width}
            height={22}
            rx={11}
            fill={colors.primary600}
            stroke={colors.neutral0}
            strokeWidth={2}
          />
          <text
            fill={colors.neutral0}
            fontSize={15}
            fontWeight={700}
            textAnchor="middle"
            dominantBaseline="central"
          >
            {text}
          </text>
        </g>
      )}
    </svg>
  );
};
