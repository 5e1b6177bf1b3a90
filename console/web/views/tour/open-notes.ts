import { tourId } from './sync.ts';

/** Opens a window with the speaker notes of this Tour. */
export function openNotes(): void {
  window.open(`/notes?of=${encodeURIComponent(tourId())}`, 'tour-notes', 'popup,width=900,height=700');
}
