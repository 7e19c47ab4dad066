/** A text in pieces; those that were looked for are marked. */
export function MarkedText({
  pieces,
}: {
  pieces: readonly { words: string; isMarked: boolean }[];
}) {
  return (
    <>
      {pieces.map(({ words, isMarked }, at) =>
        isMarked ? <mark key={`${at}-${words}`}>{words}</mark> : words,
      )}
    </>
  );
}
