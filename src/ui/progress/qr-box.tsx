export interface QrBoxProps {
  /** The drawing as our own bar-code writer made it; never a visitor's text. */
  svg: string;
  caption: string;
}

/** A QR code on white, also in the dark, with what one gets by scanning it. */
export function QrBox({ svg, caption }: QrBoxProps) {
  return (
    <figure class="qr">
      <span
        class="code"
        role="img"
        aria-label={`二维码：${caption}`}
        dangerouslySetInnerHTML={{ __html: svg }}
      />
      <figcaption class="quiet">{caption}</figcaption>
    </figure>
  );
}
