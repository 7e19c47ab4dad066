/**
 * Counts a lock down to its end. The server decides whether it still holds; here only the words change,
 * and the last minute is announced once.
 */
export function enableCountdown(): void {
  for (const place of document.querySelectorAll<HTMLElement>("[data-until]")) {
    const until = Date.parse(place.dataset["until"] ?? "");
    if (Number.isNaN(until)) continue;
    const offset = Date.parse(place.dataset["now"] ?? "") - Date.now() || 0;
    const tick = () => {
      const seconds = Math.max(0, Math.round((until - Date.now() - offset) / 1000));
      place.textContent = wordsFor(seconds);
      if (seconds === 0) clearInterval(timer);
    };
    const timer = setInterval(tick, 1000);
    tick();
  }
}

function wordsFor(seconds: number): string {
  if (seconds === 0) return "锁定已结束，请重新查询";
  const minutes = Math.floor(seconds / 60);
  return minutes === 0 ? `剩 ${seconds} 秒` : `剩 ${minutes} 分 ${seconds % 60} 秒`;
}
