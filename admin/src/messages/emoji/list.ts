/** The six that WhatsApp offers first. */
export const QUICK_REACTIONS = ['👍', '❤️', '😂', '😮', '😢', '🙏'] as const;

export type EmojiGroup = 'faces' | 'hands' | 'hearts' | 'work' | 'things' | 'nature';

const split = (text: string): string[] => text.split(' ');

/** A small set that teams write with; the keyboard of the system has the rest. No data are fetched for it. */
export const EMOJI: readonly { group: EmojiGroup; emoji: string[] }[] = [
  {
    group: 'faces',
    emoji: split(
      '😀 😃 😄 😁 😅 😂 🤣 😊 🙂 😉 😍 🥰 😘 😋 😎 🤓 🤩 🥳 😏 😌 🤗 🤔 🤝 😐 😬 🙄 😮 😯 😲 😳 🥺 😢 😭 😤 😡 😱 😴 🤒 🤕 😇 🤷 🤦',
    ),
  },
  { group: 'hands', emoji: split('👍 👎 👌 🙏 👏 🙌 🤞 ✌️ 👋 💪 👉 👈 👆 👇 ☝️ ✋ 🤙 🤲 ✍️ 👀') },
  { group: 'hearts', emoji: split('❤️ 🧡 💛 💚 💙 💜 🖤 🤍 💔 💕 💯 ✨ ⭐ 🌟 🔥 🎉 🎊 🎁 🎂 🥂') },
  {
    group: 'work',
    emoji: split('✅ ☑️ ❌ ⚠️ ❗ ❓ ℹ️ 📌 📍 📎 📅 ⏰ ⏳ 📞 📱 💻 📧 📦 🚚 🏠 🏢 🛒 🛍️ 💳 💶 🧾 📄 🔑 🔒 🔔'),
  },
  {
    group: 'things',
    emoji: split('☕ 🍵 🍰 🍕 🍔 🥗 🍎 🍷 🚗 🚕 ✈️ 🚆 🚲 ⚽ 🎵 📷 🎬 📚 🛠️ 💡 🪑 🛏️ 👕 👟'),
  },
  { group: 'nature', emoji: split('☀️ 🌤️ ☁️ 🌧️ ⛈️ ❄️ 🌈 🌙 🌊 🌸 🌹 🌻 🌳 🐶 🐱 🐦 🐝 🌍') },
];
