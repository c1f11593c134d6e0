import { darkTheme, DesignSystemProvider, lightTheme } from '@strapi/design-system';
import { act, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { IntlProvider } from 'react-intl';
import { createMemoryRouter, RouterProvider } from 'react-router-dom';
import { ApiError } from '../../admin/src/api/client';
import { BuilderContext, type Builder } from '../../admin/src/templates/builder/builder-context';
import { BuilderPage } from '../../admin/src/templates/builder/BuilderPage';
import { ChecksCard } from '../../admin/src/templates/builder/ChecksCard';
import { focusField } from '../../admin/src/templates/builder/FieldAt';
import { Form } from '../../admin/src/templates/builder/Form';
import {
  accountsResource,
  alertsResource,
  draftsResource,
  templatesResource,
} from '../../admin/src/templates/resources';
import type { SaveDraft, TemplateDraftRecord } from '../../server/src/template-drafts/contract';
import { lintTemplate } from '../../server/src/templates/lint';
import { BAD } from '../server/unit/templates/bad-drafts';
import { BODY_NAMED, CAROUSEL, CODE, named, OFFER } from '../server/unit/templates/fixtures';
import { someAbilities } from './helpers/abilities';
import { messages, renderAdmin } from './helpers/render';
import { fakeServer, type Call } from './helpers/server';
import { accounts, aDraft, aTemplate } from './helpers/template-things';

const mockServer = fakeServer();
const mockNotify = jest.fn();
const mockWide = jest.fn();
jest.mock('@strapi/strapi/admin', () => ({
  getFetchClient: () => mockServer.client,
  attemptTokenRefresh: jest.fn(),
  useNotification: () => ({ toggleNotification: mockNotify }),
  useMediaQuery: () => mockWide() as boolean,
  useAuth: () => '7',
  BackButton: () => null,
  Page: {
    Main: ({ children }: { children: React.ReactNode }) => <main>{children}</main>,
    Title: () => null,
    Loading: () => <p>Loading</p>,
    NoData: () => <p>No such thing</p>,
  },
  Layouts: {
    Header: (props: Record<string, React.ReactNode>) => (
      <header>
        <h1>{props.title}</h1>
        <p>{props.subtitle}</p>
        {props.secondaryAction}
        {props.primaryAction}
      </header>
    ),
    Content: ({ children }: { children: React.ReactNode }) => <>{children}</>,
  },
}));

const press = (name: string | RegExp) => userEvent.click(screen.getByRole('button', { name }));
const textOf = (name: string | RegExp) => screen.getByRole('textbox', { name });

/** A server that keeps one draft as the real one does. */
const serve = (draft: TemplateDraftRecord, review: 'off' | 'two-person' = 'off') => {
  const kept = { draft };
  mockServer.answer({
    'GET /templates': { data: [aTemplate()], meta: { nextCursor: null } },
    'GET /template-drafts': { data: [] },
    'GET /template-accounts': accounts(review),
    'GET /template-alerts': { data: [] },
    [`GET /template-drafts/${draft.id}`]: () => ({ data: kept.draft }),
    [`PUT /template-drafts/${draft.id}`]: ({ body }: Call) => {
      const { version, ...change } = body as SaveDraft;
      if (version !== kept.draft.version) return new ApiError('Changed', 409, 'draft_changed');
      kept.draft = { ...kept.draft, ...(change as object), version: version + 1 };
      return { data: kept.draft };
    },
  });
  return kept;
};

const open = async (
  draft: TemplateDraftRecord,
  { abilities = someAbilities(), search = '', dark = false } = {},
) => {
  const router = createMemoryRouter(
    [
      { path: '/plugins/whatsapp/templates/drafts/:id', element: <BuilderPage abilities={abilities} /> },
      { path: '*', element: <p>Elsewhere</p> },
    ],
    { initialEntries: [`/plugins/whatsapp/templates/drafts/${draft.id}${search}`] },
  );
  render(
    <IntlProvider locale="en" messages={messages} timeZone="UTC">
      <DesignSystemProvider locale="en" theme={dark ? darkTheme : lightTheme}>
        <RouterProvider router={router} />
      </DesignSystemProvider>
    </IntlProvider>,
  );
  await screen.findByRole('heading', { level: 1, name: draft.name });
  return router;
};

// jsdom has none; the router makes one for each move.
beforeAll(() => {
  Object.assign(globalThis, {
    Request: class {
      constructor(
        readonly url: string,
        readonly init: { signal: AbortSignal },
      ) {}
      get signal() {
        return this.init.signal;
      }
    },
  });
});
beforeEach(() => {
  mockServer.reset();
  mockNotify.mockReset();
  mockWide.mockReturnValue(true);
  Element.prototype.scrollIntoView = jest.fn();
  for (const resource of [templatesResource, draftsResource, accountsResource, alertsResource]) {
    act(() => resource.clear());
  }
});

describe('checks', () => {
  const value = (draft: TemplateDraftRecord): Builder => ({
    draft,
    problems: lintTemplate({ ...draft, ttlSeconds: draft.ttlSeconds ?? undefined }),
    source: null,
    change: jest.fn(),
    isTold: () => true,
    leave: jest.fn(),
    files: new Map(),
    rememberFile: jest.fn(),
  });

  it.each(BAD.map(([what, rule, draft]) => ({ what, rule, draft })))(
    '$what: says what is wrong in its own words and leads to a field',
    ({ rule, draft }) => {
      const record = aDraft({ ...draft, ttlSeconds: draft.ttlSeconds ?? null });
      const problem = lintTemplate(draft).find((one) => one.rule === rule)!;
      expect(`whatsapp.template.lint.${rule}` in messages).toBe(true);
      const { unmount } = renderAdmin(
        <BuilderContext.Provider value={value(record)}>
          <ChecksCard onGo={jest.fn()} />
          <Form readOnly={false} />
        </BuilderContext.Provider>,
      );
      const list = screen.getByRole('list', { name: 'Checks' });
      // Apostrophes beside braces are ICU's; figures and names between braces are not looked at.
      const pieces = messages[`whatsapp.template.lint.${rule}`]
        .replace(/'(?=\{)|(?<=\})'/g, '')
        .split(/\{+[^}]*\}+/);
      for (const piece of pieces) if (/\w/.test(piece)) expect(list).toHaveTextContent(piece.trim());
      expect(focusField(problem.path)).toBe(true);
      unmount();
    },
  );
});

