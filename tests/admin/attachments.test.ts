import { ApiError } from '../../admin/src/api/client';
import { checkFile, takesCaption } from '../../admin/src/messages/attachments/check';
import {
  addFiles,
  addFromLibrary,
  moveItem,
  refusedStore,
  removeItem,
  sendAsDocument,
  setCaption,
  startTray,
  stopTray,
  takeTray,
  trayStore,
} from '../../admin/src/messages/attachments/tray';
import {
  clearUploads,
  isUploading,
  uploadOf,
  uploadStore,
} from '../../admin/src/messages/attachments/uploads';
import { bodyOf, shownContent, type JobContent } from '../../admin/src/messages/job-content';
import type { CreateUpload, Upload } from '../../server/src/uploads/contract';

const postForm = jest.fn<
  Promise<CreateUpload.Response>,
  [string, FormData, (share: number) => void, AbortSignal]
>();
const post = jest.fn();
jest.mock('../../admin/src/api/upload', () => ({
  postForm: (...args: Parameters<typeof postForm>) => postForm(...args),
}));
jest.mock('@strapi/strapi/admin', () => ({ getFetchClient: () => ({ post }) }));

const MB = 1024 * 1024;
const file = (name: string, type: string, size = 10): File => {
  const made = new File(['x'.repeat(Math.min(size, 10))], name, { type });
  Object.defineProperty(made, 'size', { value: size });
  return made;
};
const upload = (change: Partial<Upload> = {}): Upload => ({
  uploadId: 'u1',
  kind: 'image',
  mimeType: 'image/jpeg',
  fileName: 'a.jpg',
  size: 10,
  width: 4,
  height: 3,
  converted: null,
  previewUrl: '/whatsapp/uploads/u1/file',
  ...change,
});
const settled = () => new Promise((resolve) => setTimeout(resolve, 0));
const here = { conversationId: 'c1', integrationId: 'n1' };
const tray = () => trayStore.get().c1 ?? [];

beforeEach(() => {
  localStorage.clear();
  postForm.mockReset().mockResolvedValue({ data: upload() });
  post.mockReset();
  URL.createObjectURL = jest.fn(() => 'blob:x');
  URL.revokeObjectURL = jest.fn();
  startTray('7');
});
afterEach(() => {
  stopTray();
  clearUploads();
});

describe('a file before it is uploaded', () => {
  it.each([
    ['a.jpg', 'image/jpeg', 4 * MB, 'image', null],
    ['large.jpg', 'image/jpeg', 20 * MB, 'image', null],
    ['a.webp', 'image/webp', 1, 'image', null],
    ['a.svg', 'image/svg+xml', 1, 'document', 'document'],
    ['a.mp4', 'video/mp4', 16 * MB, 'video', null],
    ['long.mp4', 'video/mp4', 17 * MB, 'document', 'document'],
    ['a.mov', 'video/quicktime', 1, 'document', 'document'],
    ['a.m4a', 'audio/x-m4a', 1, 'audio', null],
    ['long.mp3', 'audio/mpeg', 17 * MB, 'document', 'document'],
    ['a.pdf', 'application/pdf', 99 * MB, 'document', null],
    ['noname', '', 5, 'document', null],
  ])('%s (%s, %i bytes) goes as %s', (name, type, size, kind, as) => {
    expect(checkFile({ name, type, size })).toEqual({ kind, as });
  });

  it.each([
    ['empty.txt', 'text/plain', 0, 'empty'],
    ['IMG_1.HEIC', '', 5, 'heic'],
    ['IMG_2', 'image/heic', 5, 'heic'],
    ['huge.zip', 'application/zip', 101 * MB, 'tooLarge'],
    ['huge.mp4', 'video/mp4', 101 * MB, 'tooLarge'],
    ['huge.png', 'image/png', 51 * MB, 'tooLarge'],
  ])('%s is refused: %s %i %s', (name, type, size, problem) => {
    expect(checkFile({ name, type, size })).toMatchObject({ problem });
  });

  it('takes words unless it is a sound or a sticker', () => {
    expect(
      ['image', 'video', 'document', 'audio', 'voice', 'sticker'].filter((kind) =>
        takesCaption(kind as Upload['kind']),
      ),
    ).toEqual(['image', 'video', 'document']);
  });
});

