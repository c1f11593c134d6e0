import type { SimulatedCustomer } from './contract';
import type { SimulatedAction, SimulatorPort } from './simulator-port';

interface SampleCustomer {
  name: string;
  phone: string | null;
  username: string | null;
  /** When the customer wrote; a second apart each. */
  minutesAgo: number;
  says: SimulatedAction[];
  /** What the team answers, after the customer wrote. */
  answer?: string;
  /** The customer looks at the answer: its ticks turn. */
  reads?: boolean;
  /** What the customer writes after the answer. */
  then?: SimulatedAction[];
}

/** A small shop's morning: every kind of thread that the inbox has to show, through real webhooks. */
export const SAMPLE_CUSTOMERS: SampleCustomer[] = [
  {
    name: 'Ana Ruiz',
    phone: '+34600555101',
    username: null,
    minutesAgo: 26,
    says: [{ type: 'text', text: 'Hi! Is the *walnut desk* still in stock?' }],
    answer: 'Good morning Ana! Yes, two are left. Shall I reserve one for you?',
    reads: true,
    then: [
      { type: 'text', text: 'Perfect, thank you! Yes please 🙏' },
      { type: 'text', text: 'Could you deliver it on _Thursday_ before noon?' },
    ],
  },
  {
    name: 'Deniz Kaya',
    phone: '+905325550123',
    username: 'deniz.kaya',
    minutesAgo: 95,
    says: [
      { type: 'text', text: 'Merhaba, siparişim ne zaman gelir?' },
      { type: 'image', caption: 'Bu ürün' },
    ],
  },
  {
    name: 'Priya',
    phone: null,
    username: 'priya.designs',
    minutesAgo: 190,
    says: [{ type: 'text', text: 'Hello, do you ship to Bengaluru?' }],
    answer: 'Hello Priya! We do, it takes about a week.',
  },
  {
    name: 'יעל כהן',
    phone: '+972525550177',
    username: null,
    minutesAgo: 1260,
    says: [{ type: 'text', text: 'שלום, האם החנות פתוחה היום?' }],
  },
  {
    name: 'Bob Miller',
    phone: '+14155550142',
    username: null,
    minutesAgo: 300,
    says: [{ type: 'text', text: 'Where can I find you?' }, { type: 'location' }],
    answer: 'Thanks Bob, we are two streets away: https://example.com/find-us',
    reads: true,
  },
];

export interface SampleStage {
  simulator: SimulatorPort;
  phoneNumberId: string;
  /** Whose people the samples are. */
  portfolioId: string;
  /** Reads and answers as the demo's agent; resolves when the answer was handed to the lane. */
  answer(customer: { phone: string | null; userId: string }, text: string): Promise<void>;
}

const isSample =
  ({ phone, username }: SampleCustomer) =>
  (customer: SimulatedCustomer): boolean =>
    phone === null ? customer.username === username : customer.phone === phone;

/** Plays the samples; returns when every webhook and every status went through. */
export const playSampleCustomers = async ({
  simulator,
  phoneNumberId,
  portfolioId,
  answer,
}: SampleStage): Promise<void> => {
  // The simulator keeps its customers when the site's database is made anew.
  const known = simulator.customers.list(portfolioId);
  for (const sample of SAMPLE_CUSTOMERS) {
    const { name, phone, username } = sample;
    const customer =
      known.find(isSample(sample)) ?? simulator.customers.add({ name, phone, username, portfolioId });
    const wroteAt = Date.now() - sample.minutesAgo * 60_000;
    for (const [index, action] of sample.says.entries()) {
      await simulator.play(customer.id, phoneNumberId, { ...action, at: wroteAt + index * 1000 });
    }
    await simulator.idle(15_000);
    if (sample.answer) {
      await answer(customer, sample.answer);
      await settleAnswer(simulator, customer.id, phoneNumberId);
      if (sample.reads) simulator.openChat(customer.id, phoneNumberId);
    }
    for (const action of sample.then ?? []) await simulator.play(customer.id, phoneNumberId, action);
    await simulator.idle(15_000);
  }
};

/** Waits until the phone shows the answer: the lane sends it on its own. */
const settleAnswer = async (
  simulator: SimulatorPort,
  customerId: string,
  phoneNumberId: string,
): Promise<void> => {
  for (let round = 0; round < 100; round += 1) {
    if (simulator.thread(customerId, phoneNumberId).some((message) => message.direction === 'in')) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await simulator.idle(15_000);
};
