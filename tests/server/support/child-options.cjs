/** Preloaded into a command of ours that a test runs: the plugin's options, which tests/app reads from here. */
'use strict';

globalThis.whatsappTestOptions = JSON.parse(process.env.CHILD_OPTIONS);
