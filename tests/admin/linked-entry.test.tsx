import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { LinkedEntry } from '../../admin/src/conversations/LinkedEntry';
import { bindableResource } from '../../admin/src/templates/form/fields-resource';
import { renderAdmin } from './helpers/render';
import { fakeServer } from './helpers/server';

jest.setTimeout(30_000);

const mockServer = fakeServer();
const mockNotify = jest.fn();
jest.mock('@strapi/strapi/admin', () => ({
  getFetchClient: () => mockServer.client,
  useNotification: () => ({ toggleNotification: mockNotify }),
}));

const CAKE = {
  contentType: 'api::product.product',
  documentId: 'doc1',
  type: 'Product',
  title: 'Apple cake',
  single: false,
};
const field = (label: string) => ({ path: 'title', label, type: 'text' });

let linked: typeof CAKE | { title: null } | null = null;
beforeEach(() => {
  mockServer.reset();
  bindableResource.clear();
  jest.clearAllMocks();
  linked = null;
  mockServer.answer({
    'GET /contacts/5/link': () => ({ data: linked }),
    'PUT /contacts/5/link': () => {
      linked = CAKE;
      return { data: {} };
    },
    'DELETE /contacts/5/link': () => {
      linked = null;
      return {};
    },
    'GET /template-fields': {
      data: [
        { uid: 'contact', label: 'Contact', fields: [field('Name')] },
        { uid: CAKE.contentType, label: 'Product', fields: [field('Title')] },
        { uid: 'api::shop.shop', label: 'Shop', fields: [field('Title')] },
      ],
    },
    'GET /template-entries': {
      data: [{ documentId: 'doc1', label: 'Apple cake', locale: null, status: 'draft' }],
    },
  });
});
const show = (canEdit = true) =>
  renderAdmin(<LinkedEntry contactId="5" documentId={null} canEdit={canEdit} />);

describe('the entry of a contact', () => {
  it('is chosen by search, shown with its type and a way to it, and taken away', async () => {
    show();
    await userEvent.click(await screen.findByRole('button', { name: 'Link an entry' }));
    const search = await screen.findByRole('textbox', { name: 'Which Product?' });
    await waitFor(() => expect(search).toHaveFocus());
    await userEvent.click(await screen.findByRole('button', { name: /^Apple cake/ }));
    const link = await screen.findByRole('link', { name: 'Apple cake' });
    expect(link).toHaveAttribute('href', '/content-manager/collection-types/api::product.product/doc1');
    expect(screen.getByText('Product')).toBeInTheDocument();
    expect(mockServer.asked('PUT', '/contacts/5/link')[0]?.body).toEqual({
      contentType: CAKE.contentType,
      documentId: 'doc1',
    });
    await userEvent.click(screen.getByRole('button', { name: 'Remove the link' }));
    expect(await screen.findByRole('button', { name: 'Link an entry' })).toBeInTheDocument();
  });

  it('can be of any type that may be read', async () => {
    show();
    await userEvent.click(await screen.findByRole('button', { name: 'Link an entry' }));
    await userEvent.click(await screen.findByRole('combobox', { name: 'Type of entry' }));
    await userEvent.click(await screen.findByRole('option', { name: 'Shop' }));
    await screen.findByRole('textbox', { name: 'Which Shop?' });
    await waitFor(() =>
      expect(mockServer.asked('GET', '/template-entries').at(-1)?.query).toEqual({
        contentType: 'api::shop.shop',
      }),
    );
  });

  it('is only looked at without the right, and says when it cannot be', async () => {
    linked = CAKE;
    const { unmount } = show(false);
    expect(await screen.findByRole('link', { name: 'Apple cake' })).toBeInTheDocument();
    expect(screen.queryByRole('button')).not.toBeInTheDocument();
    unmount();
    linked = { ...CAKE, title: null };
    show(false);
    expect(await screen.findByText('An entry that is deleted, or that you may not see')).toBeInTheDocument();
    expect(screen.queryByRole('link')).not.toBeInTheDocument();
  });

  it('stays as it was when the server refuses', async () => {
    linked = CAKE;
    mockServer.answer({ 'DELETE /contacts/5/link': new Error('away') });
    show();
    await userEvent.click(await screen.findByRole('button', { name: 'Remove the link' }));
    await waitFor(() => expect(mockNotify).toHaveBeenCalledTimes(1));
    expect(screen.getByRole('link', { name: 'Apple cake' })).toBeInTheDocument();
  });
});
