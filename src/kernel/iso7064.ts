/**
 * Computes the check digit of ISO 7064 MOD 11,10 for a string of digits. It finds every single wrong
 * digit and nearly every exchange of two neighbours. Throws RangeError on anything but digits.
 */
export function mod11And10CheckDigit(digits: string): string {
  if (!/^[0-9]+$/.test(digits)) throw new RangeError("a check digit is computed from digits only");
  let product = 10;
  for (const digit of digits) {
    const sum = (Number.parseInt(digit, 10) + product) % 10 || 10;
    product = (sum * 2) % 11;
  }
  return String((11 - product) % 10);
}

/** Tells whether a string of digits ends with its own ISO 7064 MOD 11,10 check digit. */
export function hasMod11And10CheckDigit(digits: string): boolean {
  return /^[0-9]{2,}$/.test(digits) && mod11And10CheckDigit(digits.slice(0, -1)) === digits.at(-1);
}
