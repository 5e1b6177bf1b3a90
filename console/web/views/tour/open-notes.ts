import { tourId } from './sync.ts';

export function openNotes(): void {
  window.open(`/notes?of=${encodeURIComponent(tourId())}`, 'tour-notes', 'popup,width=900,height=700');
}
