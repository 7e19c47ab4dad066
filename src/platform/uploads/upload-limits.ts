/** What one file may have: a photograph of a phone, or some forty scanned pages. */
export const FILE_BYTES_MAX = 10 * 1_048_576;
/** Files in one posted form, and all of them together; more are sent in several goes. */
export const FILES_MAX = 20;
export const FORM_BYTES_MAX = 110 * 1_048_576;
/** A picture's pixels: four times a good phone's; a decoded one takes some 4 bytes for each. */
export const PICTURE_PIXELS_MAX = 64_000_000;
/** Pages of one PDF: contracts have some fifty. */
export const PDF_PAGES_MAX = 300;
