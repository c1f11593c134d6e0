import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { createPrompt } from './prompt';
import { createSimulator } from './simulator';

const HELP = `whatsapp-simulator: Meta's WhatsApp Cloud API on this machine

  --port <n>                  default 4010; 0 = any free port
  --callback <url>            where webhooks go, e.g. http://127.0.0.1:1337/api/whatsapp/webhook
  --verify-token <text>       sent in the GET check of the callback (with --verify)
  --verify                    check the callback before anything else
  --app-secret <text>         default simulator-app-secret
  --token <text>              default simulator-token
  --phone-number-id <digits>  default 555002000000002
  --waba-id <digits>          default 555001000000001
  --display-phone-number <n>  default +15550100100
  --name <text>               verified name, default "Simulated shop"
  --state <file>              keep customers and chats in this file
  --help
`;

const parse = () =>
  parseArgs({
    options: {
      port: { type: 'string', default: '4010' },
      callback: { type: 'string' },
      'verify-token': { type: 'string' },
      verify: { type: 'boolean', default: false },
      'app-secret': { type: 'string', default: 'simulator-app-secret' },
      token: { type: 'string', default: 'simulator-token' },
      'phone-number-id': { type: 'string', default: '555002000000002' },
      'waba-id': { type: 'string', default: '555001000000001' },
      'display-phone-number': { type: 'string', default: '+15550100100' },
      name: { type: 'string', default: 'Simulated shop' },
      state: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  }).values;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const run = async (): Promise<void> => {
  const options = parse();
  if (options.help) return say(HELP);
  const simulator = createSimulator({ port: Number(options.port), stateFile: options.state, control: true });
  const number = simulator.addNumber({
    phoneNumberId: options['phone-number-id'],
    wabaId: options['waba-id'],
    displayPhoneNumber: options['display-phone-number'],
    verifiedName: options.name,
    accessToken: options.token,
    appSecret: options['app-secret'],
    callbackUrl: options.callback ?? null,
    verifyToken: options['verify-token'],
  });
  if (simulator.customers.list().length === 0) {
    simulator.customers.add({ id: 'ana', name: 'Ana Pérez', phone: '+15550100177', username: 'ana.p' });
    simulator.customers.add({ id: 'ben', name: 'Ben', phone: null, username: 'ben_w' });
  }
  await simulator.start();
  say(`Graph API        ${simulator.url}/v25.0`);
  say(`Phone number id  ${number.phoneNumberId}`);
  say(`WABA id          ${number.wabaId}`);
  say(`Webhooks go to   ${options.callback ?? 'nowhere (--callback <url>)'}`);
  say(`Control          ${simulator.url}/_simulator`);
  if (options.verify)
    say(`Callback check   ${(await simulator.verifyCallback(number.phoneNumberId)) ? 'passed' : 'failed'}`);

  const stop = async (): Promise<void> => {
    prompt.close();
    input.close();
    await simulator.stop();
  };
  const input = createInterface({
    input: process.stdin,
    output: process.stdout,
    terminal: process.stdin.isTTY,
  });
  const prompt = createPrompt(simulator, number.phoneNumberId, say, () => void stop());
  // Without a terminal the end of the input is no wish to stop: it may run as a background service.
  if (process.stdin.isTTY) input.on('close', () => void stop());
  input.on('line', (line) => void prompt.run(line));
  process.once('SIGINT', () => void stop());
  process.once('SIGTERM', () => void stop());
  say('Type help for what a customer can do.');
};

run().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
