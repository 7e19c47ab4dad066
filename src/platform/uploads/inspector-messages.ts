/** How a picture is to be kept. */
export interface PictureLimits {
  /** Neither side is longer, in pixels. */
  lengthMax: number;
  /**
   * The file is no longer: a picture that is looked at on a page may lose what nobody sees there. Left out for papers,
   * whose every pixel is evidence.
   */
  bytesMax?: number;
}

/** What the inspector's child is asked for. */
export type InspectorJob =
  | { kind: "picture"; path: string; keptPath: string; limits: PictureLimits }
  | { kind: "pdf"; path: string }
  | { kind: "page"; content: Uint8Array; page: number; width: number };

/** Why a file is not taken. */
export type InspectorRefusal =
  | "unreadable"
  | "too-many-pixels"
  | "encrypted"
  | "active-content"
  | "too-many-pages";

export type InspectorResult =
  | { kind: "picture"; mediaType: "image/jpeg" | "image/png"; width: number; height: number }
  | { kind: "pdf"; pageCount: number }
  | { kind: "page"; png: Uint8Array }
  | { kind: "refused"; reason: InspectorRefusal };
