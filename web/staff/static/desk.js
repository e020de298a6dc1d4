// Looks every 20 seconds whether anything changed at the desk, and brings the list up to date.
// Without it, loading the page again does the same.
(() => {
  const PAUSE = 20000;
  const status = document.querySelector(".fresh");
  const offer = document.getElementById("fresh-show");
  let desk = document.getElementById("desk");
  if (!desk || !status) return;
  let seen = `"${desk.dataset.seen}"`;

  const renew = async () => {
    const response = await fetch(location.href, { cache: "no-store" });
    if (!response.ok || response.redirected) return location.reload(); // signed out meanwhile
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const next = page.getElementById("desk");
    seen = `"${next.dataset.seen}"`;
    desk.replaceWith(next);
    desk = next;
    offer.hidden = true;
    status.textContent = status.dataset.updated;
  };

  const look = async () => {
    try {
      const response = await fetch(desk.dataset.news, { headers: { "If-None-Match": seen }, cache: "no-store" });
      if (response.redirected) return location.reload();
      if (response.status === 200 && response.headers.get("etag") !== seen) {
        seen = response.headers.get("etag");
        // What has the focus is not taken away under somebody's hands.
        if (desk.contains(document.activeElement)) {
          status.textContent = status.dataset.fresh;
          offer.hidden = false;
        } else {
          await renew();
        }
      }
    } catch {
      // The connection dropped: the next look may get through.
    }
    setTimeout(look, PAUSE);
  };

  offer.querySelector("button").addEventListener("click", async () => {
    await renew();
    desk.querySelector("a")?.focus();
  });
  setTimeout(look, PAUSE);
})();
