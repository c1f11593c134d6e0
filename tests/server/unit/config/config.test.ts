import { config, type WhatsAppConfig } from '../../../../server/src/config';

type Path = [section: keyof WhatsAppConfig, key: string];

const withValue = ([section, key]: Path, value: unknown): WhatsAppConfig => {
  const given = structuredClone(config.default) as unknown as Record<string, Record<string, unknown>>;
  given[section][key] = value;
  return given as unknown as WhatsAppConfig;
};

const MAY_BE_ZERO = ['keepPayloadDays', 'minutesAtStart', 'syncMinutes'];

describe('plugin options', () => {
  it('are valid as they come', () => {
    expect(() => config.validator(config.default)).not.toThrow();
  });

  const numbers = (Object.entries(config.default) as [keyof WhatsAppConfig, unknown][]).flatMap(
    ([section, values]) =>
      Object.entries(values as object)
        .filter(([, value]) => typeof value === 'number')
        .map(([key]): Path => [section, key]),
  );

  it('hold the numbers that are checked below', () => {
    expect(numbers.map((path) => path.join('.'))).toEqual([
      'health.everyMinutes',
      'webhook.maxBytes',
      'webhook.bufferDeliveries',
      'webhook.bufferBytes',
      'webhook.readTimeoutMs',
      'webhook.keepPayloadDays',
      'webhook.rejectedPerMinute',
      'sending.messagesPerSecond',
      'sending.coexistencePerSecond',
      'sending.timeoutMs',
      'limits.writesPerMinutePerToken',
      'limits.writesPerMinutePerAdmin',
      'limits.bodyBytes',
      'templates.syncMinutes',
      'media.maxBytes',
      'debug.minutesAtStart',
      'retention.deliveryLogDays',
      'retention.changeHours',
      'retention.auditDays',
    ]);
  });

  it('let the bytes of applied calls be kept for no day at all', () => {
    expect(() => config.validator(withValue(['webhook', 'keepPayloadDays'], 0))).not.toThrow();
  });

  it.each(
    numbers.flatMap((path) =>
      [MAY_BE_ZERO.includes(path[1]) ? -0.5 : 0, -1, NaN, Infinity, '20', null, undefined].map((value) => ({
        path,
        value,
      })),
    ),
  )('refuse $path as $value, naming the key', ({ path, value }) => {
    expect(() => config.validator(withValue(path, value))).toThrow(`"${path.join('.')}"`);
  });

  it.each<[string, WhatsAppConfig]>([
    ['graphVersion', { ...config.default, graphVersion: '25' }],
    ['sending', { ...config.default, sending: undefined as unknown as WhatsAppConfig['sending'] }],
    ['sending.messagesPerSecond', withValue(['sending', 'messagesPerSecond'], 1_001)],
    ['sending.coexistencePerSecond', withValue(['sending', 'coexistencePerSecond'], 21)],
    ['numbers', { ...config.default, numbers: {} as never }],
    ['numbers', { ...config.default, numbers: [{ token: 'x' } as never] }],
    ['numbers', { ...config.default, numbers: [{ accessToken: 7 } as never] }],
    ['encryption.keys', withValue(['encryption', 'keys'], 'one key')],
    ['encryption.keys', withValue(['encryption', 'keys'], ['too short'])],
    ['network.trustedHosts', withValue(['network', 'trustedHosts'], [''])],
    ['health.enabled', withValue(['health', 'enabled'], 'no')],
    ['network.loopbackEndpoints', withValue(['network', 'loopbackEndpoints'], 'no')],
    ['media.directory', withValue(['media', 'directory'], '')],
    ['media.directory', withValue(['media', 'directory'], 'public/uploads/whatsapp')],
    ['media.directory', withValue(['media', 'directory'], '/srv/app/public')],
    ['media.directory', withValue(['media', 'directory'], 'x\\public\\y')],
    ['simulator.enabled', withValue(['simulator', 'enabled'], 'yes')],
    ['simulator.stateFile', withValue(['simulator', 'stateFile'], 7)],
  ])('refuse a wrong %s, naming it', (key, given) => {
    expect(() => config.validator(given)).toThrow(`"${key}"`);
  });

  it('never repeat a key in their complaint', () => {
    const given = withValue(['encryption', 'keys'], ['hunter2']);
    expect(() => config.validator(given)).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('hunter2') }),
    );
  });

  it('take numbers whose variables are not set', () => {
    const numbers = [{ phoneNumberId: undefined, accessToken: undefined }];
    expect(() => config.validator({ ...config.default, numbers })).not.toThrow();
  });

  it('take a folder whose name only begins like the public one', () => {
    expect(() => config.validator(withValue(['media', 'directory'], '/srv/publicity/files'))).not.toThrow();
  });
});
