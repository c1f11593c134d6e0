/** What has to be there before minutes of installing and building begin; each missing thing is one sentence. */
import fs from 'node:fs';
import path from 'node:path';

const OLDEST_NODE = 20;

export const assertNode = (version = process.versions.node) => {
  if (Number.parseInt(version, 10) >= OLDEST_NODE) return;
  throw new Error(`Node ${OLDEST_NODE} or newer is needed; this is ${version}. See https://nodejs.org`);
};

/** @param {string | undefined} text PORT; default 1337 */
export const portOf = (text) => {
  const port = Number(text || 1337);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new Error(`PORT=${text} is no port. Give a number from 1 to 65535, or leave it out for 1337.`);
};

/** Makes the folder, or says in a sentence why nothing can be kept there. */
export const assertWritable = (folder) => {
  try {
    /** Other accounts of the machine have no business in a database of conversations. */
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
    const probe = path.join(folder, `.writable-${process.pid}`);
    fs.writeFileSync(probe, '');
    fs.rmSync(probe);
  } catch (error) {
    throw new Error(
      `Nothing can be written to ${folder} (${error.code}). Name another folder: DEMO_DATA_DIR=/some/folder npm run demo`,
      { cause: error },
    );
  }
};
