import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { countdown } from '../../admin/src/templates/preview/countdown';
import { directionOf } from '../../server/src/templates/languages';
import { openableUrl } from '../../admin/src/templates/preview/button-kinds';
import { isShowable } from '../../admin/src/templates/preview/preview-media';
import { TemplatePreview } from '../../admin/src/templates/preview/TemplatePreview';
import { readTemplate } from '../../admin/src/messages/bubble/template';
import { MessageView } from '../../admin/src/messages/bubble/MessageView';
import type { TemplateDefinition } from '../../server/src/templates/model';
import { renderTemplate } from '../../server/src/templates/render';
import type { TemplateValues } from '../../server/src/templates/values';
import { renderAdmin } from './helpers/render';
import { aMessage } from './helpers/things';
import * as all from './helpers/templates';

jest.mock('@strapi/strapi/admin', () => ({ getFetchClient: jest.fn() }));

const show = (definition: TemplateDefinition, values?: TemplateValues) =>
  renderAdmin(
    <TemplatePreview
      rendered={renderTemplate(definition, values)}
      language={definition.language}
      frame="phone"
    />,
  );

describe('template preview', () => {
  it.each(Object.entries(all))('draws %s without any value', (_name, definition) => {
    const { container } = show(definition);
    expect(container.textContent).not.toBe('');
  });

  it('marks what is still to be filled in, also inside markup', () => {
    const { container } = show(all.ORDER_READY, { header: { 1: '4711' } });
    expect([...container.querySelectorAll('mark')].map((mark) => mark.textContent)).toEqual([
      '{{first_name}}',
    ]);
    expect(container.querySelector('strong mark')).not.toBeNull();
  });

  it('marks nothing in a message that is out: whoever wrote braces meant braces', () => {
    const rendered = renderTemplate(all.ORDER_READY);
    const { container } = renderAdmin(<TemplatePreview rendered={rendered} gaps={false} />);
    expect(container.querySelector('mark')).toBeNull();
    expect(container).toHaveTextContent('{{first_name}}');
  });

  it('opens an address only once it is complete', () => {
    show(all.ORDER_READY, { buttons: [null, { text: '4711' }] });
    expect(screen.getByRole('link', { name: 'Track' })).toHaveAttribute('href', 'https://example.com/t/4711');
  });

  it('leaves an unfinished address closed', () => {
    show(all.ORDER_READY);
    expect(screen.queryByRole('link')).not.toBeInTheDocument();
    expect(screen.getByText('Track')).toBeInTheDocument();
  });

  it('folds more than three buttons behind "See all options"', async () => {
    show(all.MANY_BUTTONS);
    expect(screen.queryByText('Three')).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'See all options' }));
    expect(screen.getByText('Five')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Show fewer options' })).toHaveAttribute(
      'aria-expanded',
      'true',
    );
  });

  it('tells presses by button and card', async () => {
    const onPress = jest.fn();
    renderAdmin(<TemplatePreview rendered={renderTemplate(all.CAROUSEL)} onPress={onPress} />);
    const second = screen.getByRole('group', { name: 'Card 2 of 2' });
    await userEvent.click(within(second).getByRole('button', { name: 'More' }));
    expect(onPress).toHaveBeenCalledWith(0, 1);
  });

  it('puts the cards into the tab order, to be scrolled by keys', async () => {
    show(all.CAROUSEL);
    const row = screen.getByRole('group', { name: '2 cards' });
    const scrollBy = jest.fn();
    row.scrollBy = scrollBy;
    row.focus();
    await userEvent.keyboard('{ArrowRight}');
    expect(scrollBy).toHaveBeenCalledWith(expect.objectContaining({ left: 228 }));
  });

  it('counts an offer down', () => {
    jest.useFakeTimers({ now: 1_800_000_000_000 });
    try {
      show(all.OFFER, {
        limitedTimeOffer: { expiresAt: 1_800_000_065_000 },
        buttons: [{ couponCode: 'SUN25' }],
      });
      expect(screen.getByText('Ends in 01:05')).toBeInTheDocument();
      expect(screen.getByText('Code SUN25')).toBeInTheDocument();
      act(() => jest.advanceTimersByTime(70_000));
      expect(screen.getByText('Offer ended')).toBeInTheDocument();
    } finally {
      jest.useRealTimers();
    }
  });

  it('writes Arabic from the right', () => {
    const { container } = show(all.ARABIC);
    expect(container.querySelector('[dir="rtl"]')).toHaveTextContent('مرحبا');
  });

  it.each(['light', 'dark'] as const)('stays %s whatever the panel looks like', (scheme) => {
    const look = (dark: boolean) => {
      const { container, unmount } = renderAdmin(
        <TemplatePreview rendered={renderTemplate(all.WITH_IMAGE)} frame="phone" scheme={scheme} />,
        { dark },
      );
      const style = getComputedStyle(container.querySelector(`[data-scheme="${scheme}"]`) as Element);
      const ground = style.backgroundColor;
      unmount();
      return ground;
    };
    expect(look(true)).toBe(look(false));
  });

  it('shows a picture of our own and names one from elsewhere', () => {
    const rendered = renderTemplate(all.WITH_IMAGE);
    const { container } = renderAdmin(
      <TemplatePreview
        rendered={rendered}
        media={() => ({ url: 'https://x.io/a.png', fileName: 'a.png' })}
      />,
    );
    expect(container.querySelector('img')).toBeNull();
    expect(container).toHaveTextContent('a.png');
  });
});

