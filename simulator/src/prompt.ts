import { FAULTS, isFaultName } from './faults';
import type { Simulator } from './api';
import type { PlayAction } from './types';

export interface Prompt {
  /** Carries out one line and prints what comes of it. */
  run(line: string): Promise<void>;
  close(): void;
}

const HELP = `  <text>                    the customer writes it
  /image [caption]  /voice  /document [name]  /sticker  /location  /contact  /order  /poll
  /react <emoji>            to the newest message of the business; without an emoji: take it back
  /reply <text>             quotes the newest message of the business
  /tap                      taps the first button of the newest message of the business
  /open                     looks at the chat (read receipts)
  /thread                   shows the chat
  /customers  /use <id>  /add <name> [+phone] [@username]
  /fault <name> [times]  /clear [name]  /faults
  /quit`;

export const createPrompt = (
  simulator: Simulator,
  number: string,
  say: (line: string) => void,
  quit: () => void,
): Prompt => {
  let current = simulator.customers.list()[0]?.id ?? '';

  const newest = (): { wamid: string; type: string } => {
    const message = simulator
      .thread(current, number)
      .filter((candidate) => candidate.direction === 'in')
      .at(-1);
    if (!message) throw new Error('The business has not written yet');
    return message;
  };
  const act = async (action: PlayAction): Promise<void> =>
    void (await simulator.play(current, number, action));
  const tap = (): Promise<void> => {
    const { wamid, type } = newest();
    return act(
      type === 'template' ? { type: 'button', messageId: wamid } : { type: 'button_reply', messageId: wamid },
    );
  };
  const add = (rest: string): void => {
    const words = rest.split(/\s+/);
    const phone = words.find((word) => word.startsWith('+')) ?? null;
    const username = words.find((word) => word.startsWith('@')) ?? null;
    const name = words.filter((word) => !/^[+@]/.test(word)).join(' ');
    current = simulator.customers.add({ name, phone, username }).id;
    say(`now ${name} (${current})`);
  };
  const fault = (rest: string): void => {
    const [name, times] = rest.split(/\s+/);
    if (!isFaultName(name)) throw new Error(`Known: ${Object.keys(FAULTS).join(', ')}`);
    simulator.faults.set(name, times ? { times: Number(times) } : {});
  };
  const use = (id: string): void => {
    if (!simulator.customers.get(id)) throw new Error(`No customer '${id}'`);
    current = id;
  };

  const commands: Record<string, (rest: string) => void | Promise<void>> = {
    help: () => say(HELP),
    image: (rest) => act({ type: 'image', caption: rest || undefined }),
    voice: () => act({ type: 'audio' }),
    document: (rest) => act({ type: 'document', fileName: rest || undefined }),
    sticker: () => act({ type: 'sticker' }),
    location: () => act({ type: 'location' }),
    contact: () => act({ type: 'contacts' }),
    order: () => act({ type: 'order' }),
    poll: () => act({ type: 'unsupported' }),
    react: (rest) => act({ type: 'reaction', messageId: newest().wamid, emoji: rest }),
    reply: (rest) => act({ type: 'text', text: rest, replyTo: newest().wamid }),
    tap,
    open: () => simulator.openChat(current, number),
    thread: () =>
      simulator.thread(current, number).forEach((message) => {
        const reactions = message.reactions.map((reaction) => reaction.emoji).join('');
        say(
          `${message.direction === 'in' ? '<' : '>'} [${message.type}, ${message.state}] ${message.text} ${reactions}`,
        );
      }),
    customers: () =>
      simulator.customers.list().forEach(({ id, name, phone, username }) => {
        say(
          `${id === current ? '*' : ' '} ${id}  ${name}  ${[phone, username && `@${username}`].filter(Boolean).join(' ')}`,
        );
      }),
    use,
    add,
    fault,
    clear: (rest) => simulator.faults.clear(isFaultName(rest) ? rest : undefined),
    faults: () =>
      simulator.faults
        .list()
        .forEach(({ name, description, active }) => say(`${active ? '*' : ' '} ${name}: ${description}`)),
    quit,
  };

  const run: Prompt['run'] = async (line) => {
    const text = line.trim();
    if (!text) return;
    const [, word, rest] = /^\/?(\S+)\s*(.*)$/s.exec(text) ?? [];
    const command = text.startsWith('/') || word === 'help' ? commands[word] : undefined;
    try {
      if (command) await command(rest);
      else if (text.startsWith('/')) say('Unknown; type help');
      else await act({ type: 'text', text });
    } catch (error) {
      say((error as Error).message);
    }
  };

  // Statuses show as ticks in /thread; a line is printed only when the business writes.
  const seen = new Set(simulator.thread(current, number).map((message) => message.wamid));
  const close = simulator.on('change', ({ kind, customerId }) => {
    if (kind !== 'message' || !customerId) return;
    for (const message of simulator.thread(customerId, number)) {
      if (message.direction !== 'in' || seen.has(message.wamid)) continue;
      seen.add(message.wamid);
      say(
        `< to ${simulator.customers.get(customerId)?.name || 'an unknown number'}: [${message.type}] ${message.text}`,
      );
    }
  });

  return { run, close };
};
