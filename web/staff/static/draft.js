// Beside the text of a draft: what members will see, while one writes; and no typed word is lost.
(() => {
  const begin = () => {
    const form = document.getElementById("draft");
    if (!form) return;
    const view = document.getElementById("view");
    const state = form.querySelector("[data-state]");
    let unsaved = "unsaved" in form.dataset;
    let timer;
    let latest = 0;

    const values = () => new URLSearchParams(new FormData(form));

    const show = async () => {
      const asked = ++latest;
      try {
        const response = await fetch(form.dataset.view, { method: "POST", body: values() });
        if (!response.ok || response.redirected || asked !== latest) return;
        view.innerHTML = await response.text();
      } catch {
        // The connection dropped: what was shown stays, and saving will say so.
      }
    };

    // A new sign-in has a new token for forms.
    const renew = async () => {
      const response = await fetch(location.href, { cache: "no-store" });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const token = page.querySelector('#draft input[name="form_token"]');
      if (token) form.elements.form_token.value = token.value;
      return Boolean(token);
    };

    const send = async (button, again) => {
      const body = values();
      body.set("do", button?.value || "save");
      const response = await fetch(form.action, { method: "POST", body });
      const path = new URL(response.url).pathname;
      if (response.status === 403 || path.endsWith("/staff/sign-in")) {
        if (again && (await renew())) return send(button, false);
        state.className = "problem";
        state.textContent = form.dataset.signedOut;
        return;
      }
      if (response.redirected) {
        unsaved = false;
        location.assign(response.url);
        return;
      }
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const main = page.querySelector("main");
      if (!page.getElementById("draft")) throw new Error("no form");
      unsaved = false;
      window.removeEventListener("beforeunload", warn);
      document.querySelector("main").replaceWith(main);
      main.focus();
      scrollTo(0, 0);
      begin();
    };

    const warn = (event) => {
      if (unsaved) event.preventDefault();
    };

    form.addEventListener("input", () => {
      unsaved = true;
      clearTimeout(timer);
      timer = setTimeout(show, 500);
    });
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (event.submitter && "show" in event.submitter.dataset) return show();
      try {
        await send(event.submitter, true);
      } catch {
        state.className = "problem";
        state.textContent = form.dataset.dropped;
      }
    });
    window.addEventListener("beforeunload", warn);
  };
  begin();
})();
