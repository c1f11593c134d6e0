/** How a picture is looked at: 1 = fitted into the window; offsets in px of the window. */
export interface View {
  scale: number;
  x: number;
  y: number;
}

export const FITTED: View = { scale: 1, x: 0, y: 0 };
const MAX = 5;

/** Zooms by a factor; back at the fitted size the picture stands in the middle again. */
export const zoom = (view: View, factor: number): View => {
  const scale = Math.min(MAX, Math.max(1, view.scale * factor));
  if (scale === 1) return FITTED;
  const ratio = scale / view.scale;
  return { scale, x: view.x * ratio, y: view.y * ratio };
};

/** Moves a zoomed picture; a fitted one stays where it is. */
export const pan = (view: View, dx: number, dy: number): View =>
  view.scale === 1 ? view : { ...view, x: view.x + dx, y: view.y + dy };
