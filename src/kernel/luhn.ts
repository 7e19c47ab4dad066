/**
 * Tells whether the digits of a bank card pass the check of ISO/IEC 7812 (Luhn): it catches one wrong digit
 * and most swaps. Accounts that are no cards have no such digit.
 */
export function passesLuhn(digits: string): boolean {
  if (!/^[0-9]+$/.test(digits)) return false;
  let sum = 0;
  for (const [index, digit] of [...digits].reverse().entries()) {
    const value = Number.parseInt(digit, 10) * (index % 2 === 0 ? 1 : 2);
    sum += value > 9 ? value - 9 : value;
  }
  return sum % 10 === 0;
}
