// Finds guidance while somebody types, and lets them do everything by keyboard.
// While they type, the search alone orders what it finds; when they pause, it is read closely.
(() => {
  const form = document.getElementById("search");
  const box = document.getElementById("q");
  const results = document.getElementById("results");
  const said = document.getElementById("said");
  const told = document.getElementById("told");
  const keys = document.getElementById("keys");
  const use = document.getElementById("keys-use");
  if (!results) return;
  const PAUSE = 300;
  const page = String(Math.random()).slice(2); // tells this page from another one of the same person
  let asking, pause, tellingOf;

  const query = () => {
    const values = new URLSearchParams(new FormData(form));
    for (const [name, value] of [...values]) if (!value.trim()) values.delete(name);
    return values;
  };

  const ask = async (read) => {
    asking?.abort();
    clearTimeout(pause);
    const own = (asking = new AbortController());
    const values = query();
    const address = new URLSearchParams(values);
    address.set("page", page);
    if (read) address.set("read", "1");
    try {
      const response = await fetch(`${form.dataset.results}?${address}`, { signal: own.signal, cache: "no-store" });
      if (response.redirected) return form.submit(); // the session is over: sign in, and go on here
      if (response.status !== 204 && !response.ok) throw new Error(response.status);
      if (response.status === 204) return;
      const text = await response.text();
      if (own.signal.aborted) return;
      show(text, read);
      if (!read) pause = setTimeout(() => ask(true), PAUSE);
    } catch (problem) {
      if (problem.name !== "AbortError") said.textContent = form.dataset.offline;
    }
  };

  const show = (text, read) => {
    const held = document.activeElement?.closest?.("[data-passage]")?.dataset.passage;
    results.innerHTML = text;
    if (held) {
      const again = [...results.querySelectorAll("[data-passage]")].find((hit) => hit.dataset.passage === held);
      (again?.querySelector(".open") ?? box).focus();
    }
    if (!read) return;
    const found = document.getElementById("found");
    said.textContent = found.dataset.said;
    history.replaceState(null, "", box.value.trim() ? found.dataset.link : location.pathname);
    tell();
  };

  // What the member would have been told stands beside, once somebody has opened it.
  const tell = async () => {
    document.getElementById("told-link")?.remove();
    if (!told) return;
    told.hidden = !box.value.trim();
    if (!told.open || told.hidden || tellingOf === box.value) return;
    tellingOf = box.value;
    const address = new URLSearchParams({ q: box.value, part: "1" });
    try {
      const response = await fetch(`${form.dataset.told}?${address}`, { cache: "no-store" });
      if (!response.ok || response.redirected) throw new Error(response.status);
      const text = await response.text();
      if (tellingOf === box.value) told.querySelector("div").innerHTML = text;
    } catch {
      tellingOf = undefined;
      told.querySelector("div").textContent = form.dataset.offline;
    }
  };

  box.addEventListener("input", () => ask(false));
  form.addEventListener("change", (event) => { if (event.target !== box) ask(true); });
  form.addEventListener("submit", (event) => { event.preventDefault(); ask(true); });
  told?.addEventListener("toggle", () => { if (told.open) tell(); });
  if (told && box.value.trim()) tell();

  const hits = () => [...results.querySelectorAll(".open")];
  const move = (by) => {
    const all = hits();
    const at = all.indexOf(document.activeElement?.closest?.(".hit")?.querySelector(".open"));
    if (by < 0 && at <= 0) return box.focus();
    all[Math.min(at + by, all.length - 1)]?.focus();
  };
  const typing = (target) => target.matches("input, textarea, select") && !target.matches("[type=checkbox]");

  const help = document.getElementById("keys-open");
  help.hidden = false;
  help.addEventListener("click", () => keys.showModal());
  try { use.checked = localStorage.getItem("keys") !== "off"; } catch { /* keys stay on */ }
  use.addEventListener("change", () => { try { localStorage.setItem("keys", use.checked ? "on" : "off"); } catch { /* not kept */ } });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || keys.open) return;
    const { key, target } = event;
    const inList = target.closest(".hit");
    if (key === "ArrowDown" && (target === box || (inList && !typing(target)))) move(1);
    else if (key === "ArrowUp" && inList && !typing(target)) move(-1);
    else if (key === "Escape" && inList) box.focus();
    else if (typing(target) || !use.checked) return;
    else if (key === "/") { box.focus(); box.select(); }
    else if (key === "?") keys.showModal();
    else if (key === "t" && told && !told.hidden) { told.open = !told.open; told.querySelector("summary").focus(); }
    else if ((key === "c" || key === "m") && inList)
      inList.dispatchEvent(new CustomEvent("copy-passage", { bubbles: true, detail: key === "c" ? "rich" : "markdown" }));
    else return;
    event.preventDefault();
  });
})();
