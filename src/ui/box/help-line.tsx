/** The last line where nothing was found or nothing is there: where a person can be asked. */
export function HelpLine() {
  return (
    <p>
      还是不行？看<a href="/help">帮助</a>，或打 <a href="tel:12345">12345</a> 找人帮办。
    </p>
  );
}
