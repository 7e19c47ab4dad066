/** Counts down, in place of what asks for a message again, until it would be given one. */
export function enableResend(): void {
  for (const place of document.querySelectorAll<HTMLElement>("[data-resend-after]")) {
    const wait = place.querySelector<HTMLElement>("[data-resend-wait]");
    const link = place.querySelector<HTMLElement>("[data-resend-link]");
    const seconds = Number(place.dataset["resendAfter"]);
    if (wait === null || link === null || !(seconds > 0)) continue;
    let until = Date.now() + seconds * 1000;
    const tick = () => {
      const left = Math.ceil((until - Date.now()) / 1000);
      wait.textContent = `${left} 秒后可重新获取`;
      wait.hidden = left <= 0;
      link.hidden = left > 0;
      if (left <= 0) clearInterval(timer);
    };
    const timer = setInterval(tick, 1000);
    tick();
    const field = document.getElementById(place.dataset["resendEndsWith"] ?? "");
    field?.addEventListener("input", () => {
      until = 0;
      tick();
    });
  }
}