describe('the builder', () => {
  it('writes a named template with variable, example and buttons, and saves it by itself', async () => {
    const kept = serve(aDraft({ category: 'UTILITY', components: [{ type: 'BODY', text: '' }] }));
    await open(kept.draft);
    const body = screen.getByRole('textbox', { name: /^Text/ });
    await userEvent.type(body, 'Hello ');
    await press('Variable');
    await userEvent.type(body, ', it is ready for you.', {
      initialSelectionStart: 15,
      initialSelectionEnd: 15,
    });
    expect(body).toHaveValue('Hello {{value}}, it is ready for you.');
    const name = textOf('Name of the variable');
    await userEvent.clear(name);
    await userEvent.type(name, 'First name{Enter}');
    expect(body).toHaveValue('Hello {{first_name}}, it is ready for you.');
    await userEvent.type(textOf(/^Example for first_name/), 'Ana');
    expect(screen.getByText('Hello Ana, it is ready for you.')).toBeInTheDocument();

    await press('Add a button');
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Link' }));
    await press('Add a button');
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Quick reply' }));
    const rows = within(screen.getByRole('list', { name: 'Buttons' })).getAllByRole('listitem');
    expect(rows.map((row) => within(row).getByText(/^Button \d: /).textContent)).toEqual([
      'Button 1: Link',
      'Button 2: Quick reply',
    ]);
    screen.getByRole('button', { name: /^Button 2 of 2: move/ }).focus();
    await userEvent.keyboard('{ArrowUp}');
    expect(screen.getByText('Button 1: Quick reply')).toBeInTheDocument();
    expect(await screen.findByText('Saved', {}, { timeout: 3_000 })).toBeInTheDocument();
    expect(kept.draft.components).toMatchObject([
      {
        text: 'Hello {{first_name}}, it is ready for you.',
        example: { body_text_named_params: [{ param_name: 'first_name', example: 'Ana' }] },
      },
      { buttons: [{ type: 'QUICK_REPLY' }, { type: 'URL' }] },
    ]);
  });

  it('leads to what is wrong instead of submitting it', async () => {
    const kept = serve(aDraft({ components: [{ type: 'BODY', text: '{{name}} is ready for you today' }] }));
    await open(kept.draft);
    await press('Submit to Meta');
    expect(mockServer.asked('POST', '/template-drafts/d1/submit')).toEqual([]);
    expect(screen.getByRole('textbox', { name: /^Text/ })).toHaveFocus();
    expect(
      screen.getAllByText('The text must not begin or end with a variable. Put a word before or after it.'),
    ).toHaveLength(2);
  });

  it('saves what was typed last, submits and leads to the template', async () => {
    const kept = serve(aDraft());
    mockServer.answer({
      'POST /template-drafts/d1/submit': () => ({
        data: { ...kept.draft, state: 'submitted', templateId: 't9' },
      }),
    });
    const router = await open(kept.draft);
    await userEvent.type(textOf('Footer'), 'Us');
    await press('Submit to Meta');
    await screen.findByText('Elsewhere');
    expect(router.state.location.pathname).toBe('/plugins/whatsapp/templates/t9');
    const order = mockServer.calls.filter(({ path }) => path.startsWith('/template-drafts/d1'));
    expect(order.map(({ method }) => method)).toEqual(['GET', 'PUT', 'POST']);
  });

  it('shows Meta’s refusal in Meta’s words and keeps the draft', async () => {
    const kept = serve(aDraft());
    mockServer.answer({
      'POST /template-drafts/d1/submit': () => {
        kept.draft = {
          ...kept.draft,
          submitError: {
            title: 'Name in use',
            message: 'There is such a name already.',
            hint: 'Choose another.',
          },
        };
        return new ApiError('Meta refused it', 422, 'template_refused');
      },
    });
    await open(kept.draft);
    await press('Submit to Meta');
    expect(await screen.findByText('Name in use')).toBeInTheDocument();
    expect(screen.getByText('There is such a name already.')).toBeInTheDocument();
    expect(screen.getByText('Choose another.')).toBeInTheDocument();
  });

  it('lets the person choose when a colleague has saved the same draft', async () => {
    const kept = serve(aDraft());
    await open(kept.draft);
    kept.draft = {
      ...kept.draft,
      version: 9,
      components: [{ type: 'BODY', text: 'The colleague’s own words.' }],
    };
    await userEvent.type(textOf('Footer'), 'Us');
    expect(
      await screen.findByText('Somebody else changed this draft', {}, { timeout: 3_000 }),
    ).toBeInTheDocument();
    expect(textOf('Footer')).toHaveValue('Us');
    await press('Load theirs');
    expect(screen.getByRole('textbox', { name: /^Text/ })).toHaveValue('The colleague’s own words.');
    expect(textOf('Footer')).toHaveValue('');
  });

  it('saves on the way out, and asks only when that fails', async () => {
    const kept = serve(aDraft());
    const router = await open(kept.draft);
    await userEvent.type(textOf('Footer'), 'Us');
    mockServer.answer({ 'PUT /template-drafts/d1': new ApiError('No', 403, 'forbidden') });
    act(() => void router.navigate('/plugins/whatsapp/templates'));
    expect(await screen.findByText('Leave without saving?')).toBeInTheDocument();
    await press('Stay');
    expect(textOf('Footer')).toHaveValue('Us');
    mockServer.answer({ 'PUT /template-drafts/d1': { data: { ...kept.draft, version: 2 } } });
    act(() => void router.navigate('/plugins/whatsapp/templates'));
    expect(await screen.findByText('Elsewhere')).toBeInTheDocument();
  });

  it('stands still while a colleague is asked, and lets another person agree or send it back', async () => {
    const kept = serve(aDraft({ state: 'in_review', author: { id: '8', name: 'Kim' } }), 'two-person');
    mockServer.answer({
      'POST /template-drafts/d1/return': ({ body }: Call) => ({
        data: {
          ...kept.draft,
          state: 'returned',
          reviewer: { id: '7', name: 'Lee' },
          reviewNote: (body as { note: string }).note,
        },
      }),
    });
    await open(kept.draft);
    expect(textOf('Footer')).toBeDisabled();
    expect(await screen.findByRole('button', { name: 'Agree' })).toBeEnabled();
    await press('Ask for changes');
    await userEvent.type(textOf(/What should be changed/), 'Say when.');
    await userEvent.click(screen.getAllByRole('button', { name: 'Ask for changes' }).at(-1)!);
    expect(await screen.findByText('Lee asks for changes')).toBeInTheDocument();
    expect(screen.getByText('Say when.')).toBeInTheDocument();
    expect(textOf('Footer')).toBeEnabled();
  });

  it('shows the language that is translated from beside each field', async () => {
    const kept = serve(aDraft({ name: 'order_ready', language: 'tr', category: 'UTILITY', components: [] }));
    await open(kept.draft, { search: '?source=template-t1' });
    expect(
      await screen.findByText(/Hi {{first_name}}, your order is ready for pickup\./),
    ).toBeInTheDocument();
    expect(screen.getByText('In American English')).toBeInTheDocument();
  });

  it('replaces the words by Meta’s for a code, and brings them back', async () => {
    const kept = serve(aDraft({ category: 'UTILITY' }));
    await open(kept.draft);
    await userEvent.click(screen.getByRole('radio', { name: 'Authentication' }));
    expect(screen.getByRole('checkbox', { name: 'Add the advice not to share the code' })).toBeChecked();
    expect(screen.queryByRole('textbox', { name: /^Text/ })).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole('radio', { name: 'Utility' }));
    expect(screen.getByRole('textbox', { name: /^Text/ })).toHaveValue('Hello from our shop in town.');
  });

  it.each([
    ['carousel', CAROUSEL, 'Card 2'],
    ['offer', OFFER, 'Text of the offer'],
    ['code', CODE, 'Button for the code'],
  ])('has fields for a %s', async (_, draft, field) => {
    const kept = serve(aDraft({ ...draft, ttlSeconds: null }));
    await open(kept.draft);
    expect(screen.getByText(field, { exact: false })).toBeInTheDocument();
    expect(screen.getByText('Nothing that Meta would refuse.')).toBeInTheDocument();
  });

  it('keeps a part that it has no fields for, and shows it', async () => {
    const foreign = { type: 'CALL_PERMISSION_REQUEST' };
    const kept = serve(aDraft({ ...named(BODY_NAMED, foreign), ttlSeconds: null }));
    await open(kept.draft);
    expect(screen.getByText('CALL_PERMISSION_REQUEST')).toBeInTheDocument();
    await userEvent.type(textOf('Footer'), 'Us');
    await waitFor(() => expect(kept.draft.version).toBe(2), { timeout: 3_000 });
    expect(kept.draft.components).toContainEqual(foreign);
  });

  it('has the preview behind a tab where the page is narrow, and problems lead back', async () => {
    mockWide.mockReturnValue(false);
    const kept = serve(aDraft({ components: [{ type: 'BODY', text: '' }] }));
    await open(kept.draft);
    expect(screen.queryByText('Checks')).not.toBeInTheDocument();
    await press('Preview and checks (1)');
    expect(screen.queryByRole('textbox', { name: /^Text/ })).not.toBeInTheDocument();
    await press('Text');
    expect(screen.getByRole('textbox', { name: /^Text/ })).toHaveFocus();
  });

  it('starts from Meta’s library', async () => {
    const kept = serve(aDraft({ category: 'UTILITY' }));
    mockServer.answer({
      'GET /template-library': {
        data: [
          {
            id: 'l1',
            name: 'delivery_update',
            language: 'en',
            category: 'UTILITY',
            header: null,
            body: 'Your parcel {{1}} is on its way to you.',
            buttons: [],
          },
        ],
      },
    });
    await open(kept.draft);
    await press("Meta's library");
    await userEvent.click(await screen.findByRole('button', { name: 'Use delivery_update' }));
    expect(screen.getByRole('textbox', { name: /^Text/ })).toHaveValue(
      'Your parcel {{1}} is on its way to you.',
    );
    expect(
      screen.getByText("Give an example for every variable; Meta's reviewers read it."),
    ).toBeInTheDocument();
  });
});
