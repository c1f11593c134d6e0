import { useEffect, useRef, useState } from 'react';
import type { PreviewMedia } from '../preview/preview-media';

/** Files of this page by their handle; their addresses are given back when the page is left. */
export const useFiles = () => {
  const [files, setFiles] = useState<ReadonlyMap<string, PreviewMedia>>(new Map());
  const latest = useRef(files);
  latest.current = files;
  useEffect(
    () => () => {
      for (const { url } of latest.current.values()) if (url) URL.revokeObjectURL(url);
    },
    [],
  );
  const remember = (handle: string, file: PreviewMedia) =>
    setFiles((old) => new Map([...old, [handle, file]]));
  return { files, remember };
};