describe('the tray', () => {
  it('uploads what is put in at once, and tells what was not taken', async () => {
    addFiles(here, [file('a.jpg', 'image/jpeg'), file('b.heic', 'image/heic')]);
    expect(tray().map(({ name }) => name)).toEqual(['a.jpg']);
    expect(refusedStore.get().c1).toEqual([{ name: 'b.heic', problem: 'heic', limitBytes: 0 }]);
    const form = postForm.mock.calls[0]![1];
    expect(form.get('integrationId')).toBe('n1');
    await settled();
    expect(uploadStore.get()[tray()[0]!.key]).toMatchObject({ state: 'ready', progress: 1 });
  });

  it('takes ten files and names the eleventh', () => {
    addFiles(
      here,
      Array.from({ length: 11 }, (_, index) => file(`${index}.txt`, 'text/plain')),
    );
    expect(tray()).toHaveLength(10);
    expect(refusedStore.get().c1).toEqual([{ name: '10.txt', problem: 'tooMany', limitBytes: 0 }]);
  });

  it('keeps order, captions and moves', () => {
    addFiles(here, [file('a.txt', ''), file('b.txt', ''), file('c.txt', '')]);
    const [, b] = tray();
    setCaption('c1', b!.key, 'words');
    moveItem('c1', b!.key, -1);
    moveItem('c1', b!.key, -1);
    expect(tray().map(({ name, caption }) => name + caption)).toEqual(['b.txtwords', 'a.txt', 'c.txt']);
  });

  it('stops the upload of a file that is taken out', async () => {
    let stopped: AbortSignal | undefined;
    postForm.mockImplementation((_path, _form, _progress, signal) => {
      stopped = signal;
      return new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(new DOMException('', 'AbortError')));
      });
    });
    addFiles(here, [file('a.jpg', 'image/jpeg')]);
    expect(isUploading()).toBe(true);
    removeItem('c1', tray()[0]!.key);
    await settled();
    expect(stopped?.aborted).toBe(true);
    expect(isUploading()).toBe(false);
    expect(URL.revokeObjectURL).toHaveBeenCalledWith('blob:x');
  });

  it('offers as a plain file what WhatsApp refuses as a picture', async () => {
    postForm.mockRejectedValueOnce(new ApiError('No SVG', 400, 'media_not_supported'));
    addFiles(here, [file('a.gif', 'image/gif')]);
    await settled();
    const { key } = tray()[0]!;
    expect(uploadStore.get()[key]).toMatchObject({ state: 'failed' });
    postForm.mockResolvedValueOnce({ data: upload({ kind: 'document' }) });
    sendAsDocument('c1', key);
    await settled();
    expect(postForm.mock.calls[1]![1].get('kind')).toBe('document');
    expect(tray()[0]).toMatchObject({ kind: 'document' });
    await expect(uploadOf(key)).resolves.toMatchObject({ kind: 'document' });
  });

  it('asks the server to fetch files of the Media Library by itself', async () => {
    post.mockResolvedValue({ data: { data: upload() } });
    addFromLibrary(here, [{ id: '12', name: 'x.jpg', type: 'image/jpeg', size: 10, previewUrl: null }]);
    await settled();
    expect(post).toHaveBeenCalledWith(
      '/whatsapp/uploads/from-library',
      { fileId: '12', integrationId: 'n1' },
      expect.anything(),
    );
  });

  it('comes back after a reload with what was uploaded, and names what was not', async () => {
    postForm.mockResolvedValueOnce({ data: upload() }).mockReturnValueOnce(new Promise(() => undefined));
    addFiles(here, [file('done.jpg', 'image/jpeg'), file('half.jpg', 'image/jpeg')]);
    await settled();
    stopTray();
    clearUploads();
    startTray('7');
    expect(tray().map(({ name, previewUrl }) => [name, previewUrl])).toEqual([
      ['done.jpg', '/whatsapp/uploads/u1/file'],
    ]);
    expect(refusedStore.get().c1).toEqual([{ name: 'half.jpg', problem: 'dropped', limitBytes: 0 }]);
    await expect(uploadOf(tray()[0]!.key)).resolves.toMatchObject({ uploadId: 'u1' });
  });

  it('is nobody else’s', () => {
    addFiles(here, [file('a.txt', '')]);
    stopTray();
    startTray('8');
    expect(trayStore.get()).toEqual({});
  });
});

describe('a message of a file', () => {
  const item = (change = {}) => {
    addFiles(here, [file('photo.jpg', 'image/jpeg')]);
    return { ...takeTray('c1')[0]!, ...change };
  };
  const body = (content: JobContent, done: Upload) => bodyOf(content, done);

  it('is sent as what the server found the file to be', () => {
    const content: JobContent = { type: 'file', item: item({ caption: ' a desk ' }) };
    expect(body(content, upload())).toEqual({ type: 'image', image: { uploadId: 'u1', caption: 'a desk' } });
    expect(body(content, upload({ kind: 'document', fileName: 'photo.svg' }))).toEqual({
      type: 'document',
      document: { uploadId: 'u1', caption: 'a desk', fileName: 'photo.svg' },
    });
    expect(body(content, upload({ kind: 'voice' }))).toEqual({
      type: 'audio',
      audio: { uploadId: 'u1', voice: true },
    });
    expect(body(content, upload({ kind: 'audio' }))).toEqual({ type: 'audio', audio: { uploadId: 'u1' } });
  });

  it('shows its picture before the server has it', () => {
    expect(shownContent({ type: 'file', item: item() })).toMatchObject({
      type: 'image',
      media: { url: 'blob:x', state: 'stored' },
    });
  });
});
