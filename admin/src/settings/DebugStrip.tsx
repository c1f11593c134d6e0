import { Box } from '@strapi/design-system';
import { debugResource } from '../api/resources';
import { useStore } from '../store/use-store';
import { DebugBanner } from './DebugBanner';

/** The debug banner above the inbox; takes no room while there is nothing to say. */
export const DebugStrip = () => {
  const on = useStore(debugResource.store, ({ data }) => data?.until != null);
  return on ? (
    <Box padding={2}>
      <DebugBanner />
    </Box>
  ) : null;
};
