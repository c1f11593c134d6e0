import { darkTheme, DesignSystemProvider, lightTheme } from '@strapi/design-system';
import { render } from '@testing-library/react';
import type { ReactElement } from 'react';
import { IntlProvider } from 'react-intl';
import { MemoryRouter } from 'react-router-dom';
import en from '../../../admin/src/translations/en.json';

export const messages = Object.fromEntries(
  Object.entries(en).map(([key, text]) => [`whatsapp.${key}`, text]),
);

/** Renders with Strapi's theme, our English texts and a router. */
export const renderAdmin = (element: ReactElement, { dark = false } = {}) =>
  render(element, {
    wrapper: ({ children }) => (
      <IntlProvider locale="en" messages={messages} timeZone="UTC">
        <DesignSystemProvider locale="en" theme={dark ? darkTheme : lightTheme}>
          <MemoryRouter future={{ v7_startTransition: true, v7_relativeSplatPath: true }}>
            {children}
          </MemoryRouter>
        </DesignSystemProvider>
      </IntlProvider>
    ),
  });
