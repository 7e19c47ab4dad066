import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

const VERSION = 1;
const SALT_BYTES = 16;
const HEADER_BYTES = 1 + SALT_BYTES;
const KEY_BYTES = 32;
const TAG_BYTES = 16;
const CHUNK_BYTES = 65_536;

/** Bytes that arrive piece by piece. */
export type Bytes = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/**
 * Encrypts a file as it flows by: AES-256-GCM in chunks of 64 KiB under a key of the file's own, derived
 * from the deployment's key, a random salt and the file's name, so that neither bytes, order, length nor
 * place of a stored file can be changed unnoticed.
 */
export async function* sealFile(
  masterKey: Buffer,
  name: string,
  content: Bytes,
): AsyncGenerator<Buffer> {
  const salt = randomBytes(SALT_BYTES);
  const key = fileKey(masterKey, salt, name);
  yield Buffer.concat([Buffer.of(VERSION), salt]);
  let count = 0;
  for await (const { chunk, isLast } of chunksOf(content, CHUNK_BYTES)) {
    const cipher = createCipheriv("aes-256-gcm", key, nonceOf(count, isLast));
    yield Buffer.concat([cipher.update(chunk), cipher.final(), cipher.getAuthTag()]);
    count += 1;
  }
}

/**
 * Reads a sealed file. Every piece that comes out is proven genuine; a file that was changed, cut short,
 * swapped or sealed under another key ends with an error.
 */
export async function* openSealedFile(
  masterKey: Buffer,
  name: string,
  sealed: Bytes,
): AsyncGenerator<Buffer> {
  const source = new Source(sealed);
  const header = await source.take(HEADER_BYTES);
  if (header.length !== HEADER_BYTES || header[0] !== VERSION) {
    throw new Error("not a sealed file of this program");
  }
  const key = fileKey(masterKey, header.subarray(1), name);
  let count = 0;
  for await (const { chunk, isLast } of chunksOf(source.rest(), CHUNK_BYTES + TAG_BYTES)) {
    if (chunk.length < TAG_BYTES) throw new Error("the sealed file is cut short");
    const nonce = nonceOf(count, isLast);
    const decipher = createDecipheriv("aes-256-gcm", key, nonce, { authTagLength: TAG_BYTES });
    decipher.setAuthTag(chunk.subarray(chunk.length - TAG_BYTES));
    const body = decipher.update(chunk.subarray(0, chunk.length - TAG_BYTES));
    decipher.final();
    yield body;
    count += 1;
  }
}

function fileKey(masterKey: Buffer, salt: Uint8Array, name: string): Buffer {
  return Buffer.from(hkdfSync("sha256", masterKey, salt, `supporting-document:${name}`, KEY_BYTES));
}

/** The chunk's place and whether the file ends with it; the key is the file's own, so no nonce comes twice. */
function nonceOf(count: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(count, 7);
  nonce.writeUInt8(isLast ? 1 : 0, 11);
  return nonce;
}

/** Cuts what flows by into chunks of one size; the last one, which may be empty, is marked. */
async function* chunksOf(content: Bytes, size: number) {
  const source = new Source(content);
  let chunk = await source.take(size);
  for (;;) {
    const next = chunk.length < size ? Buffer.alloc(0) : await source.take(size);
    yield { chunk, isLast: next.length === 0 };
    if (next.length === 0) return;
    chunk = next;
  }
}

class Source {
  readonly #pieces: AsyncIterator<Uint8Array> | Iterator<Uint8Array>;
  #left: Buffer = Buffer.alloc(0);

  constructor(content: Bytes) {
    this.#pieces =
      Symbol.asyncIterator in content
        ? content[Symbol.asyncIterator]()
        : content[Symbol.iterator]();
  }

  /** That many bytes, or fewer at the end. */
  async take(size: number): Promise<Buffer> {
    const taken: Buffer[] = [];
    let length = 0;
    while (length < size) {
      if (this.#left.length === 0 && !(await this.#refill())) break;
      const piece = this.#left.subarray(0, size - length);
      this.#left = this.#left.subarray(piece.length);
      taken.push(piece);
      length += piece.length;
    }
    return Buffer.concat(taken);
  }

  async *rest(): AsyncGenerator<Buffer> {
    do {
      if (this.#left.length > 0) yield this.#left;
      this.#left = Buffer.alloc(0);
    } while (await this.#refill());
  }

  async #refill(): Promise<boolean> {
    const { done, value } = await this.#pieces.next();
    if (done === true) return false;
    this.#left = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
    return true;
  }
}