describe('rules of the preview', () => {
  it.each([
    ['ar', 'rtl'],
    ['prs_AF', 'rtl'],
    ['ur', 'rtl'],
    ['en_US', 'ltr'],
    ['az', 'ltr'],
  ])('%s begins %s', (code, direction) => expect(directionOf(code)).toBe(direction));

  it.each([
    [0, null],
    [59_999, { days: 0, hours: 0, clock: '00:59' }],
    [3_600_000, { days: 0, hours: 1, clock: '01:00:00' }],
    [2 * 86_400_000 + 7_200_000, { days: 2, hours: 2, clock: '02:00:00' }],
  ])('%i ms before the end', (left, expected) => expect(countdown(1_000 + left, 1_000)).toEqual(expected));

  it.each(['javascript:alert(1)', 'https://a.io/{{1}}', '+155', null])('does not open %s', (target) =>
    expect(openableUrl(target)).toBeNull(),
  );

  it.each([
    ['blob:x', true],
    ['/whatsapp/media/1', true],
    ['//evil.example/a.png', false],
    ['https://evil.example/a.png', false],
    ['data:text/html,x', false],
  ])('shows %s: %s', (url, expected) => expect(isShowable(url)).toBe(expected));
});

describe('template in the thread', () => {
  const actions = Object.fromEntries(
    [
      'onJump',
      'onReply',
      'onRetry',
      'onEdit',
      'onReact',
      'onOpen',
      'onRetryMedia',
      'onSendAgain',
      'onCancel',
      'onReschedule',
    ].map((name) => [name, jest.fn()]),
  ) as unknown as Parameters<typeof MessageView>[0]['actions'];
  const bubble = (change: Parameters<typeof aMessage>[0]) =>
    renderAdmin(
      <MessageView
        message={aMessage({ direction: 'outbound', type: 'template', ...change })}
        contactName="Ana"
        actions={actions}
        first
        last
        flash={false}
        canSend
        userId="7"
      />,
    );

  it('is drawn as it was filled in when it went', () => {
    const rendered = renderTemplate(all.ORDER_READY, {
      header: { 1: '4711' },
      body: { first_name: 'Ana' },
      buttons: [null, { text: '9' }],
    });
    bubble({ content: { rendered }, template: { name: 'order_ready', language: 'en_US', parameters: null } });
    expect(screen.getByText('Ana', { selector: 'strong' })).toBeInTheDocument();
    expect(screen.getByText('Order 4711')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'Track' })).toBeInTheDocument();
    expect(screen.getByText(/Template order_ready · en_US/)).toBeInTheDocument();
  });

  it('shows what is there of one that nobody knows', () => {
    bubble({ text: 'Hello from before', content: { footer: 'Bye', buttons: [{ text: 'Yes' }] } });
    expect(screen.getByText('Hello from before')).toBeInTheDocument();
    expect(screen.getByText('Yes')).toBeInTheDocument();
  });

  it('tells its time and state once', () => {
    const { container } = bubble({ text: 'x', status: 'read' });
    expect(container.querySelectorAll('time')).toHaveLength(1);
  });

  it.each([null, 7, 'x', { body: 3 }, { body: 'x', buttons: {}, cards: [] }])(
    'falls back to the text when the drawing is %j',
    (rendered) => {
      const message = aMessage({ type: 'template', text: 'plain', content: { rendered } });
      expect(readTemplate(message).rendered.body).toBe('plain');
    },
  );
});
